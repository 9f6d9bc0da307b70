package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.AttachmentId;
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
    Entry.Hidden leaves = (Entry.Hidden) entries.get(1);
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

  @Test
  void pieces_inOrder_makeTheAttachment() throws Exception {
    byte[] file = new byte[1000];
    Arrays.fill(file, (byte) 7);
    AttachmentId id = AttachmentId.of(Sha256.of(file).bytes());
    push(reporter, reporter.attaching(space.roster(), new AttachmentRef(id, file.length)));
    for (int from = 0; from < file.length; from += 400) {
      byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + 400));
      hand(
          reporter,
          Parcel.seal(
              new ParcelContent.Piece(space.id, id, file.length, from, Encoded.of(piece)),
              List.of(bundleKey()),
              space.randomness));
    }
    assertThat(client.get(space, space.owner.key, "attachments/" + id).body()).isEqualTo(file);
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

    assertThat(imported).isEqualTo(new ServerBundles.Imported(2, 1, 0, 1, 1));
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
}
