package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a reader is given, and that he can check all of it. */
class PullTest extends ServerFixture {

  /** Every leaf an answer tells of, by position: in full or as a hash. */
  private static Map<Long, Digest> leavesByPosition(List<Entry> entries) throws Exception {
    Map<Long, Digest> leaves = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Statement statement) {
        leaves.put(
            statement.position().getAsLong(),
            Statement.decode(statement.statement().bytes()).leafHash());
      } else if (entry instanceof Entry.OfFrame frame) {
        for (int i = 0; i < frame.positions().size(); i++) {
          leaves.put(frame.positions().get(i), frame.frame().changes().get(i).leafHash());
        }
      } else if (entry instanceof Entry.Hidden hidden) {
        for (int i = 0; i < hidden.leaves().size(); i++) {
          leaves.put(hidden.first() + i, hidden.leaves().get(i).hash());
        }
      } else if (entry instanceof Entry.Leaves bare) {
        for (int i = 0; i < bare.leaves().size(); i++) {
          leaves.put(bare.first() + i, bare.leaves().get(i));
        }
      }
    }
    return leaves;
  }

  private static List<Statement> statements(List<Entry> entries) throws Exception {
    List<Statement> statements = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Statement statement) {
        statements.add(Statement.decode(statement.statement().bytes()));
      }
    }
    return statements;
  }

  private static Entry.LogState end(List<Entry> entries) {
    return (Entry.LogState) entries.get(entries.size() - 1);
  }

  private SignedCheckpoint checkpoint(List<Entry> entries) throws Exception {
    return SignedCheckpoint.open(end(entries).checkpoint().bytes(), space.log);
  }

  @Test
  void pull_byCoordinator_wholeLogAndItsRoot() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one", "two"));
    List<Entry> entries = client.pull(space, space.owner.key, "?from=0");
    CompactTree tree =
        CompactTree.empty().append(List.copyOf(leavesByPosition(entries).values())).tree();
    assertThat(tree.root()).isEqualTo(checkpoint(entries).checkpoint().root());
    assertThat(end(entries).next()).isEqualTo(8);
  }

  @Test
  void pull_byReporterWithHashes_sameRoot() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one", "two"));
    List<Entry> entries = client.pull(space, reporter.key, "?from=0&hashes=1");
    CompactTree tree =
        CompactTree.empty().append(List.copyOf(leavesByPosition(entries).values())).tree();
    assertThat(tree.root()).isEqualTo(checkpoint(entries).checkpoint().root());
  }

  @Test
  void pull_byReporter_noChangeOfTheDesk() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one"));
    assertThat(changes(client.pull(space, reporter.key, ""))).isEmpty();
  }

  @Test
  void pull_ofOwnByReporter_hisChangesAndNobodyElses() throws Exception {
    List<Change> own = reporter.notes(space.roster(), "one");
    push(reporter, own);
    push(space.owner, space.owner.notes(space.roster(), "of the desk"));
    assertThat(changes(client.pull(space, reporter.key, "?own=1")))
        .extracting(Change::id)
        .containsExactlyElementsOf(own.stream().map(Change::id).toList());
  }

  @Test
  void pull_byReporter_ownChainOnly() throws Exception {
    TestDevice other = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(other);
    push(space.owner, admission.toArray());
    List<Statement> given = statements(client.pull(space, reporter.key, ""));
    assertThat(given).doesNotContainAnyElementsOf(admission);
    assertThat(RosterState.fold(space.id, given).device(reporter.id)).isPresent();
  }

  @Test
  void pull_questionToOneReporter_onlyHeGetsItAndItsSignatureHolds() throws Exception {
    Statement own = space.add(space.writer().ownEpoch(reporter.key).statement());
    push(reporter, own);
    List<CircleId> both = List.of(space.roster().desk().orElseThrow(), Circles.device(reporter.id));
    List<Change> mixed = new ArrayList<>(space.owner.notes(space.roster(), "to the desk"));
    mixed.addAll(space.owner.notes(space.roster(), both, "a question"));
    mixed.addAll(space.owner.notes(space.roster(), "to the desk again"));
    push(space.owner, mixed);

    List<Entry> entries = client.pull(space, reporter.key, "?hashes=1");

    assertThat(changes(entries)).hasSize(2);
    for (Entry entry : entries) {
      if (entry instanceof Entry.OfFrame frame) {
        FrameSignatures.verify(frame.frame(), VerifyingKey.of(space.owner.id.bytes()));
      }
    }
    CompactTree tree =
        CompactTree.empty().append(List.copyOf(leavesByPosition(entries).values())).tree();
    assertThat(tree.root()).isEqualTo(checkpoint(entries).checkpoint().root());
  }

  @Test
  void pull_byCoordinator_whatIsNotHisWithWhomItIsFor() throws Exception {
    List<Change> mixed = notesToTheReporter();
    TestDevice second = coordinator();

    List<Entry> entries = client.pull(space, second.key, "?hashes=1");

    List<ChangeLeaf> told = new ArrayList<>();
    for (Entry entry : entries) {
      assertThat(entry).isNotInstanceOf(Entry.Leaves.class);
      if (entry instanceof Entry.Hidden hidden) {
        told.addAll(hidden.leaves());
      }
    }
    assertThat(told).containsExactlyElementsOf(mixed.stream().map(Change::leaf).toList());
    CompactTree tree =
        CompactTree.empty().append(List.copyOf(leavesByPosition(entries).values())).tree();
    assertThat(tree.root()).isEqualTo(checkpoint(entries).checkpoint().root());
  }

  /** Which circles there are, and how much is said in each, is not for a phone that is seized. */
  @Test
  void pull_byReporterWithHashes_nothingOfWhomTheOthersAreFor() throws Exception {
    notesToTheReporter();
    TestDevice other = new TestDevice(space.randomness);
    push(space.owner, space.admit(other).toArray());
    assertThat(client.pull(space, other.key, "?hashes=1"))
        .noneMatch(Entry.Hidden.class::isInstance)
        .anyMatch(Entry.Leaves.class::isInstance);
  }

  @Test
  void pull_byCoordinatorWithoutHashes_nothingOfWhatIsNotHis() throws Exception {
    notesToTheReporter();
    TestDevice second = coordinator();
    assertThat(client.pull(space, second.key, "?hashes=0"))
        .noneMatch(Entry.Hidden.class::isInstance);
  }

  /** A session and two notes of the owner to the reporter alone. */
  private List<Change> notesToTheReporter() throws Exception {
    push(reporter, space.add(space.writer().ownEpoch(reporter.key).statement()));
    List<CircleId> own = List.of(Circles.device(reporter.id));
    List<Change> notes = space.owner.notes(space.roster(), own, "one", "two");
    push(space.owner, notes);
    return notes;
  }

  @Test
  void pull_fromTheMiddleOfAFrame_restStillProvesItself() throws Exception {
    push(reporter, reporter.notes(space.roster(), "one", "two", "three"));
    List<Entry> entries = client.pull(space, space.owner.key, "?from=7");
    assertThat(changes(entries)).hasSize(2);
    Entry.OfFrame frame = (Entry.OfFrame) entries.get(0);
    FrameSignatures.verify(frame.frame(), VerifyingKey.of(reporter.id.bytes()));
  }

  @Test
  void pull_seen_consistencyProofLeadsToTheNewRoot() throws Exception {
    SignedCheckpoint before = checkpoint(client.pull(space, space.owner.key, ""));
    push(reporter, reporter.notes(space.roster(), "one", "two"));
    List<Entry> entries = client.pull(space, space.owner.key, "?from=5&seen=0.5");
    SignedCheckpoint after = checkpoint(entries);
    ConsistencyProof proof = new ConsistencyProof(5, 8, end(entries).consistency());
    assertThat(proof.verifies(before.checkpoint().root(), after.checkpoint().root())).isTrue();
  }

  @Test
  void pull_confirmedLater_getsWhatHeMissedBefore() throws Exception {
    TestDevice coordinator = new TestDevice(space.randomness);
    push(
        space.owner,
        space.admit(coordinator, dev.cairn.protocol.roster.Role.COORDINATOR, 1).toArray());
    List<Statement> before = statements(client.pull(space, coordinator.key, ""));
    Statement confirmation =
        space.add(
            space
                .writer()
                .confirmation(
                    space.roster().device(coordinator.id).orElseThrow(), space.owner.key));
    push(space.owner, confirmation);

    List<Statement> later = statements(client.pull(space, coordinator.key, "?from=7"));

    List<Statement> all = new ArrayList<>(before);
    all.addAll(later);
    assertThat(RosterState.fold(space.id, all).statements())
        .containsExactlyElementsOf(space.roster().statements());
  }

  @Test
  void pull_longLog_boundedAnswersThatTogetherAreTheWhole() throws Exception {
    String page = noise();
    for (int i = 0; i < 12; i++) {
      String[] notes = new String[12];
      java.util.Arrays.setAll(notes, n -> page + n);
      push(reporter, reporter.notes(space.roster(), notes));
    }
    Map<Long, Digest> leaves = new TreeMap<>();
    long next = 0;
    int answers = 0;
    do {
      List<Entry> entries = client.pull(space, space.owner.key, "?from=" + next);
      leaves.putAll(leavesByPosition(entries));
      next = end(entries).next();
      answers++;
    } while (next < 5 + 12 * 12 + 1);
    assertThat(answers).isGreaterThan(1);
    assertThat(CompactTree.empty().append(List.copyOf(leaves.values())).tree().root())
        .isEqualTo(checkpoint(client.pull(space, space.owner.key, "")).checkpoint().root());
  }

  /** About 50 KiB that do not compress. */
  private static String noise() {
    java.util.Random random = new java.util.Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 24_000; i++) {
      text.append((char) (0x4e00 + random.nextInt(20_000)));
    }
    return text.toString().substring(0, 16_000);
  }

  @Test
  void pull_byStranger_unknown() throws Exception {
    TestDevice stranger = new TestDevice(space.randomness);
    assertThat(code(client.get(space, stranger.key, "pull"))).isEqualTo("device.unknown");
  }

  @Test
  void pull_beyondTheLog_conflict() throws Exception {
    assertThat(code(client.get(space, reporter.key, "pull?from=6"))).isEqualTo("log.behind");
  }

  @Test
  void head_afterPush_lastChangeAndSequence() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    push(reporter, changes);
    var reader =
        dev.cairn.protocol.cbor.CborReader.of(client.get(space, reporter.key, "head").body());
    assertThat(reader.mapHeader(2)).isEqualTo(2);
    assertThat(reader.mapKey()).isEqualTo(1);
    assertThat(reader.arrayHeader(1)).isEqualTo(1);
    assertThat(reader.bytes(32)).isEqualTo(changes.get(2).id().bytes());
    assertThat(reader.mapKey()).isEqualTo(2);
    assertThat(reader.uint()).isEqualTo(3);
  }

  @Test
  void proof_runOfLeavesAtSignedSize_receiptVerifies() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    byte[] body = client.get(space, reporter.key, "proof?size=7&first=5&count=2").body();
    var receipt = dev.cairn.protocol.log.Receipt.decode(body);
    assertThat(receipt.verify(leaves(changes), space.log).checkpoint().size()).isEqualTo(7);
  }

  @Test
  void proof_sizeNeverSigned_unknown() throws Exception {
    assertThat(code(client.get(space, reporter.key, "proof?size=4&first=0&count=1")))
        .isEqualTo("checkpoint.unknown");
  }

  @Test
  void checkpoint_withoutSignature_isTheLogs() throws Exception {
    var response =
        client.send(
            client
                .request(
                    "GET",
                    TestClient.path(space.id, "checkpoint"),
                    java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(SignedCheckpoint.open(response.body(), space.log).checkpoint().size()).isEqualTo(5);
  }
}
