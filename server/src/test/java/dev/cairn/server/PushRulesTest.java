package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeSignature;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Quotas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is accepted, what is refused and under which code. */
class PushRulesTest extends ServerFixture {

  @Test
  void push_newReporterWithItsAdmission_acceptedInOneRequest() throws Exception {
    TestDevice newcomer = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(newcomer);
    List<Change> changes = newcomer.notes(space.roster(), "one", "two", "three");
    ReceiptChecker checked = push(newcomer, admission.get(0), admission.get(1), changes);
    assertThat(checked.positions).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void push_again_samePositionsAndNothingNew() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<Long> first = push(reporter, changes).positions;
    ReceiptChecker again = push(reporter, changes);
    assertThat(again.positions).isEqualTo(first);
    assertThat(again.checkpoints.get(0).checkpoint().size()).isEqualTo(8);
  }

  @Test
  void push_partlyKnownFrame_eachChangeOnce() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two", "three");
    push(reporter, changes.subList(0, 2));
    assertThat(push(reporter, changes).positions).containsExactly(5L, 6L, 7L, 8L);
  }

  @Test
  void push_afterRestart_samePositions() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<Long> first = push(reporter, changes).positions;
    server.restart();
    assertThat(push(reporter, changes).positions).isEqualTo(first);
  }

  @Test
  void push_withoutTheChangesBefore_gap() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two", "three");
    assertThat(refused(reporter, changes.subList(2, 4))).containsExactly("feed.gap");
  }

  @Test
  void push_manyBatchesRefusedAtOnce_answersInTheOrderOfTheEntries() throws Exception {
    String[] notes = new String[300];
    Arrays.setAll(notes, i -> "note " + i);
    List<Change> changes = reporter.notes(space.roster(), notes);
    Object[] frames = new Object[notes.length - 1];
    Arrays.setAll(frames, i -> changes.subList(i + 2, i + 3));
    List<Long> inOrder = LongStream.range(0, frames.length).boxed().toList();
    for (int round = 0; round < 10; round++) {
      List<Entry> answers = client.push(space, reporter.key, frames);
      assertThat(answers.stream().map(answer -> ((Entry.Refusal) answer).entry()))
          .isEqualTo(inOrder);
    }
  }

  @Test
  void push_fork_bothBranchesAccepted() throws Exception {
    List<Change> first = reporter.notes(space.roster(), "one");
    push(reporter, first);
    push(reporter, reporter.notes(space.roster(), "lost on the phone"));
    reporter.restoreTo(space.id, first);
    List<Change> branch = reporter.notes(space.roster(), "after the restore");
    assertThat(push(reporter, branch).positions).hasSize(branch.size());
  }

  private List<Change> branch(List<Change> from) {
    reporter.restoreTo(space.id, from);
    return reporter.notes(space.roster(), "a branch");
  }

  @Test
  void push_oneBranchMoreThanAChangeCanJoin_refusedUntilTheyAreJoined() throws Exception {
    List<Change> held = new ArrayList<>();
    for (int i = 0; i < Limits.FEED_HEADS_MAX; i++) {
      List<Change> branch = branch(List.of());
      assertThat(push(reporter, branch).positions).hasSize(branch.size());
      held.addAll(branch);
    }
    List<Change> further = branch(List.of());
    assertThat(refused(reporter, further)).containsExactly("feed.forks");

    List<Change> joining = branch(held);
    assertThat(push(reporter, joining).positions).hasSize(joining.size());
    assertThat(push(reporter, further).positions).hasSize(further.size());
  }

  @Test
  void push_changeOfOtherSpace_refusedBeforeAnythingElse() throws Exception {
    TestSpace other = new TestSpace(7, server.invitation());
    List<Change> foreign = other.owner.notes(other.roster(), "elsewhere");
    // A frame does not name its space: rebuilt for this one, its signature cannot hold.
    assertThat(refused(reporter, foreign)).containsExactly("frame.signature");
  }

  @Test
  void push_statementOfOtherSpace_refused() throws Exception {
    TestSpace other = new TestSpace(7, server.invitation());
    assertThat(refused(reporter, other.founding.genesis())).containsExactly("space.other");
  }

  @Test
  void push_signatureByOtherKey_refused() throws Exception {
    List<Change> changes = new ArrayList<>(reporter.notes(space.roster(), "one"));
    SigningKey wrong = SigningKey.generate(space.randomness);
    Change last = changes.get(1);
    changes.set(1, last.withSignature(ChangeSignature.sign(last, wrong).signature().orElseThrow()));
    assertThat(refused(reporter, changes)).containsExactly("frame.signature");
  }

  @Test
  void push_frameOfDeviceNotAdmitted_refused() throws Exception {
    TestDevice stranger = new TestDevice(space.randomness);
    List<Change> changes = stranger.notes(space.roster(), "one");
    assertThat(refused(reporter, changes)).containsExactly("device.unknown");
  }

  @Test
  void push_byStranger_endsAfterSoManyEntries() throws Exception {
    TestDevice stranger = new TestDevice(space.randomness);
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      entries.add(ByteStringStream.wrap(new byte[] {1}, 1));
    }
    List<Entry> answer =
        TestClient.read(
            space.id, client.pushRaw(space, stranger.key, "", TestSpace.joined(entries)));
    assertThat(answer).hasSize(65);
    assertThat(((Entry.Refusal) answer.get(64)).code()).isEqualTo("device.unknown");
  }

  @Test
  void push_framesOfAnotherMember_accepted() throws Exception {
    TestDevice second = new TestDevice(space.randomness);
    push(space.owner, space.admit(second).toArray());
    assertThat(push(second, reporter.notes(space.roster(), "carried")).positions).hasSize(2);
  }

  @Test
  void push_frameOfSuspendedDevice_refused() throws Exception {
    List<Change> good = reporter.notes(space.roster(), "one");
    push(reporter, good);
    List<Change> late = reporter.notes(space.roster(), "two");
    suspend(good);
    assertThat(refused(space.owner, late)).containsExactly("device.suspended");
  }

  @Test
  void push_goodChangesOfSuspendedDeviceThatNeverCame_taken() throws Exception {
    List<Change> good = reporter.notes(space.roster(), "one", "two");
    suspend(good);

    assertThat(push(space.owner, good).positions).hasSize(good.size());
  }

  @Test
  void push_besideGoodChangesThatCame_refused() throws Exception {
    List<Change> good = reporter.notes(space.roster(), "one");
    push(reporter, good.subList(0, 1));
    suspend(good.subList(0, 1));

    assertThat(refused(space.owner, good.subList(1, good.size())))
        .containsExactly("device.suspended");
  }

  @Test
  void push_bySuspendedDevice_wholeRequestRefused() throws Exception {
    suspend(List.of());
    byte[] body = TestSpace.joined(TestSpace.entries(reporter.notes(space.roster(), "x")));
    assertThat(code(client.pushRaw(space, reporter.key, "", body))).isEqualTo("device.suspended");
  }

  /** A change far beyond the cut, with what leads to it, and its release. */
  private List<Change> released() throws Exception {
    List<Change> good = reporter.notes(space.roster(), "one");
    List<Change> late = reporter.notes(space.roster(), "two", "three", "four");
    push(reporter, good);
    suspend(good);
    push(
        space.owner,
        space.add(
            space
                .writer()
                .release(
                    reporter.id,
                    List.of(),
                    List.of(late.get(late.size() - 2).id()),
                    space.owner.key)));
    return late;
  }

  @Test
  void push_ofWhatLeadsToAReleasedChange_byCoordinator_takenUntilThatIsLogged() throws Exception {
    List<Change> late = released();
    for (Change each : late.subList(0, late.size() - 1)) {
      assertThat(push(space.owner, List.of(each)).positions).hasSize(1);
    }
    assertThat(refused(space.owner, late.subList(late.size() - 1, late.size())))
        .containsExactly("device.suspended");
  }

  @Test
  void push_ofWhatLeadsToAReleasedChange_byReporter_refused() throws Exception {
    List<Change> late = released();
    TestDevice second = new TestDevice(space.randomness);
    push(space.owner, space.admit(second).toArray());
    assertThat(refused(second, late.subList(0, 1))).containsExactly("device.suspended");
  }

  private void suspend(List<Change> lastGood) throws Exception {
    List<LastGood> ids = new ArrayList<>();
    if (!lastGood.isEmpty()) {
      Change last = lastGood.get(lastGood.size() - 1);
      ids.add(new LastGood(last.prefix().sequence(), last.id()));
    }
    push(space.owner, space.add(space.writer().suspension(reporter.id, ids, space.owner.key)));
  }

  @Test
  void push_sessionToUnknownEpoch_refused() throws Exception {
    TestSpace fork = new TestSpace(1, server.invitation());
    CircleId circle = CircleId.of(new byte[16]);
    RosterState unseen =
        space
            .roster()
            .with(
                space
                    .writer()
                    .epoch(circle, "field", List.of(space.owner.id), space.owner.key)
                    .statement());
    assertThat(fork.id).isEqualTo(space.id);
    List<Change> changes = reporter.notes(unseen, List.of(circle), "to nobody here");
    assertThat(refused(reporter, changes)).containsExactly("epoch.unknown");
  }

  @Test
  void push_bodyLeftOut_refused() throws Exception {
    List<Change> changes = new ArrayList<>(reporter.notes(space.roster(), "one"));
    changes.set(1, changes.get(1).withoutCiphertext());
    assertThat(refused(reporter, changes)).containsExactly("change.body-awaited");
    assertThat(changes(client.pull(space, space.owner.key, ""))).isEmpty();
  }

  @Test
  void push_moreThanTheQuota_refused() throws Exception {
    server.quotas(new Quotas(3, 1 << 20, 100, 100, 100, 1 << 20));
    push(reporter, reporter.notes(space.roster(), "one"));
    assertThat(refused(reporter, reporter.notes(space.roster(), "two", "three")))
        .containsExactly("quota.device");
  }

  @Test
  void push_exactlyTheQuota_accepted() throws Exception {
    server.quotas(new Quotas(3, 1 << 20, 100, 100, 100, 1 << 20));
    push(reporter, reporter.notes(space.roster(), "one"));
    assertThat(push(reporter, reporter.notes(space.roster(), "two")).positions).hasSize(1);
  }

  @Test
  void push_attachmentTooLarge_refused() throws Exception {
    server.quotas(new Quotas(100, 1 << 30, 100, 100, 100, 1 << 20));
    AttachmentRef large = new AttachmentRef(AttachmentId.of(new byte[32]), (1 << 20) + 1);
    assertThat(refused(reporter, reporter.attaching(space.roster(), large)))
        .containsExactly("attachment.too-large");
  }

  @Test
  void push_statementByReporter_noAuthority() throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    Statement invitation =
        space
            .writer()
            .sign(
                space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS).content(),
                reporter.key);
    assertThat(refused(reporter, invitation)).containsExactly("statement.no-authority");
  }

  @Test
  void push_statementWithUnknownHeads_gap() throws Exception {
    TestDevice newcomer = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(newcomer);
    assertThat(refused(newcomer, admission.get(1))).containsExactly("statement.gap");
  }

  @Test
  void push_admissionBeyondUses_usedUp() throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    Statement invitation =
        space.add(space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS));
    TestDevice first = new TestDevice(space.randomness);
    TestDevice second = new TestDevice(space.randomness);
    Statement one = space.admission(invitation, oneTime, first);
    Statement two = space.admission(invitation, oneTime, second);
    push(first, invitation, one);
    assertThat(refused(second, two)).containsExactly("invitation.used-up");
  }

  @Test
  void push_admissionAtExpiry_expired() throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    long now = server.clock.instant().getEpochSecond();
    Statement invitation = space.add(space.invite(oneTime, Role.REPORTER, 1, now));
    push(space.owner, invitation);
    TestDevice late = new TestDevice(space.randomness);
    assertThat(refused(late, space.admission(invitation, oneTime, late)))
        .containsExactly("invitation.expired");
  }

  @Test
  void push_garbageBetweenGoodEntries_onlyItIsRefused() throws Exception {
    List<byte[]> entries =
        new ArrayList<>(TestSpace.entries(reporter.notes(space.roster(), "one")));
    entries.add(0, ByteStringStream.wrap(new byte[] {(byte) 0x82, 1}, 10));
    List<Entry> answer =
        TestClient.read(
            space.id, client.pushRaw(space, reporter.key, "", TestSpace.joined(entries)));
    assertThat(answer).hasSize(2);
    assertThat(answer.get(0))
        .isEqualTo(new Entry.Refusal(0, "entry.malformed", java.util.Optional.empty()));
  }

  @Test
  void push_endsInsideEntry_prefixKeptAndTold() throws Exception {
    List<byte[]> entries = TestSpace.entries(reporter.notes(space.roster(), "one"));
    byte[] whole = TestSpace.joined(entries);
    byte[] cut = Arrays.copyOf(whole, whole.length + 3);
    cut[whole.length] = 0x58;
    cut[whole.length + 1] = 0x40;
    List<Entry> answer = TestClient.read(space.id, client.pushRaw(space, reporter.key, "", cut));
    assertThat(answer).hasSize(2);
    assertThat(((Entry.Refusal) answer.get(1)).code()).isEqualTo("entry.malformed");
  }

  @Test
  void push_seenMoreThanTheLogHolds_conflict() throws Exception {
    byte[] body = TestSpace.joined(TestSpace.entries(reporter.notes(space.roster(), "one")));
    assertThat(code(client.pushRaw(space, reporter.key, "?seen=0.6", body)))
        .isEqualTo("log.behind");
  }

  @Test
  void push_otherMediaType_refused() throws Exception {
    client.refresh();
    var response =
        client.send(
            client
                .signed(
                    reporter.key,
                    "POST",
                    TestClient.path(space.id, "push"),
                    java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[1]))
                .header("Content-Type", "application/cbor")
                .build());
    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void erasure_byCoordinator_dropsTheBody() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    List<Change> pulled = changes(client.pull(space, space.owner.key, ""));
    assertThat(pulled.get(1).id()).isEqualTo(changes.get(1).id());
    assertThat(pulled.get(1).ciphertext()).isEmpty();
  }

  @Test
  void erasure_byReporter_keepsTheBody() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    push(reporter, reporter.erasing(space.roster(), changes.get(1).id()));
    assertThat(changes(client.pull(space, space.owner.key, "")).get(1).ciphertext()).isPresent();
  }

  @Test
  void erasure_ofChangeNotYetHere_bodyNeverStored() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    push(reporter, changes);
    List<Change> pulled = changes(client.pull(space, space.owner.key, ""));
    assertThat(pulled.get(pulled.size() - 1).ciphertext()).isEmpty();
  }

  /** Its account of what was erased could not be had again. */
  @Test
  void erasure_ofAnErasure_keepsTheBody() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    List<Change> erasure = space.owner.erasing(space.roster(), changes.get(1).id());
    push(space.owner, erasure);
    push(space.owner, space.owner.erasing(space.roster(), erasure.get(erasure.size() - 1).id()));
    assertThat(body(erasure.get(erasure.size() - 1))).isPresent();
  }

  @Test
  void erasure_sentToFewerThanTheChange_keepsTheBody() throws Exception {
    List<Change> changes = toAnotherCircleToo();
    push(reporter, changes);
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    assertThat(body(changes.get(1))).isPresent();
  }

  @Test
  void erasure_sentToFewerThanTheChangeThatComesLater_keepsTheBody() throws Exception {
    List<Change> changes = toAnotherCircleToo();
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    push(reporter, changes);
    assertThat(body(changes.get(1))).isPresent();
  }

  @Test
  void changeWithoutBody_thatAnEarlierErasureNames_isTaken() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));
    push(reporter, List.of(changes.get(0), changes.get(1).withoutCiphertext()));
    assertThat(body(changes.get(1))).isEmpty();
  }

  private List<Change> toAnotherCircleToo() throws Exception {
    CircleId circle = CircleId.of(new byte[CircleId.SIZE_BYTES]);
    push(
        space.owner,
        space.add(
            space
                .writer()
                .epoch(circle, "field", List.of(space.owner.id), space.owner.key)
                .statement()));
    return reporter.notes(
        space.roster(), List.of(space.roster().desk().orElseThrow(), circle), "one");
  }

  private Optional<Ciphertext> body(Change change) throws Exception {
    for (Change pulled : changes(client.pull(space, space.owner.key, ""))) {
      if (pulled.id().equals(change.id())) {
        return pulled.ciphertext();
      }
    }
    throw new AssertionError("not in the log");
  }
}
