package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a courier brings, over the network or to the machine itself, and takes back. */
class ParcelTest extends ServerFixture {

  private byte[] parcel(EncryptionPublicKey to, Object... parts) {
    byte[] stream = TestSpace.joined(TestSpace.entries(parts));
    return Parcel.seal(
        new ParcelContent.Changes(space.id, Encoded.of(stream)), List.of(to), space.randomness);
  }

  private EncryptionPublicKey bundleKey() {
    return space.roster().bundleKey().orElseThrow();
  }

  private HttpResponse<byte[]> hand(TestDevice courier, byte[] parcel, String digest)
      throws Exception {
    client.refresh();
    String target = TestClient.path(space.id, "parcels");
    RequestSignature signature =
        RequestSignature.sign(
            courier.key, RequestTarget.of("POST", target), client.nonce(), digest);
    return client.send(
        client
            .request("POST", target, BodyPublishers.ofByteArray(parcel))
            .header("Content-Type", HttpNames.CBOR)
            .header(HttpNames.CONTENT_DIGEST, digest)
            .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
            .header(HttpNames.SIGNATURE, signature.signatureHeader())
            .build());
  }

  private HttpResponse<byte[]> hand(TestDevice courier, byte[] parcel) throws Exception {
    return hand(courier, parcel, ContentDigest.of(parcel));
  }

