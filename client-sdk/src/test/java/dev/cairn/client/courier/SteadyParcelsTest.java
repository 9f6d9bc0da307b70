package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same content gives the same parcel, and nothing else shares its keys. */
class SteadyParcelsTest {

  private static final int STANZA_AT = 6;
  private static final int STANZA_BYTES = 1168;
  private static final SpaceId SPACE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);

  private final Randomness randomness = new Random(1)::nextBytes;
  private final EncryptionKey device = EncryptionKey.generate(randomness);
  private final EncryptionKey server = EncryptionKey.generate(randomness);
  private final EncryptionKey desk = EncryptionKey.generate(randomness);

  private static byte[] sealed(
      EncryptionKey by, ParcelContent content, EncryptionPublicKey... receivers) {
    SteadyParcels steady = new SteadyParcels(by);
    steady.add(content, List.of(receivers));
    return steady.take().get(0);
  }

  private static ParcelContent changes(int fill) {
    byte[] stream = new byte[100];
    Arrays.fill(stream, (byte) fill);
    return new ParcelContent.Changes(SPACE, Encoded.of(stream));
  }

  private static ParcelContent.Piece piece(int offset) {
    AttachmentId id = AttachmentId.of(new byte[AttachmentId.SIZE_BYTES]);
    Encoded bytes = Encoded.of(new byte[10]);
    SigningKey key = SigningKey.generate(new Random(2)::nextBytes);
    return PieceSignature.sign(SPACE, new AttachmentRef(id, 1000), offset, bytes, key);
  }

  private static byte[] stanza(byte[] parcel) {
    return Arrays.copyOfRange(parcel, STANZA_AT, STANZA_AT + STANZA_BYTES);
  }

  @Test
  void sameContent_forTheSameReceivers_isTheSameParcel() throws Exception {
    byte[] parcel = sealed(device, changes(1), server.publicKey());
    assertThat(sealed(device, changes(1), server.publicKey())).isEqualTo(parcel);
    assertThat(Parcel.open(parcel, List.of(server))).isEqualTo(changes(1));
  }

  @Test
  void otherContent_hasOtherKeys() {
    byte[] first = stanza(sealed(device, changes(1), server.publicKey()));
    byte[] second = stanza(sealed(device, changes(2), server.publicKey()));
    assertThat(Arrays.copyOf(second, 1120)).isNotEqualTo(Arrays.copyOf(first, 1120));
  }

  @Test
  void samePiece_elsewhereInTheFile_hasOtherKeys() {
    byte[] first = stanza(sealed(device, piece(0), server.publicKey()));
    byte[] second = stanza(sealed(device, piece(10), server.publicKey()));
    assertThat(Arrays.copyOf(second, 1120)).isNotEqualTo(Arrays.copyOf(first, 1120));
  }

  @Test
  void samePiece_signedAgain_isTheSameParcel() throws Exception {
    byte[] parcel = sealed(device, piece(10), server.publicKey());
    assertThat(sealed(device, piece(10), server.publicKey())).isEqualTo(parcel);
    assertThat(Parcel.open(parcel, List.of(server))).isEqualTo(piece(10));
  }

  @Test
  void samePiece_withAnotherSignature_hasOtherKeys() {
    ParcelContent.Piece piece = piece(10);
    ParcelContent.Piece other =
        new ParcelContent.Piece(
            SPACE,
            piece.device(),
            piece.attachment(),
            piece.sizeBytes(),
            piece.offsetBytes(),
            piece.piece(),
            Signature.of(new byte[Signature.SIZE_BYTES]));
    byte[] first = stanza(sealed(device, piece, server.publicKey()));
    byte[] second = stanza(sealed(device, other, server.publicKey()));
    assertThat(Arrays.copyOf(second, 1120)).isNotEqualTo(Arrays.copyOf(first, 1120));
  }

  @Test
  void sameContent_forMoreReceivers_hasOtherKeys() {
    byte[] one = stanza(sealed(device, changes(1), server.publicKey()));
    byte[] two = sealed(device, changes(1), server.publicKey(), desk.publicKey());
    assertThat(new String(two, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(Arrays.copyOf(one, 32), StandardCharsets.ISO_8859_1));
  }

  @Test
  void sameContent_ofAnotherDevice_hasOtherKeys() {
    assertThat(sealed(desk, changes(1), server.publicKey()))
        .isNotEqualTo(sealed(device, changes(1), server.publicKey()));
  }
}
