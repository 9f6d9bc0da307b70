package dev.cairn.protocol.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;

/**
 * The signature of a device over one piece of an attachment (RFC 9052 {@code COSE_Sign1}, the
 * payload not sent): {@code [space, device, attachment, size, offset, SHA-256 of the piece]}. Who
 * only carries parcels can neither make a piece nor move one to another place, file or device.
 *
 * <p>It says nothing of whether the device names the attachment: that is in its changes.
 */
public final class PieceSignature {

  private PieceSignature() {}

  /**
   * A piece, signed by the device whose key this is. The same piece has the same signature.
   *
   * @param attachment the whole encrypted file, as a change of the device names it
   * @throws IllegalArgumentException if the piece does not lie in it
   */
  public static ParcelContent.Piece sign(
      SpaceId space, AttachmentRef attachment, long offsetBytes, Encoded piece, SigningKey key) {
    DeviceId device = DeviceId.of(key.verifyingKey().bytes());
    long sizeBytes = attachment.sizeBytes();
    byte[] payload = payload(space, device, attachment.id(), sizeBytes, offsetBytes, piece);
    Signature signature = Signature.of(CoseSign1.signature(MessageType.PIECE, payload, key));
    return new ParcelContent.Piece(
        space, device, attachment.id(), sizeBytes, offsetBytes, piece, signature);
  }

  /** Whether every strict verifier takes the signature for that of the device named beside it. */
  public static boolean holds(ParcelContent.Piece piece) {
    byte[] payload =
        payload(
            piece.space(),
            piece.device(),
            piece.attachment(),
            piece.sizeBytes(),
            piece.offsetBytes(),
            piece.piece());
    try {
      VerifyingKey key = VerifyingKey.of(piece.device().bytes());
      return CoseSign1.holds(MessageType.PIECE, payload, piece.signature().bytes(), key);
    } catch (MalformedException noKey) {
      return false;
    }
  }

  /**
   * The bytes of the piece by their hash: to sign a megabyte takes no more memory than to hold it.
   */
  private static byte[] payload(
      SpaceId space,
      DeviceId device,
      AttachmentId attachment,
      long sizeBytes,
      long offsetBytes,
      Encoded piece) {
    return new CborWriter()
        .array(6)
        .bytes(space.bytes())
        .bytes(device.bytes())
        .bytes(attachment.bytes())
        .uint(sizeBytes)
        .uint(offsetBytes)
        .bytes(Sha256.of(piece.bytes()).bytes())
        .toBytes();
  }
}
