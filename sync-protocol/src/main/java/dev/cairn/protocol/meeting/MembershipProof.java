package dev.cairn.protocol.meeting;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says who stands at one end of a meeting: {@code [[* statement], device, signature]}. The
 * signature is over the transcript of this meeting and the role in it; that it comes in a record
 * under the meeting's key binds the identity to the keys, as the MAC of a SIGMA exchange does. It
 * does not name the peer: a signature that says who met whom would be a witness against both.
 *
 * <p>A phone that only reports knows no other reporter, so the device brings how it came in. What
 * is brought is looked at and forgotten.
 */
final class MembershipProof {

  private static final int STATEMENT_BYTES_MAX = Limits.MEETING_PROOF_BYTES_MAX;

  private MembershipProof() {}

  /**
   * Proves.
   *
   * @throws RefusedException {@code device.unknown} if this device's own roster does not say how it
   *     came in, or that does not fit a proof
   */
  static byte[] make(RosterState roster, Digest transcript, Side side, SigningKey key)
      throws RefusedException {
    DeviceId device = DeviceId.of(key.verifyingKey().bytes());
    List<Statement> chain = roster.membershipChain(device);
    CborWriter writer = new CborWriter().array(3).array(chain.size());
    chain.forEach(statement -> writer.bytes(statement.encode()));
    byte[] proof =
        writer
            .bytes(device.bytes())
            .bytes(CoseSign1.signature(MessageType.MEETING, signed(transcript, side), key))
            .toBytes();
    if (chain.isEmpty()
        || chain.size() > Limits.MEETING_STATEMENTS_MAX
        || proof.length > Limits.MEETING_PROOF_BYTES_MAX) {
      throw new RefusedException("device.unknown", "this device cannot show how it came in");
    }
    return proof;
  }

  private static byte[] signed(Digest transcript, Side side) {
    byte[] signed = new byte[Digest.SIZE_BYTES + 1];
    System.arraycopy(transcript.bytes(), 0, signed, 0, Digest.SIZE_BYTES);
    signed[Digest.SIZE_BYTES] = side.role();
    return signed;
  }

  /**
   * Checks what the peer brought.
   *
   * @param roster what this device knows; with it the peer is judged, and it is not changed
   * @param side the peer's
   * @throws RefusedException {@link PeerStream#STRANGER} if he is not in, {@link
   *     PeerStream#SUSPENDED} if he is known to be cut off
   */
  static DeviceEntry check(RosterState roster, Digest transcript, Side side, byte[] proof)
      throws CairnException {
    CborReader reader = CborReader.of(proof);
    reader.arrayOf(3);
    List<Statement> chain = new ArrayList<>();
    int count = reader.arrayHeader(Limits.MEETING_STATEMENTS_MAX);
    for (int i = 0; i < count; i++) {
      chain.add(statement(reader.bytes(STATEMENT_BYTES_MAX)));
    }
    DeviceId device = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
    byte[] signature = reader.bytesExactly(Ed25519.SIGNATURE_BYTES);
    reader.end();
    VerifyingKey key = VerifyingKey.of(device.bytes());
    if (!CoseSign1.holds(MessageType.MEETING, signed(transcript, side), signature, key)) {
      throw PeerStream.stranger();
    }
    RosterState both = roster.with(chain);
    Optional<DeviceEntry> entry = both.device(device);
    if (!entry.isPresent()) {
      throw PeerStream.stranger();
    }
    if (both.isSuspended(device)) {
      throw new RefusedException(
          PeerStream.SUSPENDED, "the device that was met was cut off from the space");
    }
    return entry.get();
  }

  /** Nothing that could widen what a suspension cuts off: only how one comes in. */
  private static Statement statement(byte[] encoded) throws MalformedException, TooNewException {
    Statement statement = Statement.decode(encoded);
    return switch (statement.kind()) {
      case GENESIS, INVITATION, ADMISSION, CONFIRMATION, REPLACEMENT -> statement;
      default -> throw new MalformedException("a proof of membership brings what proves nothing");
    };
  }
}
