package dev.cairn.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** A piece is worth something only as its device signed it. */
class PieceSignatureTest {

  private static final byte[] BYTES = {1, 2, 3, 4, 5};
  private static final SigningKey KEY = SigningKey.generate(new SeededRandomness(31));
  private static final SigningKey OTHER = SigningKey.generate(new SeededRandomness(32));
  private static final SpaceId SPACE = SpaceId.of(filled(1));
  private static final AttachmentRef FILE = new AttachmentRef(AttachmentId.of(filled(2)), 100);
  private static final ParcelContent.Piece GOOD = signed(KEY);

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static ParcelContent.Piece signed(SigningKey key) {
    return PieceSignature.sign(SPACE, FILE, 7, Encoded.of(BYTES), key);
  }

  private static ParcelContent.Piece piece(
      SpaceId space, DeviceId device, AttachmentId id, long size, long offset, int first) {
    byte[] bytes = BYTES.clone();
    bytes[0] = (byte) first;
    return new ParcelContent.Piece(
        space, device, id, size, offset, Encoded.of(bytes), GOOD.signature());
  }

  private static ParcelContent.Piece with(Signature signature) {
    return new ParcelContent.Piece(
        SPACE, GOOD.device(), FILE.id(), FILE.sizeBytes(), 7, Encoded.of(BYTES), signature);
  }

  @Test
  void piece_asItWasSigned_holds() {
    assertThat(PieceSignature.holds(GOOD)).isTrue();
    assertThat(GOOD.device()).isEqualTo(DeviceId.of(KEY.verifyingKey().bytes()));
  }

  @Test
  void samePiece_signedAgain_hasTheSameSignature() {
    assertThat(signed(KEY)).isEqualTo(GOOD);
  }

  static List<ParcelContent.Piece> altered() {
    AttachmentId id = FILE.id();
    DeviceId device = GOOD.device();
    return List.of(
        piece(SpaceId.of(filled(9)), device, id, 100, 7, 1),
        piece(SPACE, DeviceId.of(OTHER.verifyingKey().bytes()), id, 100, 7, 1),
        piece(SPACE, DeviceId.of(filled(9)), id, 100, 7, 1),
        piece(SPACE, device, AttachmentId.of(filled(9)), 100, 7, 1),
        piece(SPACE, device, id, 101, 7, 1),
        piece(SPACE, device, id, 100, 8, 1),
        piece(SPACE, device, id, 100, 7, 9));
  }

  @ParameterizedTest
  @MethodSource("altered")
  void piece_alteredInAnyField_doesNotHold(ParcelContent.Piece piece) {
    assertThat(PieceSignature.holds(piece)).isFalse();
  }

  @Test
  void piece_withABitOfTheSignatureFlipped_doesNotHold() {
    for (int at = 0; at < Signature.SIZE_BYTES; at++) {
      byte[] flipped = GOOD.signature().bytes();
      flipped[at] ^= 1;
      assertThat(PieceSignature.holds(with(Signature.of(flipped)))).isFalse();
    }
  }

  @Test
  void piece_signedWithTheKeyOfAnotherDevice_doesNotHold() {
    assertThat(PieceSignature.holds(with(signed(OTHER).signature()))).isFalse();
  }

  @Test
  void piece_ofADeviceWhoseIdIsNoKey_doesNotHold() {
    // The identity: a lax verifier takes one signature under it for any message.
    byte[] identity = new byte[DeviceId.SIZE_BYTES];
    identity[0] = 1;
    byte[] anything = new byte[Signature.SIZE_BYTES];
    anything[0] = 1;
    ParcelContent.Piece piece =
        new ParcelContent.Piece(
            SPACE,
            DeviceId.of(identity),
            FILE.id(),
            FILE.sizeBytes(),
            7,
            Encoded.of(BYTES),
            Signature.of(anything));
    assertThat(PieceSignature.holds(piece)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = MessageType.class, mode = Mode.EXCLUDE, names = "PIECE")
  void signature_forAnotherPurpose_isNoneOfAPiece(MessageType type) {
    byte[] signature = CoseSign1.signature(type, payload(), KEY);
    assertThat(PieceSignature.holds(with(Signature.of(signature)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = MessageType.class, mode = Mode.EXCLUDE, names = "PIECE")
  void signatureOfAPiece_isNoneForAnotherPurpose(MessageType type) {
    byte[] signature = GOOD.signature().bytes();
    assertThat(CoseSign1.holds(type, payload(), signature, KEY.verifyingKey())).isFalse();
  }

  @Test
  void signature_isThatOfTheDocument() {
    assertThat(CoseSign1.signature(MessageType.PIECE, payload(), KEY))
        .isEqualTo(GOOD.signature().bytes());
    assertThat(MessageType.PIECE.typ()).isEqualTo("cairn/1/piece");
  }

  private static byte[] payload() {
    return CborValue.array(
            CborValue.of(SPACE.bytes()),
            CborValue.of(KEY.verifyingKey().bytes()),
            CborValue.of(FILE.id().bytes()),
            CborValue.of(100),
            CborValue.of(7),
            CborValue.of(Sha256.of(BYTES).bytes()))
        .encode();
  }

  @Test
  void piece_beyondItsFile_isNotSigned() {
    assertThatThrownBy(() -> PieceSignature.sign(SPACE, FILE, 96, Encoded.of(BYTES), KEY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PieceSignature.sign(SPACE, FILE, 95, Encoded.of(BYTES), KEY).offsetBytes())
        .isEqualTo(95);
  }
}
