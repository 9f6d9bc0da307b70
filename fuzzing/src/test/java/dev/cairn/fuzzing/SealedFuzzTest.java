package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.courier.RosterBundle;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.attachment.AttachmentOpener;
import dev.cairn.protocol.attachment.AttachmentReader;
import dev.cairn.protocol.attachment.ChunkSealer;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.ContentDoor;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyCompression;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationDoor;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is sealed: the outside, which anybody can make, and the inside, which a member can. */
class SealedFuzzTest {

  private static final int HASH_WITH_HEAD_BYTES = 34;

  @FuzzTest
  void bundle_howeverItWasCut_givesTheSameParcels(byte[] input) {
    Input in = new Input(input);
    int cut = in.choice();
    byte[] file = in.rest();
    Trial.within(
        input,
        () -> {
          List<String> whole = parcels(List.of(file));
          Trial.same(whole, parcels(Input.pieces(file, cut)), "parcels");
        });
  }

  private static List<String> parcels(List<byte[]> pieces) {
    BundleReader reader = new BundleReader();
    List<String> found = new ArrayList<>();
    Optional<Boolean> read =
        Trial.of(
            () -> {
              for (byte[] piece : pieces) {
                reader.feed(piece, 0, piece.length);
                for (Optional<byte[]> p = reader.next(); p.isPresent(); p = reader.next()) {
                  found.add(Sha256.of(p.get()).toString() + Parcel.isOfLaterVersion(p.get()));
                }
              }
              return reader.isWhole();
            });
    found.add(read.toString());
    return found;
  }

  /** As it is, and with the hash that its end has to be, so that what comes before is looked at. */
  @FuzzTest
  void parcel_ofAnyBytes_opensOrIsRefused(byte[] input) {
    Trial.within(input, () -> Parcel.open(input, Known.PARCEL_KEYS));
    byte[] parcel = Arrays.copyOf(input, input.length + HASH_WITH_HEAD_BYTES);
    parcel[input.length] = 0x58;
    parcel[input.length + 1] = 32;
    byte[] hash = Sha256.of(input).bytes();
    System.arraycopy(hash, 0, parcel, input.length + 2, hash.length);
    Trial.within(
        input,
        () -> {
          Parcel.isOfLaterVersion(parcel);
          Parcel.open(parcel, Known.PARCEL_KEYS.subList(0, 1));
        });
  }

  /** As a file, and as the stream of a parcel that the recovery secret opens. */
  @FuzzTest
  void rosterBundle_ofAnyBytes_givesStatementsOrIsRefused(byte[] input) {
    EncryptionKey recovery = Known.PARCEL_KEYS.get(0);
    Trial.within(input, () -> RosterBundle.read(input, Known.SPACE_OF_ROSTER, recovery));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(
        BundleWriter.parcel(
            Parcels.sealed(
                new ParcelContent.Changes(Known.SPACE_OF_ROSTER, Encoded.of(input)),
                recovery.publicKey())));
    Trial.within(
        bundle.size(),
        () -> RosterBundle.read(bundle.toByteArray(), Known.SPACE_OF_ROSTER, recovery));
  }

