package dev.cairn.protocol.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import java.util.Arrays;

/** The content of a parcel as bytes, with the zeros that hide how much it is. */
final class ContentCodec {

  private static final int CHANGES = 1;
  private static final int ANSWER = 2;
  private static final int PIECE = 3;

  private ContentCodec() {}

  static byte[] pad(ParcelContent content) {
    byte[] encoded = encode(content);
    if (encoded.length > Limits.PARCEL_CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException("parcel of " + encoded.length + " bytes");
    }
    return Arrays.copyOf(encoded, (int) Padme.length(encoded.length));
  }

  private static byte[] encode(ParcelContent content) {
    CborWriter writer = new CborWriter();
    if (content instanceof ParcelContent.Changes changes) {
      writer.array(3).bytes(changes.space().bytes()).uint(CHANGES);
      writer.bytes(changes.stream().bytes());
    } else if (content instanceof ParcelContent.Answer answer) {
      writer.array(4).bytes(answer.space().bytes()).uint(ANSWER);
      writer.bytes(answer.device().bytes()).bytes(answer.stream().bytes());
    } else if (content instanceof ParcelContent.Piece piece) {
      writer.array(8).bytes(piece.space().bytes()).uint(PIECE);
      writer.bytes(piece.device().bytes()).bytes(piece.attachment().bytes());
      writer.uint(piece.sizeBytes()).uint(piece.offsetBytes());
      writer.bytes(piece.piece().bytes()).bytes(piece.signature().bytes());
    }
    return writer.toBytes();
  }

  static ParcelContent unpad(byte[] padded) throws MalformedException {
    if (padded.length > Limits.PARCEL_CONTENT_BYTES_MAX) {
      throw new MalformedException("parcel holds more than " + Limits.PARCEL_CONTENT_BYTES_MAX);
    }
    CborReader reader = CborReader.of(padded);
    ParcelContent content = read(reader, reader.arrayHeader(8));
    int length = reader.position();
    if (Padme.length(length) != padded.length) {
      throw new MalformedException("parcel is padded to another size than its own");
    }
    for (int i = length; i < padded.length; i++) {
      if (padded[i] != 0) {
        throw new MalformedException("padding of a parcel is not zero", i);
      }
    }
    return content;
  }

  private static ParcelContent read(CborReader reader, int items) throws MalformedException {
    if (items < 3) {
      throw new MalformedException("parcel content of " + items + " items");
    }
    SpaceId space = SpaceId.of(reader.bytesExactly(SpaceId.SIZE_BYTES));
    int kind = (int) reader.uint(PIECE);
    if (kind == CHANGES && items == 3) {
      return new ParcelContent.Changes(space, bytes(reader));
    }
    if (kind == ANSWER && items == 4) {
      DeviceId device = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
      return new ParcelContent.Answer(space, device, bytes(reader));
    }
    if (kind == PIECE && items == 8) {
      return readPiece(reader, space);
    }
    throw new MalformedException("parcel content of an unknown kind");
  }

  private static ParcelContent readPiece(CborReader reader, SpaceId space)
      throws MalformedException {
    DeviceId device = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
    AttachmentId attachment = AttachmentId.of(reader.bytesExactly(AttachmentId.SIZE_BYTES));
    long sizeBytes = reader.uint(Limits.ATTACHMENT_FILE_BYTES_MAX);
    long offsetBytes = reader.uint(Limits.ATTACHMENT_FILE_BYTES_MAX);
    Encoded piece = bytes(reader);
    if (!ParcelContent.Piece.lies(sizeBytes, offsetBytes, piece.sizeBytes())) {
      throw new MalformedException("piece does not lie in its attachment");
    }
    Signature signature = Signature.of(reader.bytesExactly(Signature.SIZE_BYTES));
    return new ParcelContent.Piece(
        space, device, attachment, sizeBytes, offsetBytes, piece, signature);
  }

  private static Encoded bytes(CborReader reader) throws MalformedException {
    return Encoded.of(reader.bytes(Limits.PARCEL_CONTENT_BYTES_MAX));
  }
}
