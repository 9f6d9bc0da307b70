package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Sha256;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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
    AttachmentId id = AttachmentId.of(Sha256.of(file).bytes());
    push(reporter, reporter.attaching(space.roster(), new AttachmentRef(id, file.length)));
    return id;
  }

  private byte[] piece(AttachmentId id, byte[] file, int number) {
    int from = number * PIECE_BYTES;
    int to = Math.min(file.length, from + PIECE_BYTES);
    return piece(id, file.length, from, Arrays.copyOfRange(file, from, to));
  }

  private byte[] piece(AttachmentId id, long sizeBytes, long offset, byte[] bytes) {
    return Parcel.seal(
        new ParcelContent.Piece(space.id, id, sizeBytes, offset, Encoded.of(bytes)),
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
  void pieces_alteredByACarrier_giveWayToTheRightOnes() throws Exception {
    AttachmentId id = named(FILE);
    byte[] altered = FILE.clone();
    altered[500] ^= 1;
    hand(reporter, piece(id, FILE, 0));
    hand(reporter, piece(id, FILE, 2));
    hand(reporter, piece(id, altered, 1));
    assertThat(code(client.get(space, space.owner.key, "attachments/" + id)))
        .isEqualTo("attachment.incomplete");
    hand(reporter, piece(id, FILE, 1));
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void piece_thatContradictsOneThatWaits_isToBeHandedInAgain() throws Exception {
    AttachmentId id = named(FILE);
    byte[] altered = FILE.clone();
    altered[0] ^= 1;
    assertThat(hand(space.owner, piece(id, altered, 0)).statusCode()).isEqualTo(200);
    assertThat(hand(reporter, piece(id, FILE, 0)).statusCode()).isEqualTo(202);
  }

  @Test
  void pieces_afterAByteThatNobodyOfThemHolds_makeTheAttachment() throws Exception {
    AttachmentId id = named(FILE);
    hand(space.owner, piece(id, FILE.length, 0, new byte[] {(byte) (FILE[0] ^ 1)}));
    for (int number : List.of(0, 1, 2)) {
      hand(space.owner, piece(id, FILE, number));
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }

  @Test
  void pieces_besideAByteThatIsWrong_doNotSpoilTheUploadOfTheAuthor() throws Exception {
    AttachmentId id = named(FILE);
    hand(space.owner, piece(id, FILE.length, 0, new byte[] {(byte) (FILE[0] ^ 1)}));

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
    assertThat(hand(reporter, piece(id, FILE, 0)).statusCode()).isEqualTo(202);
    named(FILE);
    for (int number : List.of(0, 1, 2)) {
      assertThat(hand(reporter, piece(id, FILE, number)).statusCode()).isEqualTo(200);
    }
    assertThat(downloaded(id)).isEqualTo(FILE);
  }
}