  private static List<byte[]> parcels(byte[] answer) throws Exception {
    ByteStringStream strings = new ByteStringStream(8 << 20);
    strings.feed(answer);
    List<byte[]> parcels = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      parcels.add(next.get());
    }
    return parcels;
  }

  private List<Entry> opened(TestDevice author, byte[] parcel) throws Exception {
    ParcelContent.Answer answer =
        (ParcelContent.Answer) Parcel.open(parcel, List.of(author.encryptionKey));
    assertThat(answer.device()).isEqualTo(author.id);
    EntryReader reader = new EntryReader(space.id);
    List<Entry> entries = new ArrayList<>();
    for (byte[] entry : parcels(answer.stream().bytes())) {
      entries.add(reader.read(entry));
    }
    return entries;
  }

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

  private static final byte[] FILE = new byte[1000];
  private static final int PIECE_BYTES = 400;

  static {
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) ((i * 31) >> 3);
    }
  }

  private static List<List<Integer>> ordersOfThree() {
    return List.of(
        List.of(0, 1, 2),
        List.of(0, 2, 1),
        List.of(1, 0, 2),
        List.of(1, 2, 0),
        List.of(2, 0, 1),
        List.of(2, 1, 0));
  }

  private AttachmentId named(byte[] file) throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(file).bytes());
    push(reporter, reporter.attaching(space.roster(), new AttachmentRef(id, file.length)));
    return id;
  }

  private byte[] piece(AttachmentId id, byte[] file, int number) {
    int from = number * PIECE_BYTES;
    byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE_BYTES));
    return Parcel.seal(
        new ParcelContent.Piece(space.id, id, file.length, from, Encoded.of(piece)),
        List.of(bundleKey()),
        space.randomness);
  }

  private byte[] downloaded(AttachmentId id) throws Exception {
    return client.get(space, space.owner.key, "attachments/" + id).body();
  }

  @Test
  void pieces_inAnyOrderEachTwice_makeTheAttachment() throws Exception {
    for (List<Integer> order : ordersOfThree()) {
      byte[] file = FILE.clone();
      file[0] = (byte) ordersOfThree().indexOf(order);
      AttachmentId id = named(file);
      for (int number : order) {
        assertThat(hand(reporter, piece(id, file, number)).statusCode()).isEqualTo(200);
        assertThat(hand(reporter, piece(id, file, number)).statusCode()).isEqualTo(200);
      }
      assertThat(downloaded(id)).as("order %s", order).isEqualTo(file);
      try (var left = Files.list(server.directory.resolve("attachments/" + space.id))) {
        assertThat(left.filter(one -> one.toString().endsWith(".part"))).isEmpty();
      }
    }
  }

  @Test
  void pieces_oneMissing_waitThroughARestart() throws Exception {
    AttachmentId id = named(FILE);
    hand(reporter, piece(id, FILE, 2));
    hand(reporter, piece(id, FILE, 0));
    server.restart();
    assertThat(code(client.get(space, space.owner.key, "attachments/" + id)))
        .isEqualTo("attachment.incomplete");
    hand(reporter, piece(id, FILE, 1));
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void piece_beforeItsChange_isToBeHandedInAgain() throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(FILE).bytes());
    byte[] first = piece(id, FILE, 0);
    assertThat(hand(reporter, first).statusCode()).isEqualTo(202);
    named(FILE);
    assertThat(hand(reporter, first).statusCode()).isEqualTo(200);
  }

  @Test
  void pieces_alteredByACarrier_areDroppedAndCanComeAgain() throws Exception {
    AttachmentId id = named(FILE);
    byte[] altered = FILE.clone();
    altered[500] ^= 1;
    hand(reporter, piece(id, FILE, 0));
    hand(reporter, piece(id, FILE, 2));
    hand(reporter, piece(id, altered, 1));
    assertThat(code(client.get(space, space.owner.key, "attachments/" + id)))
        .isEqualTo("attachment.incomplete");
    for (int number : List.of(0, 1, 2)) {
      hand(reporter, piece(id, FILE, number));
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_thatWait_areTogetherNoLargerThanTheAttachment() throws Exception {
    AttachmentId id = named(FILE);
    int taken = 0;
    for (int offset = 1; offset <= 10; offset++) {
      byte[] piece = Arrays.copyOfRange(FILE, offset, offset + PIECE_BYTES);
      byte[] parcel =
          Parcel.seal(
              new ParcelContent.Piece(space.id, id, FILE.length, offset, Encoded.of(piece)),
              List.of(bundleKey()),
              space.randomness);
      taken += hand(reporter, parcel).statusCode() == 200 ? 1 : 0;
    }
    assertThat(taken).isEqualTo(FILE.length / PIECE_BYTES);
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

  /** One change in each; the session they need is pushed. */
  private List<byte[]> threeParcels() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "before", "one", "two", "three");
    int from = changes.size() - 3;
    push(reporter, changes.subList(0, from));
    List<byte[]> parcels = new ArrayList<>();
    for (Change change : changes.subList(from, changes.size())) {
      parcels.add(parcel(bundleKey(), List.of(change)));
    }
    return parcels;
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
    TestDevice stranger = new TestDevice(space.randomness);
    List<Change> changes = reporter.notes(space.roster(), "one");
    space.admit(stranger); // Never told to the server, but well formed: it may come yet.
    assertThat(
            hand(space.owner, parcel(bundleKey(), stranger.notes(space.roster(), "x")))
                .statusCode())
        .isEqualTo(202);
    List<Change> bare = List.of(changes.get(0), changes.get(1).withoutCiphertext());
    assertThat(hand(space.owner, parcel(bundleKey(), bare)).statusCode()).isEqualTo(200);
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

  private Path bundle(byte[]... parcels) throws Exception {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (byte[] parcel : parcels) {
      bundle.writeBytes(BundleWriter.parcel(parcel));
    }
    Path file = directory.resolve("bundle" + bundle.size());
    Files.write(file, bundle.toByteArray());
    return file;
  }

  @Test
  void importFile_parcelsInTheWrongOrder_takesAll() throws Exception {
    List<byte[]> three = threeParcels();
    server.close();
    Path file = bundle(three.get(2), three.get(1), three.get(0));
    assertThat(ServerBundles.importFile(server.directory, file))
        .isEqualTo(new ServerBundles.Imported(3, 0, 0, 0, 3, 0));
  }

  @Test
  void importFile_beginningMissing_saysSoAndTakesItAgain() throws Exception {
    List<byte[]> three = threeParcels();
    server.close();
    Path later = bundle(three.get(2), three.get(1));
    assertThat(ServerBundles.importFile(server.directory, later))
        .isEqualTo(new ServerBundles.Imported(0, 0, 2, 0, 0, 2));
    ServerBundles.importFile(server.directory, bundle(three.get(0)));
    assertThat(ServerBundles.importFile(server.directory, later))
        .isEqualTo(new ServerBundles.Imported(2, 0, 0, 0, 2, 0));
  }

  @Test
  void importFile_ofStoppedServer_countsAndKeepsTheAnswers() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "on a stick", "again");
    push(reporter, changes.subList(0, 1));
    server.close();
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel(bundleKey(), changes)));
    bundle.writeBytes(BundleWriter.parcel(parcel(reporter.encryptionKey.publicKey(), changes)));
    Path file = directory.resolve("bundle");
    Files.write(file, bundle.toByteArray());

    ServerBundles.Imported imported = ServerBundles.importFile(server.directory, file);
    Path out = directory.resolve("back");
    long parcels = ServerBundles.exportFile(server.directory, out);

    assertThat(imported).isEqualTo(new ServerBundles.Imported(2, 1, 0, 1, 1, 0));
    assertThat(parcels).isEqualTo(1);
    BundleReader reader = new BundleReader();
    byte[] back = Files.readAllBytes(out);
    reader.feed(back, 0, back.length);
    assertThat(opened(reporter, reader.next().orElseThrow())).isNotEmpty();
  }

  @Test
  void exportFile_twice_secondIsEmpty() throws Exception {
    server.close();
    assertThat(ServerBundles.exportFile(server.directory, directory.resolve("one"))).isZero();
  }

  /** A stopped server on which two answers wait. */
  private void twoAnswersWait() throws Exception {
    List<Change> one = reporter.notes(space.roster(), "one");
    List<Change> two = space.owner.notes(space.roster(), "two");
    server.close();
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel(bundleKey(), one)));
    bundle.writeBytes(BundleWriter.parcel(parcel(bundleKey(), two)));
    Path file = directory.resolve("bundle");
    Files.write(file, bundle.toByteArray());
    ServerBundles.importFile(server.directory, file);
  }

  private ServerBundles.Exported export(long sizeBytesMax) throws Exception {
    return ServerBundles.export(
        server.directory,
        sizeBytesMax,
        bytes -> assertThat((long) bytes.length).isLessThanOrEqualTo(sizeBytesMax));
  }

  /** The answers leave nothing to be forgotten: whoever fails to take them keeps them waiting. */
  private long allBytes() throws Exception {
    long[] sizeBytes = {0};
    try {
      ServerBundles.export(
          server.directory,
          Long.MAX_VALUE,
          bytes -> {
            sizeBytes[0] = bytes.length;
            throw new java.io.IOException("only to look");
          });
    } catch (java.io.IOException e) {
      return sizeBytes[0];
    }
    return sizeBytes[0];
  }

  @Test
  void export_asLargeAsAllowed_everything() throws Exception {
    twoAnswersWait();
    ServerBundles.Exported out = export(allBytes());
    assertThat(out.parcels()).isEqualTo(2);
    assertThat(out.left()).isFalse();
  }

  @Test
  void export_oneByteLess_restWaitsForTheNext() throws Exception {
    twoAnswersWait();
    ServerBundles.Exported out = export(allBytes() - 1);
    assertThat(out.parcels()).isEqualTo(1);
    assertThat(out.left()).isTrue();
    assertThat(export(Long.MAX_VALUE).parcels()).isEqualTo(1);
  }

  @Test
  void export_noRoomForAny_refusedAndAllWait() throws Exception {
    twoAnswersWait();
    assertThatThrownBy(() -> export(20)).hasMessageContaining("no answer has room");
    assertThat(export(Long.MAX_VALUE).parcels()).isEqualTo(2);
  }
}
