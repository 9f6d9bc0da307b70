package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePayloadTest {

  private static final int SUITE = 1;
  private static final int SEQUENCE = 4;
  private static final int PREVIOUS = 5;
  private static final int AUDIENCE = 6;
  private static final int AUDIENCE_SEQUENCE = 7;
  private static final int AUDIENCE_PREVIOUS = 8;
  private static final int INDEX = 10;
  private static final int ROSTER_HEADS = 11;
  private static final int CHECKPOINT = 12;
  private static final int ATTACHMENTS = 13;
  private static final int OPENINGS = 15;
  private static final int ERASES = 16;

  private final TestSpace space = new TestSpace(1);
  private final Audience audience = space.audience(2);
  private final FeedAuthor author = space.author(space.device(), FeedMemory.empty());
  private final Change session =
      author.openSession(audience, space.epochs(audience), space.seen(), 0);
  private final Change change =
      author.write(audience, Content.of(space.body("text")), space.seen(), 0).change();

  @Test
  void payload_ofAnyChange_decodesToTheSameChange() throws Exception {
    for (Change each : RandomFeed.of(new TestSpace(2), 200)) {
      Change again = Change.decode(each.payload());
      assertThat(again.id()).isEqualTo(each.id());
      assertThat(again.prefix()).isEqualTo(each.prefix());
      assertThat(again.tail()).isEqualTo(each.tail());
    }
  }

  @Test
  void payload_decoded_encodesItsPrefixToTheSameBytes() throws Exception {
    byte[] payload = change.payload();
    byte[] prefix = Change.decode(payload).prefix().bytes();
    assertThat(Arrays.copyOfRange(payload, 1, 1 + prefix.length)).isEqualTo(prefix);
  }

  @Test
  void id_ofTheSamePayloadWithOtherSignature_isTheSame() {
    Change other = change.withSignature(Signature.of(new byte[Signature.SIZE_BYTES]));
    assertThat(other.id()).isEqualTo(change.id());
  }

  @Test
  void leaf_namesTheAudienceAndThePayload() throws Exception {
    CborReader leaf = CborReader.of(change.leaf().encode());
    leaf.arrayOf(3);
    assertThat(leaf.text(100)).isEqualTo("cairn/1/change-leaf");
    assertThat(FeedCbor.readAudience(leaf)).isEqualTo(change.prefix().audience());
    assertThat(leaf.bytes(100)).isEqualTo(Sha256.of(change.payload()).bytes());
    leaf.end();
  }

  @Test
  void leafHash_isTheOneOfTheLog() {
    assertThat(change.leafHash()).isEqualTo(Sha256.of(new byte[] {0}, change.leaf().encode()));
  }

  @Test
  void leaf_forAnotherAudience_isAnotherLeaf() {
    CircleId other = CircleId.of(new byte[CircleId.SIZE_BYTES]);
    ChangeLeaf relabelled = new ChangeLeaf(Audience.of(other), change.leaf().payload());
    assertThat(relabelled.hash()).isNotEqualTo(change.leafHash());
  }

  /** A statement's payload is a map: no bytes are both. */
  @Test
  void leaf_isNoPayloadOfAStatement() {
    assertThat(change.leaf().encode()[0] >> 5 & 7).isEqualTo(4);
  }

  @Test
  void suite_newer_isTooNew() {
    assertThatThrownBy(() -> Change.decode(with(change, SUITE, CborValue.of(2))))
        .isInstanceOf(TooNewException.class);
  }

  @Test
  void suite_zero_isMalformed() {
    refused(with(change, SUITE, CborValue.of(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14})
  void field_thatStandsInEveryChange_missing_isRefused(int key) {
    refused(with(change, key, null));
  }

  @Test
  void field_unknown_isRefused() {
    refused(with(change, 17, CborValue.of(1)));
  }

  @Test
  void sequence_ofTheGreatest_isTaken() throws Exception {
    Change.decode(with(change, SEQUENCE, CborValue.of(Limits.FEED_SEQUENCE_MAX)));
  }

  @Test
  void sequence_beyondTheGreatest_isRefused() {
    refused(with(change, SEQUENCE, CborValue.of(Limits.FEED_SEQUENCE_MAX + 1)));
  }

  @Test
  void sequence_zero_isRefused() {
    refused(with(session, SEQUENCE, CborValue.of(0)));
  }

  @Test
  void sequence_1WithPrevious_isRefused() {
    refused(with(change, SEQUENCE, CborValue.of(1)));
  }

  @Test
  void sequence_2WithoutPrevious_isRefused() {
    refused(with(change, PREVIOUS, ids(0)));
  }

  @Test
  void audienceSequence_1WithPrevious_isRefused() {
    refused(with(change, AUDIENCE_SEQUENCE, CborValue.of(1)));
  }

  @Test
  void audienceSequence_2WithoutPrevious_isRefused() {
    refused(with(change, AUDIENCE_PREVIOUS, ids(0)));
  }

  @Test
  void audienceSequence_aboveSequence_isRefused() {
    refused(with(change, AUDIENCE_SEQUENCE, CborValue.of(3)));
  }

  @Test
  void previous_ofTheMost_isTaken() throws Exception {
    Change.decode(with(change, PREVIOUS, ids(Limits.CHANGE_PREVIOUS_MAX)));
    Change.decode(with(change, AUDIENCE_PREVIOUS, ids(Limits.CHANGE_PREVIOUS_MAX)));
  }

  @Test
  void previous_ofOneMore_isRefused() {
    refused(with(change, PREVIOUS, ids(Limits.CHANGE_PREVIOUS_MAX + 1)));
    refused(with(change, AUDIENCE_PREVIOUS, ids(Limits.CHANGE_PREVIOUS_MAX + 1)));
  }

  @Test
  void lists_notAscending_areRefused() {
    CborValue twice = CborValue.array(id(1), id(1));
    CborValue falling = CborValue.array(id(2), id(1));
    for (int key : new int[] {PREVIOUS, AUDIENCE_PREVIOUS, ROSTER_HEADS}) {
      refused(with(change, key, twice));
      refused(with(change, key, falling));
    }
  }

  @Test
  void audience_ofNobody_isRefused() {
    refused(with(change, AUDIENCE, CborValue.array()));
  }

  @Test
  void audience_falling_isRefused() {
    refused(with(change, AUDIENCE, CborValue.array(circle(2), circle(1))));
  }

  @Test
  void audience_ofTheMost_isTaken() throws Exception {
    Change.decode(with(change, AUDIENCE, circles(Limits.AUDIENCE_CIRCLES_MAX)));
  }

  @Test
  void audience_ofOneMore_isRefused() {
    refused(with(change, AUDIENCE, circles(Limits.AUDIENCE_CIRCLES_MAX + 1)));
  }

  @Test
  void rosterHeads_ofTheMost_areTaken() throws Exception {
    Change.decode(with(change, ROSTER_HEADS, ids(Limits.CHANGE_ROSTER_HEADS_MAX)));
  }

  @Test
  void rosterHeads_ofOneMore_areRefused() {
    refused(with(change, ROSTER_HEADS, ids(Limits.CHANGE_ROSTER_HEADS_MAX + 1)));
  }

  @Test
  void index_ofTheGreatest_isTaken() throws Exception {
    Change.decode(with(change, INDEX, CborValue.of(Limits.SESSION_INDEX_MAX)));
  }

  @Test
  void index_beyondTheGreatest_isRefused() {
    refused(with(change, INDEX, CborValue.of(Limits.SESSION_INDEX_MAX + 1)));
  }

  @Test
  void checkpoint_ofAnEmptyLog_isRefused() {
    refused(with(change, CHECKPOINT, CborValue.array(CborValue.of(0), CborValue.of(0), id(1))));
  }

  @Test
  void attachments_ofTheMost_areTaken() throws Exception {
    Change.decode(with(change, ATTACHMENTS, attachments(Limits.CHANGE_ATTACHMENTS_MAX, 1)));
  }

  @Test
  void attachments_ofOneMore_areRefused() {
    refused(with(change, ATTACHMENTS, attachments(Limits.CHANGE_ATTACHMENTS_MAX + 1, 1)));
  }

  @Test
  void attachments_empty_areRefused() {
    refused(with(change, ATTACHMENTS, CborValue.array()));
  }

  @Test
  void attachment_ofTheGreatestSize_isTaken() throws Exception {
    Change.decode(with(change, ATTACHMENTS, attachments(1, Limits.ATTACHMENT_FILE_BYTES_MAX)));
  }

  @Test
  void attachment_ofNoSizeOrOneMore_isRefused() {
    refused(with(change, ATTACHMENTS, attachments(1, 0)));
    refused(with(change, ATTACHMENTS, attachments(1, Limits.ATTACHMENT_FILE_BYTES_MAX + 1)));
  }

  @Test
  void attachments_falling_areRefused() {
    List<CborValue> falling = new ArrayList<>(((CborArray) attachments(2, 1)).items());
    refused(with(change, ATTACHMENTS, CborValue.array(falling.get(1), falling.get(0))));
  }

  @Test
  void session_withAnIndex_isRefused() {
    refused(with(session, INDEX, CborValue.of(0)));
  }

  @Test
  void session_withAttachmentsOrErasure_isRefused() {
    refused(with(session, ATTACHMENTS, attachments(1, 1)));
    refused(with(session, ERASES, id(1)));
  }

  @Test
  void session_withoutAnOpeningForEachCircle_isRefused() throws Exception {
    CborValue openings = prefix(session).get(OPENINGS).get();
    refused(with(session, OPENINGS, CborValue.array(((CborArray) openings).items().get(0))));
  }

  @Test
  void session_withATail_isRefused() throws Exception {
    refused(CborValue.array(prefix(session), tail(change)).encode());
  }

  @Test
  void change_withoutTail_isRefused() throws Exception {
    refused(CborValue.array(prefix(change), CborValue.array()).encode());
  }

  @Test
  void change_withOpenings_isRefused() throws Exception {
    refused(with(change, OPENINGS, prefix(session).get(OPENINGS).get()));
  }

  @Test
  void tail_withASizeThatPaddingGives_isTaken() throws Exception {
    for (int padded : new int[] {64, 72, 1024, Limits.PADDED_BODY_BYTES_MAX}) {
      Change.decode(withLength(padded + 16));
    }
  }

  @Test
  void tail_withAnyOtherSize_isRefused() throws Exception {
    for (int padded : new int[] {0, 32, 63, 65, 1025, Limits.PADDED_BODY_BYTES_MAX + 8192}) {
      refused(withLength(padded + 16));
    }
  }

  @Test
  void tail_ofTheLongestCiphertext_isTaken() throws Exception {
    Change.decode(withLength(Limits.CIPHERTEXT_BYTES_MAX));
  }

  @Test
  void tail_ofALongerCiphertext_isRefused() throws Exception {
    refused(withLength(Limits.CIPHERTEXT_BYTES_MAX + 1L));
    // Of which an int would keep a length that is allowed.
    refused(withLength(Limits.CIPHERTEXT_BYTES_MAX + (1L << 32)));
  }

  @Test
  void payload_withTrailingByte_isRefused() {
    refused(Arrays.copyOf(change.payload(), change.payload().length + 1));
  }

  @Test
  void payload_cutAnywhere_isRefused() {
    byte[] payload = change.payload();
    for (int length = 0; length < payload.length; length++) {
      refused(Arrays.copyOf(payload, length));
    }
  }

  @Test
  void payload_withAnyByteChanged_isRefusedOrAnotherChangeInItsOneForm() throws Exception {
    for (Change each : List.of(session, change)) {
      for (int i = 0; i < each.payload().length; i++) {
        byte[] changed = each.payload();
        changed[i] ^= (byte) (1 << space.random.nextInt(8));
        try {
          Change other = Change.decode(changed);
          assertThat(other.id()).isNotEqualTo(each.id());
          byte[] prefix = other.prefix().bytes();
          assertThat(Arrays.copyOfRange(changed, 1, 1 + prefix.length)).isEqualTo(prefix);
        } catch (MalformedException | TooNewException refused) {
          assertThat(refused.code()).isIn(MalformedException.CODE, TooNewException.CODE);
        }
      }
    }
  }

  @Test
  void payload_withEveryListAtItsMost_isWithinItsBound() throws Exception {
    CborValue heads = ids(Limits.CHANGE_PREVIOUS_MAX);
    CborValue opening = ((CborArray) prefix(session).get(OPENINGS).get()).items().get(0);
    CborValue[] openings = new CborValue[Limits.AUDIENCE_CIRCLES_MAX];
    Arrays.fill(openings, opening);
    Map<CborValue, CborValue> entries = new TreeMap<>(prefix(session).entries());
    entries.put(CborValue.of(SEQUENCE), CborValue.of(Limits.FEED_SEQUENCE_MAX));
    entries.put(CborValue.of(PREVIOUS), heads);
    entries.put(CborValue.of(AUDIENCE), circles(Limits.AUDIENCE_CIRCLES_MAX));
    entries.put(CborValue.of(AUDIENCE_SEQUENCE), CborValue.of(Limits.FEED_SEQUENCE_MAX));
    entries.put(CborValue.of(AUDIENCE_PREVIOUS), heads);
    entries.put(CborValue.of(ROSTER_HEADS), ids(Limits.CHANGE_ROSTER_HEADS_MAX));
    entries.put(CborValue.of(OPENINGS), CborValue.array(openings));
    byte[] payload = CborValue.array(CborValue.map(entries), tail(session)).encode();
    assertThat(Change.decode(payload).payload()).isEqualTo(payload);
  }

  @Test
  void payload_beyondItsBound_isRefused() {
    assertThatThrownBy(() -> Change.decode(new byte[Limits.CHANGE_PAYLOAD_BYTES_MAX + 1]))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void ciphertext_thatThePayloadDoesNotName_isRefused() {
    byte[] other = change.ciphertext().get().bytes();
    other[0] ^= 1;
    assertThatThrownBy(() -> change.withCiphertext(Ciphertext.of(other)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void ciphertext_besideASession_isRefused() {
    assertThatThrownBy(() -> session.withCiphertext(change.ciphertext().get()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void erasedChange_withItsCiphertextAgain_isTheSame() throws Exception {
    Change erased = change.withoutCiphertext();
    assertThat(erased.withCiphertext(change.ciphertext().get())).isEqualTo(change);
  }

  private static void refused(byte[] payload) {
    assertThatThrownBy(() -> Change.decode(payload)).isInstanceOf(MalformedException.class);
  }

  private static CborMap prefix(Change change) throws MalformedException {
    return (CborMap) ((CborArray) CborValue.decode(change.payload())).items().get(0);
  }

  private static CborValue tail(Change change) throws MalformedException {
    return ((CborArray) CborValue.decode(change.payload())).items().get(1);
  }

  /** The payload with another value under a key of its prefix, or without it. */
  private static byte[] with(Change change, int key, CborValue value) {
    try {
      Map<CborValue, CborValue> entries = new TreeMap<>(prefix(change).entries());
      if (value == null) {
        entries.remove(CborValue.of(key));
      } else {
        entries.put(CborValue.of(key), value);
      }
      return CborValue.array(CborValue.map(entries), tail(change)).encode();
    } catch (MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private byte[] withLength(long length) throws MalformedException {
    List<CborValue> tail = new ArrayList<>(((CborArray) tail(change)).items());
    tail.set(2, CborValue.of(length));
    return CborValue.array(prefix(change), CborValue.array(tail)).encode();
  }

  private static CborValue id(int number) {
    byte[] id = new byte[32];
    id[0] = (byte) number;
    return CborValue.of(id);
  }

  private static CborValue ids(int count) {
    List<CborValue> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(id(i));
    }
    return CborValue.array(ids);
  }

  private static CborValue circle(int number) {
    byte[] id = new byte[16];
    id[0] = (byte) number;
    return CborValue.of(id);
  }

  private static CborValue circles(int count) {
    List<CborValue> circles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      circles.add(circle(i));
    }
    return CborValue.array(circles);
  }

  private static CborValue attachments(int count, long size) {
    List<CborValue> attachments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attachments.add(CborValue.array(id(i), CborValue.of(size)));
    }
    return CborValue.array(attachments);
  }
}
