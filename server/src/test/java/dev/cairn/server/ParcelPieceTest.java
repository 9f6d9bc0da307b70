package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.suite.Sha256;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that a courier brings in pieces. */
class ParcelPieceTest extends ParcelFixture {

  private static final byte[] FILE = new byte[1000];
  private static final int PIECE_BYTES = 400;

  static {
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) ((i * 31) >> 3);
    }
  }

  private AttachmentId named(byte[] file) throws Exception {
    return named(reporter, file);
  }

  private AttachmentId named(TestDevice by, byte[] file) throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(file).bytes());
    push(by, by.attaching(space.roster(), new AttachmentRef(id, file.length)));
    return id;
  }

  private byte[] piece(AttachmentId id, byte[] file, int number) {
    return sealed(content(reporter, id, file, number));
  }

  private byte[] piece(TestDevice by, AttachmentId id, byte[] file, int number) {
    return sealed(content(by, id, file, number));
  }

  private ParcelContent.Piece content(TestDevice by, AttachmentId id, byte[] file, int number) {
    int from = number * PIECE_BYTES;
    int to = Math.min(file.length, from + PIECE_BYTES);
    AttachmentRef whole = new AttachmentRef(id, file.length);
    Encoded bytes = Encoded.of(Arrays.copyOfRange(file, from, to));
    return PieceSignature.sign(space.id, whole, from, bytes, by.key);
  }

  private byte[] sealed(ParcelContent content) {
    return Parcel.seal(content, List.of(bundleKey()), space.randomness);
  }

  private static byte[] junk() {
    byte[] junk = FILE.clone();
    for (int i = 0; i < junk.length; i++) {
      junk[i] ^= 1;
    }
    return junk;
  }

  private List<Path> left() throws Exception {
    Path folder = server.directory.resolve("attachments/" + space.id);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void assertTaken(byte[] parcel) throws Exception {
    assertThat(hand(reporter, parcel).statusCode()).isEqualTo(200);
  }

  private void assertEarly(byte[] parcel) throws Exception {
    assertThat(hand(reporter, parcel).statusCode()).isEqualTo(202);
  }

  private void assertIncomplete(AttachmentId id) throws Exception {
    assertThat(code(client.get(space, space.owner.key, "attachments/" + id)))
        .isEqualTo("attachment.incomplete");
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
      assertThat(left()).noneMatch(one -> one.toString().endsWith(".part"));
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
  void piece_alteredByACarrier_isRefusedAndTakesNoDisk() throws Exception {
    AttachmentId id = named(FILE);
    ParcelContent.Piece good = content(reporter, id, FILE, 1);
    ParcelContent.Piece moved = content(reporter, id, FILE, 0);
    for (ParcelContent.Piece altered :
        List.of(
            with(good, space.owner.id, good.sizeBytes(), good.offsetBytes(), good.piece()),
            with(good, good.device(), good.sizeBytes() + 1, good.offsetBytes(), good.piece()),
            with(good, good.device(), good.sizeBytes(), good.offsetBytes() + 1, good.piece()),
            with(good, good.device(), good.sizeBytes(), good.offsetBytes(), moved.piece()))) {
      // Refused for good: nobody carries it any further.
      assertTaken(sealed(altered));
      assertThat(left()).isEmpty();
    }
    assertTaken(piece(id, FILE, 0));
    assertTaken(piece(id, FILE, 1));
    assertTaken(piece(id, FILE, 2));
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  private ParcelContent.Piece with(
      ParcelContent.Piece piece, DeviceId device, long sizeBytes, long offset, Encoded bytes) {
    return new ParcelContent.Piece(
        space.id, device, piece.attachment(), sizeBytes, offset, bytes, piece.signature());
  }

  @Test
  void piece_inTheNameOfADeviceButSignedByAnother_isRefused() throws Exception {
    AttachmentId id = named(FILE);
    ParcelContent.Piece owners = content(space.owner, id, FILE, 0);
    assertTaken(
        sealed(with(owners, reporter.id, FILE.length, owners.offsetBytes(), owners.piece())));
    assertThat(left()).isEmpty();
  }

  @Test
  void pieces_ofAMemberWhoDoesNotNameIt_areToBeHandedInAgainAndTakeNoDisk() throws Exception {
    AttachmentId id = named(FILE);
    for (int number : List.of(0, 1, 2)) {
      assertEarly(piece(space.owner, id, junk(), number));
      assertEarly(piece(space.owner, id, FILE, number));
    }
    assertThat(left()).isEmpty();
    assertTaken(piece(id, FILE, 1));
    assertEarly(piece(space.owner, id, junk(), 1));
    assertTaken(piece(id, FILE, 0));
    assertTaken(piece(id, FILE, 2));
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_ofAStrangerWithAKeyOfHisOwn_takeNoDisk() throws Exception {
    AttachmentId id = named(FILE);
    TestDevice stranger = new TestDevice(space.randomness);
    for (int number : List.of(0, 1, 2)) {
      assertEarly(piece(stranger, id, junk(), number));
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void pieces_ofTwoWhoNameIt_oneOfThemJunkEverywhere_makeTheFileOfTheOther() throws Exception {
    AttachmentId id = named(FILE);
    TestDevice liar = coordinator();
    named(liar, FILE);
    for (int number : List.of(0, 1, 2)) {
      hand(liar, piece(liar, id, junk(), number));
      assertTaken(piece(id, FILE, number));
      hand(liar, piece(liar, id, junk(), number));
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_ofAFileThatWasWrong_areForgottenAndRightOnesMakeIt() throws Exception {
    AttachmentId id = named(FILE);
    for (int number : List.of(0, 1, 2)) {
      assertTaken(piece(id, junk(), number));
    }
    assertThat(left()).isEmpty();
    assertIncomplete(id);
    for (int number : List.of(0, 1, 2)) {
      assertTaken(piece(id, FILE, number));
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_ofADeviceThatWasCutOff_makeTheFileOfAChangeThatCounts() throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(FILE).bytes());
    List<Change> naming = reporter.attaching(space.roster(), new AttachmentRef(id, FILE.length));
    Change last = naming.get(naming.size() - 1);
    LastGood good = new LastGood(last.prefix().sequence(), last.id());
    push(
        space.owner,
        space.add(space.writer().suspension(reporter.id, List.of(good), space.owner.key)));
    // He cannot send it himself any more; both came by hand.
    push(space.owner, naming);
    for (int number : List.of(0, 1, 2)) {
      assertThat(hand(space.owner, piece(id, FILE, number)).statusCode()).isEqualTo(200);
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_ofAFileWhoseChangeWasErased_takeNoDisk() throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(FILE).bytes());
    List<Change> naming = reporter.attaching(space.roster(), new AttachmentRef(id, FILE.length));
    push(reporter, naming);
    Change named = naming.get(naming.size() - 1);
    push(space.owner, space.owner.erasing(space.roster(), named.id()));
    for (int number : List.of(0, 1, 2)) {
      assertEarly(piece(id, FILE, number));
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void pieces_oneOfThemWrong_doNotSpoilTheUploadOfTheSameDevice() throws Exception {
    AttachmentId id = named(FILE);
    hand(reporter, piece(id, junk(), 0));

    HttpResponse<byte[]> created = create(id);

    assertThat(created.statusCode()).isEqualTo(201);
    String address = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> at =
        client.send(
            client
                .request("HEAD", address, BodyPublishers.noBody())
                .header("Tus-Resumable", "1.0.0")
                .build());
    assertThat(at.headers().firstValue("Upload-Offset")).contains("0");
  }

  private HttpResponse<byte[]> create(AttachmentId id) throws Exception {
    client.refresh();
    return client.send(
        client
            .signed(
                reporter.key,
                "POST",
                TestClient.path(space.id, "attachments"),
                BodyPublishers.noBody())
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", Integer.toString(FILE.length))
            .header("Upload-Metadata", "id " + Base64.getEncoder().encodeToString(id.bytes()))
            .build());
  }

  @Test
  void pieces_ofAFileThatAnotherNamedWithAWrongSize_makeTheAttachment() throws Exception {
    AttachmentId id = AttachmentId.of(Sha256.of(FILE).bytes());
    push(
        space.owner, space.owner.attaching(space.roster(), new AttachmentRef(id, FILE.length - 1)));
    assertEarly(piece(id, FILE, 0));
    named(FILE);
    assertEarly(piece(space.owner, id, FILE, 0));
    for (int number : List.of(0, 1, 2)) {
      assertTaken(piece(id, FILE, number));
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }
}
