package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final TestSpace space = new TestSpace(3);
  private final Audience audience = space.audience(2);
  private final FeedAuthor author = space.author(space.device(), FeedMemory.empty());
  private final Change statement =
      author.openSession(audience, space.epochs(audience), space.seen(), 0);

  @Test
  void session_throughEveryCircle_opensWithItsEpochKey() throws Exception {
    for (CircleId circle : audience.circles()) {
      EncryptionKey key = space.key(SessionOpening.epoch(statement, circle));
      assertThat(SessionOpening.open(statement, circle, key).session())
          .isEqualTo(statement.prefix().session());
    }
  }

  @Test
  void session_withTheKeyOfAnotherCircle_doesNotOpen() throws Exception {
    EncryptionKey other = space.key(SessionOpening.epoch(statement, audience.circles().get(1)));
    undecryptable(() -> SessionOpening.open(statement, audience.circles().get(0), other));
  }

  @Test
  void session_throughACircleOutsideTheAudience_doesNotOpen() {
    CircleId stranger = space.circle();
    EncryptionKey key = EncryptionKey.generate(space.randomness);
    undecryptable(() -> SessionOpening.open(statement, stranger, key));
  }

  @Test
  void session_copiedUnderAnotherDevice_doesNotOpen() throws Exception {
    Prefix prefix = statement.prefix();
    Change copied =
        Change.ofSession(
            sessionPrefix(prefix)
                .device(space.author(space.device(), FeedMemory.empty()).device())
                .build());
    undecryptable(() -> space.open(copied));
  }

  @Test
  void session_thatNamesAnotherKeyThanItSeals_doesNotOpen() throws Exception {
    Secret sealed = Secret.random(32, space.randomness);
    SessionId named = SessionId.of(space.randomness.bytes(32));
    Prefix prefix = statement.prefix();
    List<Opening> openings = new ArrayList<>();
    for (EpochKey epoch : space.epochs(audience)) {
      openings.add(
          SessionOpening.seal(sealed, prefix.space(), prefix.device(), epoch, space.randomness));
    }
    Change lying =
        Change.ofSession(sessionPrefix(prefix).session(named).openings(openings).build());
    undecryptable(() -> space.open(lying));
  }

  @Test
  void change_ofTheSession_opensToItsBody() throws Exception {
    Change change = write("what happened");
    Opened opened = space.open(statement).open(change);
    assertThat(opened.body().operations()).containsExactly(new Operation.Note("what happened"));
  }

  @Test
  void change_thatNamesNoRecord_opensOneThatWriterAndReaderDeriveAlike() throws Exception {
    Written written = author.write(audience, Content.of(space.body("new")), space.seen(), 0);
    assertThat(space.open(statement).open(written.change()).record()).isEqualTo(written.record());
  }

  @Test
  void change_thatNamesARecord_isAboutIt() throws Exception {
    Written first = author.write(audience, Content.of(space.body("new")), space.seen(), 0);
    Content edit = Content.of(space.bodyAbout(first.record(), "edit"));
    Written second = author.write(audience, edit, space.seen(), 0);
    assertThat(second.record()).isEqualTo(first.record());
    assertThat(space.open(statement).open(second.change()).record()).isEqualTo(first.record());
  }

  @Test
  void changes_inAnyOrder_open() throws Exception {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      changes.add(write("change " + i));
    }
    Collections.shuffle(changes, space.random);
    SessionKeys keys = space.open(statement);
    for (Change change : changes) {
      int index = change.prefix().index().getAsInt();
      assertThat(keys.open(change).body().operations())
          .containsExactly(new Operation.Note("change " + index));
    }
  }

  @Test
  void changes_farApartInTheChain_haveTheSameKeyWhicheverWayTheyAreReached() throws Exception {
    int[] order = {700, 3, 512, 511, 256, 700, 255, 0, 1025, 513};
    SessionKeys keys = space.open(statement);
    for (int index : order) {
      Change change = at(index);
      assertThat(keys.messageKey(change).secret())
          .isEqualTo(space.open(statement).messageKey(change).secret());
    }
  }

  @Test
  void change_atTheLastIndexAReaderLooksFor_hasAKey() throws Exception {
    assertThat(space.open(statement).messageKey(at(Limits.SESSION_INDEX_MAX)).secret().sizeBytes())
        .isEqualTo(MessageKey.SIZE_BYTES);
  }

  @Test
  void change_ofAnotherSession_doesNotOpen() throws Exception {
    SessionKeys before = space.open(statement);
    author.openSession(audience, space.epochs(audience), space.seen(), 0);
    Change change = write("later");
    undecryptable(() -> before.open(change));
  }

  @Test
  void change_withoutItsCiphertext_doesNotOpen() {
    Change erased = write("gone").withoutCiphertext();
    undecryptable(() -> space.open(statement).open(erased));
  }

  @Test
  void change_movedToAnotherPrefix_doesNotOpen() throws Exception {
    Change change = write("mine");
    Change moved =
        Change.of(at(change.prefix().index().getAsInt()).prefix(), change.tail().get())
            .withCiphertext(change.ciphertext().get());
    undecryptable(() -> space.open(statement).open(moved));
  }

  @Test
  void change_withAnotherCommitment_doesNotOpen() throws Exception {
    Change change = write("mine");
    Tail tail = Tail.of(space.digest(), change.ciphertext().get());
    Change other = Change.of(change.prefix(), tail).withCiphertext(change.ciphertext().get());
    undecryptable(() -> space.open(statement).open(other));
  }

  @Test
  void change_withAFlippedCiphertext_doesNotOpen() throws Exception {
    Change change = write("mine");
    byte[] ciphertext = change.ciphertext().get().bytes();
    ciphertext[ciphertext.length - 1] ^= 1;
    Ciphertext flipped = Ciphertext.of(ciphertext);
    Tail tail = Tail.of(change.tail().get().commitment(), flipped);
    Change other = Change.of(change.prefix(), tail).withCiphertext(flipped);
    undecryptable(() -> space.open(statement).open(other));
  }

  @Test
  void messageKey_released_opensItsChange() throws Exception {
    Change change = write("for the court");
    byte[] released = space.open(statement).messageKey(change).secret().expose().clone();
    Opened opened = Opened.with(MessageKey.of(Secret.take(released)), change);
    assertThat(opened.body().operations()).containsExactly(new Operation.Note("for the court"));
  }

  @Test
  void messageKey_released_opensNoOtherChange() throws Exception {
    MessageKey released = space.open(statement).messageKey(write("for the court"));
    Change other = write("not for the court");
    undecryptable(() -> Opened.with(released, other));
  }

  @Test
  void change_thatSealsNoBody_isMalformed() throws Exception {
    Secret first = Secret.random(32, space.randomness);
    SealingRatchet ratchet = new SealingRatchet(Secret.copyOf(first.expose()));
    Prefix prefix = bodyPrefix().session(ratchet.session()).index(0).build();
    SealingRatchet.Sealed sealed = ratchet.seal(prefix.encoded(), new byte[64]);
    Change change =
        Change.of(prefix, Tail.of(sealed.commitment(), sealed.ciphertext()))
            .withCiphertext(sealed.ciphertext());
    assertThatThrownBy(() -> SessionKeys.of(first).open(change))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void ratchet_afterTheLastChangeOfASession_sealsNoMore() {
    SealingRatchet ratchet = new SealingRatchet(Secret.random(32, space.randomness));
    for (int i = 0; i < Limits.SESSION_CHANGES_MAX; i++) {
      ratchet.seal(new byte[1], new byte[64]);
    }
    assertThatThrownBy(() -> ratchet.seal(new byte[1], new byte[64]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ratchet_afterSealing_hasForgottenItsKey() {
    Secret first = Secret.random(32, space.randomness);
    new SealingRatchet(first).seal(new byte[1], new byte[64]);
    assertThatThrownBy(first::expose).isInstanceOf(IllegalStateException.class);
  }

  private Change write(String note) {
    return author.write(audience, Content.of(space.body(note)), space.seen(), 0).change();
  }

  /** A change that claims a place in the session, with a body that is not there. */
  private Change at(int index) throws MalformedException {
    Prefix prefix = bodyPrefix().session(statement.prefix().session()).index(index).build();
    return Change.of(prefix, Tail.of(space.digest(), space.digest(), 80));
  }

  private PrefixBuilder bodyPrefix() {
    return Prefix.builder()
        .space(space.space)
        .device(author.device())
        .place(2, List.of(statement.id()))
        .audience(audience)
        .audiencePlace(2, List.of(statement.id()))
        .salt(Salt.of(space.randomness.bytes(Salt.SIZE_BYTES)));
  }

  private static PrefixBuilder sessionPrefix(Prefix prefix) {
    return Prefix.builder()
        .space(prefix.space())
        .device(prefix.device())
        .place(1, List.of())
        .audience(prefix.audience())
        .audiencePlace(1, List.of())
        .session(prefix.session())
        .openings(prefix.openings())
        .salt(prefix.salt());
  }

  private static void undecryptable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(UndecryptableException.class);
  }
}