  @FuzzTest
  void contentOfAParcel_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          ParcelContent content = ContentDoor.unpad(input);
          Trial.same(input, ContentDoor.pad(content), "content");
          if (content instanceof ParcelContent.Piece piece) {
            PieceSignature.holds(piece);
          }
        });
    byte[] padded = Arrays.copyOf(input, (int) Padme.length(Math.max(1, input.length)));
    Trial.within(
        padded, () -> Trial.same(padded, ContentDoor.pad(ContentDoor.unpad(padded)), "content"));
  }

  /** Nobody makes a reader inflate more than eight bytes for each that he sends. */
  @FuzzTest
  void packedBody_ofAnyBytes_inflatesToNoMoreThanItMay(byte[] input) {
    padded(input);
    deflated(input);
  }

  private static void padded(byte[] input) {
    Trial.within(
        Limits.BODY_INFLATION_MAX * input.length,
        () -> {
          byte[] body = BodyEnvelope.unpack(input);
          Trial.holds(body.length <= 8 * input.length, "inflated too far");
          readBody(body);
        });
  }

  /** A stream of deflate, with the padding that belongs to it. */
  private static void deflated(byte[] input) {
    Trial.within(
        Limits.BODY_BYTES_MAX,
        () -> {
          BodyCompression.Inflated inflated =
              BodyCompression.inflate(input, 0, Limits.BODY_BYTES_MAX);
          int used = inflated.consumedBytes();
          Trial.holds(used <= input.length, "used more than there is");
          int least = Math.max(1 + used, (inflated.body().length + 7) / 8);
          byte[] padded = new byte[(int) Padme.length(least)];
          padded[0] = 1;
          System.arraycopy(input, 0, padded, 1, used);
          byte[] body = BodyEnvelope.unpack(padded);
          Trial.same(inflated.body(), body, "body");
          readBody(body);
        });
  }

  @FuzzTest
  void body_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          readBody(input);
          byte[] packed = BodyEnvelope.pack(input);
          Trial.same(input, BodyEnvelope.unpack(packed), "body");
        });
  }

  private static void readBody(byte[] encoded) throws CairnException {
    Body body = Body.decode(encoded);
    Trial.same(encoded, body.encode(), "body");
    for (Operation operation : body.operations()) {
      Trial.holds(operation.toString().length() < 1000, "an operation that says too much");
    }
  }

  @FuzzTest
  void operation_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          Operation operation = Operations.decode(input);
          byte[] again = Operations.encode(operation);
          Trial.same(input, again, "operation");
          Trial.same(operation, Operations.read(CborReader.of(again)), "operation");
        });
  }

  /** What a member has sealed under the key that he tells: any content, any padding, any size. */
  @FuzzTest
  void attachment_ofAnyPlaintext_opensTheSameWholeAndInPieces(byte[] input) {
    Input in = new Input(input);
    int cut = in.choice();
    int less = in.choice();
    byte[] rest = in.rest();
    long contentBytes = Math.max(0, rest.length - less);
    Secret key = Secret.copyOf(Known.filled(7, 32));
    ChunkSealer sealer = ChunkSealer.begin(key, Known.CHANCE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(sealer.header());
    byte[] plain =
        cut % 3 == 0 ? Arrays.copyOf(rest, (int) Padme.length(Math.max(1, rest.length))) : rest;
    out.writeBytes(sealer.update(plain, 0, plain.length));
    out.writeBytes(sealer.finish());
    byte[] sealed = out.toByteArray();
    if (cut % 5 == 0 && sealed.length > less) {
      sealed[sealed.length - 1 - less] ^= 1;
    }
    AttachmentId id = AttachmentId.of(Sha256.of(sealed).bytes());
    Trial.within(
        input,
        () -> {
          Optional<byte[]> whole = opened(key, id, contentBytes, List.of(sealed));
          Optional<byte[]> pieces = opened(key, id, contentBytes, Input.pieces(sealed, cut));
          Trial.same(whole.isPresent(), pieces.isPresent(), "whether it opens");
          if (whole.isPresent()) {
            Trial.same(whole.get(), pieces.get(), "content");
            Trial.same(contentBytes, (long) whole.get().length, "size");
            Trial.same(sealed.length, (int) SealedAttachment.sealedBytes(contentBytes), "size");
            Trial.same(whole.get(), byChunks(key, sealed, contentBytes), "content");
          }
        });
  }

  private static Optional<byte[]> opened(
      Secret key, AttachmentId id, long contentBytes, List<byte[]> pieces) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return Trial.of(
        () -> {
          AttachmentOpener opener = AttachmentOpener.begin(key, id, contentBytes);
          for (byte[] piece : pieces) {
            content.writeBytes(opener.update(piece, 0, piece.length));
          }
          content.writeBytes(opener.finish());
          return content.toByteArray();
        });
  }

  private static byte[] byChunks(Secret key, byte[] sealed, long contentBytes)
      throws CairnException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (AttachmentReader reader =
        AttachmentReader.open(key, Arrays.copyOf(sealed, 56), contentBytes)) {
      int at = 56;
      for (long chunk = 0; chunk < reader.chunkCount(); chunk++) {
        int size = reader.sealedChunkSize(chunk);
        content.writeBytes(reader.openChunk(chunk, Arrays.copyOfRange(sealed, at, at + size)));
        at += size;
      }
    }
    return content.toByteArray();
  }

  /** The file as found, where stretching its code costs next to nothing. */
  @FuzzTest
  void invitationFile_ofAnyBytes_opensOrIsRefused(byte[] input) {
    if (InvitationDoor.costs(input) > InvitationDoor.LEAST_COST) {
      return;
    }
    InvitationCode code = Trial.of(() -> InvitationCode.parse("H01DF-AST01")).get();
    Trial.within(input, () -> InvitationFile.open(input, code));
  }

  /** What somebody who knows the code has put into it; and the server's, which has no code. */
  @FuzzTest
  void contentOfAnInvitation_ofAnyBytes_leadsToItsInvitationOrIsRefused(byte[] input) {
    Trial.within(
        input,
        () -> {
          InvitationFile file = InvitationDoor.read(input);
          Trial.holds(file.state().invitation(file.invitation()).isPresent(), "no invitation");
        });
    Trial.within(
        input,
        () -> Trial.same(input, ServerInvitation.decode(input).encode(), "server invitation"));
  }
}
