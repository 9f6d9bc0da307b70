package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.SigningKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a courier brings over the network, and takes back. */
class ParcelTest extends ParcelFixture {

  @Test
  void parcel_handedInByAnother_receiptOnlyTheAuthorCanOpen() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "carried");
    HttpResponse<byte[]> response = hand(space.owner, parcel(bundleKey(), changes));
    List<byte[]> answers = parcels(response.body());
    assertThat(answers).hasSize(1);

    List<Entry> entries = opened(reporter, answers.get(0));

    Entry.LogState state = (Entry.LogState) entries.get(0);
    assertThat(SignedCheckpoint.open(state.checkpoint().bytes(), space.log).checkpoint().size())
        .isEqualTo(7);
    Entry.Leaves leaves = (Entry.Leaves) entries.get(1);
    assertThat(leaves.leaves()).isEqualTo(leaves(changes));
    Receipt receipt = Receipt.decode(((Entry.OfReceipt) entries.get(2)).receipt().bytes());
    assertThat(receipt.verify(leaves.leaves(), space.log).checkpoint().size()).isEqualTo(7);
  }

  @Test
  void parcel_ofNewcomer_admittedAndAnswered() throws Exception {
    TestDevice newcomer = new TestDevice(space.randomness);
    List<Statement> admission = space.admit(newcomer);
    List<Change> changes = newcomer.notes(space.roster(), "first");
    byte[] parcel = parcel(bundleKey(), admission.get(0), admission.get(1), changes);
    List<byte[]> answers = parcels(hand(reporter, parcel).body());
    assertThat(answers).filteredOn(answer -> canOpen(newcomer, answer)).hasSize(1);
  }

  @Test
  void parcel_ofStatementsThatTheLogHas_isAnsweredToWhoSignedTheLast() throws Exception {
    TestDevice first = new TestDevice(space.randomness);
    TestDevice last = new TestDevice(space.randomness);
    List<Statement> statements = new ArrayList<>(space.admit(first));
    statements.addAll(space.admit(last));
    byte[] parcel = parcel(bundleKey(), statements.toArray());
    assertThat(parcels(hand(reporter, parcel).body())).hasSize(3);

    List<byte[]> answers = parcels(hand(reporter, parcel).body());

    assertThat(answers).hasSize(1);
    assertThat(canOpen(last, answers.get(0))).isTrue();
  }

  /** Devices that are in, and a frame of each; their invitation is pushed. */
  private List<Object> framesOf(int devices) throws Exception {
    SigningKey oneTime = SigningKey.generate(space.randomness);
    Statement invitation =
        space.add(space.invite(oneTime, Role.REPORTER, devices, TestSpace.LATER_SECONDS));
    List<Object> parts = new ArrayList<>(List.of(invitation));
    List<TestDevice> all = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      TestDevice device = new TestDevice(space.randomness);
      parts.add(space.add(space.admission(invitation, oneTime, device)));
      all.add(device);
    }
    push(space.owner, parts.toArray());
    List<Object> frames = new ArrayList<>();
    for (TestDevice device : all) {
      frames.add(device.notes(space.roster(), "of one"));
    }
    return frames;
  }

  @Test
  void parcel_ofMoreAuthorsThanAreAnswered_isTakenAndAnsweredToAsMany() throws Exception {
    List<Object> frames = framesOf(Limits.PARCEL_ANSWERS_MAX + 1);
    long before = size();

    HttpResponse<byte[]> response = hand(space.owner, parcel(bundleKey(), frames.toArray()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(size()).isEqualTo(before + 2L * frames.size());
    assertThat(parcels(response.body())).hasSize(Limits.PARCEL_ANSWERS_MAX);
  }

  @Test
  void parcel_ofManyAuthors_isAnsweredFirstToWhoWroteWhatTheLogDidNotHave() throws Exception {
    List<Object> parts = framesOf(Limits.PARCEL_ANSWERS_MAX);
    push(space.owner, parts.toArray());
    parts.add(reporter.notes(space.roster(), "new"));

    List<byte[]> answers = parcels(hand(space.owner, parcel(bundleKey(), parts.toArray())).body());

    assertThat(answers).hasSize(Limits.PARCEL_ANSWERS_MAX);
    assertThat(canOpen(reporter, answers.get(0))).isTrue();
  }

  /** Who is left out is drawn by chance, so that nobody is left out each time. */
  @Test
  void parcel_ofManyAuthorsThatComesAgain_isAnsweredToOthersFirst() throws Exception {
    List<TestDevice> three = List.of(reporter, space.owner, new TestDevice(space.randomness));
    push(space.owner, space.admit(three.get(2)).toArray());
    List<Object> parts = new ArrayList<>();
    three.forEach(device -> parts.add(device.notes(space.roster(), "of one")));
    byte[] parcel = parcel(bundleKey(), parts.toArray());
    hand(space.owner, parcel);
    Set<TestDevice> first = new HashSet<>();
    for (int i = 0; i < 100 && first.size() < three.size(); i++) {
      byte[] answer = parcels(hand(space.owner, parcel).body()).get(0);
      three.stream().filter(device -> canOpen(device, answer)).forEach(first::add);
    }
    assertThat(first).hasSameSizeAs(three);
  }

  @Test
  void parcel_withAStatementWhoseHeadsNobodyBrings_takenWhenHandedInAlone() throws Exception {
    space.admit(new TestDevice(space.randomness)); // Nobody brings these.
    Statement built = space.add(space.writer().ownEpoch(reporter.key).statement());
    byte[] parcel = parcel(bundleKey(), built, reporter.notes(space.roster(), "behind it"));
    long before = size();

    assertThat(hand(space.owner, parcel).statusCode()).isEqualTo(202);
    assertThat(handAlone(space.owner, parcel).statusCode()).isEqualTo(200);
    assertThat(size()).isEqualTo(before + 3);
  }

  private static boolean canOpen(TestDevice device, byte[] parcel) {
    try {
      Parcel.open(parcel, List.of(device.encryptionKey));
      return true;
    } catch (dev.cairn.protocol.CairnException e) {
      return false;
    }
  }

  @Test
  void answer_toAuthorWithQuestionWaiting_holdsIt() throws Exception {
    Statement own = space.add(space.writer().ownEpoch(reporter.key).statement());
    push(reporter, own);
    List<Change> question =
        space.owner.notes(
            space.roster(),
            List.of(space.roster().desk().orElseThrow(), Circles.device(reporter.id)),
            "where exactly?");
    push(space.owner, question);
    byte[] parcel = parcel(bundleKey(), reporter.notes(space.roster(), "carried"));
    List<Entry> entries = opened(reporter, parcels(hand(space.owner, parcel).body()).get(0));
    assertThat(changes(entries)).extracting(Change::id).contains(question.get(1).id());
  }

  @Test
  void parcel_forSomebodyElse_notForUs() throws Exception {
    byte[] parcel = parcel(reporter.encryptionKey.publicKey(), reporter.notes(space.roster(), "x"));
    assertThat(code(hand(reporter, parcel))).isEqualTo("parcel.not-for-us");
  }

  private byte[] sealed(byte[] stream) {
    return Parcel.seal(
        new ParcelContent.Changes(space.id, Encoded.of(stream)),
        List.of(bundleKey()),
        space.randomness);
  }

  @Test
  void parcel_whoseStreamCannotBeRead_isRefusedForGood() throws Exception {
    HttpResponse<byte[]> response = hand(space.owner, sealed(new byte[] {0x42, 1}));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(code(response)).isEqualTo("parcel.malformed");
  }

  @Test
  void parcel_damaged_isRefusedForGood() throws Exception {
    byte[] parcel = sealed(new byte[0]);
    parcel[parcel.length - 1] ^= 1;
    assertThat(code(hand(space.owner, parcel))).isEqualTo("parcel.malformed");
  }

  @Test
  void parcel_ofALaterVersion_isWantedAgainAndLogsNothing() throws Exception {
    long before = size();
    HttpResponse<byte[]> response = hand(reporter, new byte[] {(byte) 0x82, 2, 0x41, 7});
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void parcel_otherThanSigned_refused() throws Exception {
    byte[] parcel = parcel(bundleKey(), reporter.notes(space.roster(), "x"));
    assertThat(code(hand(reporter, parcel, ContentDigest.of(new byte[0]))))
        .isEqualTo("digest.mismatch");
  }

  @Test
  void parcel_notSignedWithItsDigest_refused() throws Exception {
    client.refresh();
    byte[] parcel = parcel(bundleKey(), reporter.notes(space.roster(), "x"));
    HttpResponse<byte[]> response =
        client.send(
            client
                .signed(
                    reporter.key,
                    "POST",
                    TestClient.path(space.id, "parcels"),
                    BodyPublishers.ofByteArray(parcel))
                .header("Content-Type", HttpNames.CBOR)
                .header(HttpNames.CONTENT_DIGEST, ContentDigest.of(parcel))
                .build());
    assertThat(code(response)).isEqualTo("digest.mismatch");
  }

  @Test
  void parcels_inAnyOrder_areTakenWhenHandedInAgain() throws Exception {
    for (List<Integer> order : ordersOfThree()) {
      List<byte[]> three = threeParcels();
      long before = size();
      List<Integer> statuses = new ArrayList<>();
      for (int number : order) {
        statuses.add(hand(space.owner, three.get(number)).statusCode());
      }
      assertThat(statuses.get(order.indexOf(0))).isEqualTo(200);
      for (int round = 0; round < 2; round++) {
        for (byte[] parcel : three) {
          assertThat(hand(space.owner, parcel).statusCode()).isEqualTo(200);
        }
      }
      assertThat(size() - before).as("order %s of %s", order, statuses).isEqualTo(3);
    }
  }

  private long size() throws Exception {
    return SignedCheckpoint.open(client.get(space, space.owner.key, "checkpoint").body(), space.log)
        .checkpoint()
        .size();
  }

  @Test
  void parcel_beforeWhatItContinues_isTakenInNoPart() throws Exception {
    List<byte[]> three = threeParcels();
    long before = size();
    HttpResponse<byte[]> early = hand(space.owner, three.get(2));
    assertThat(early.statusCode()).isEqualTo(202);
    assertThat(early.body()).isEmpty();
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void parcel_refusedForGood_isNotWantedAgain() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one");
    List<Change> bare = List.of(changes.get(0), changes.get(1).withoutCiphertext());
    assertThat(hand(space.owner, parcel(bundleKey(), bare)).statusCode()).isEqualTo(202);
    push(
        space.owner, space.add(space.writer().suspension(reporter.id, List.of(), space.owner.key)));
    assertThat(hand(space.owner, parcel(bundleKey(), changes)).statusCode()).isEqualTo(200);
    TestDevice stranger = new TestDevice(space.randomness);
    space.admit(stranger); // Never told to the server, but well formed: it may come yet.
    assertThat(
            hand(space.owner, parcel(bundleKey(), stranger.notes(space.roster(), "x")))
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void answer_proves_fromEveryCheckpointShown() throws Exception {
    SignedCheckpoint seen =
        SignedCheckpoint.open(client.get(space, space.owner.key, "checkpoint").body(), space.log);
    push(space.owner, space.owner.notes(space.roster(), "the log grows"));
    SignedCheckpoint later =
        SignedCheckpoint.open(client.get(space, space.owner.key, "checkpoint").body(), space.log);
    byte[] stream =
        TestSpace.joined(
            List.of(
                shown(seen),
                shown(later),
                TestSpace.joined(TestSpace.entries(reporter.notes(space.roster(), "carried")))));
    byte[] parcel =
        Parcel.seal(
            new ParcelContent.Changes(space.id, Encoded.of(stream)),
            List.of(bundleKey()),
            space.randomness);

    HttpResponse<byte[]> response = hand(space.owner, parcel);

    assertThat(response.statusCode()).isEqualTo(200);
    List<Entry> entries = opened(reporter, parcels(response.body()).get(0));
    for (SignedCheckpoint from : List.of(seen, later)) {
      assertThat(entries.subList(0, 3)).anyMatch(entry -> leads(from, entry));
    }
  }

  @Test
  void answer_proves_fromTheCheckpointOfAnEarlierAnswer() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<Entry> first =
        opened(
            reporter,
            parcels(hand(space.owner, parcel(bundleKey(), changes.subList(0, 2))).body()).get(0));
    SignedCheckpoint earlier = checkpoint(first.get(0));
    push(space.owner, space.owner.notes(space.roster(), "the log grows"));
    List<Entry> second =
        opened(reporter, parcels(hand(space.owner, parcel(bundleKey(), changes)).body()).get(0));
    assertThat(second.subList(0, 2)).anyMatch(entry -> leads(earlier, entry));
  }

  @Test
  void answer_provesFromTheAnswer_toTheParcelBefore() throws Exception {
    List<byte[]> three = threeParcels();
    SignedCheckpoint before = null;
    for (byte[] parcel : three) {
      List<Entry> entries = opened(reporter, parcels(hand(space.owner, parcel).body()).get(0));
      if (before != null) {
        SignedCheckpoint earlier = before;
        assertThat(entries.subList(0, 2)).anyMatch(entry -> leads(earlier, entry));
      }
      before = checkpoint(entries.get(0));
    }
  }

  @Test
  void answer_provesFromEarlierAnswers_upToTheMost() throws Exception {
    int most = Limits.SHOWN_CHECKPOINTS_MAX;
    List<Change> changes = reporter.notes(space.roster(), "0");
    push(reporter, changes);
    for (int i = 1; i <= most; i++) {
      push(space.owner, space.owner.notes(space.roster(), "between"));
      List<Change> next = reporter.notes(space.roster(), "" + i);
      push(reporter, next);
      changes.addAll(next);
    }
    long ofMost = statesProved(changes.subList(0, changes.size() - 1));
    assertThat(ofMost - statesProved(changes.subList(0, changes.size() - 2))).isEqualTo(1);
    assertThat(statesProved(changes)).isEqualTo(ofMost);
  }

  /** How many states of the log the answer to a parcel of these leads from. */
  private long statesProved(List<Change> changes) throws Exception {
    byte[] parcel = parcel(bundleKey(), changes);
    return opened(reporter, parcels(hand(space.owner, parcel).body()).get(0)).stream()
        .filter(Entry.LogState.class::isInstance)
        .count();
  }

  private SignedCheckpoint checkpoint(Entry entry) throws Exception {
    return SignedCheckpoint.open(((Entry.LogState) entry).checkpoint().bytes(), space.log);
  }

  private boolean leads(SignedCheckpoint from, Entry entry) {
    try {
      SignedCheckpoint now = checkpoint(entry);
      return new ConsistencyProof(
              from.checkpoint().size(),
              now.checkpoint().size(),
              ((Entry.LogState) entry).consistency())
          .verifies(from.checkpoint().root(), now.checkpoint().root());
    } catch (Exception e) {
      return false;
    }
  }

  private static byte[] shown(SignedCheckpoint checkpoint) {
    return new EntryWriter().write(new Entry.LogState(Encoded.of(checkpoint.note()), List.of(), 0));
  }
}
