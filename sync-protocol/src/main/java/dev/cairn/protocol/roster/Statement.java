package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One signed entry of the roster.
 *
 * <p>An instance is well formed and within the limits, and names as signers as many keys as its
 * kind asks for, a device that comes in among them. Whether the signatures are theirs says {@link
 * #signaturesValid}; whether they had the right is a matter of {@link RosterState}. The signers are
 * part of the payload and so of the id: else anybody could sign a coordinator's statement again,
 * and two stores that keep one statement for each id would keep different ones.
 *
 * <p>Immutable, safe for use by several threads. Source: docs/PROTOCOL.md, section 5.
 */
public final class Statement {

  /** The code of the refusal of a statement whose signatures do not verify. */
  public static final String SIGNATURE_REFUSED = "statement-signature";

  /** The suite that statements are signed and sealed with. */
  static final int SUITE = 1;

  private static final byte[] LEAF = {0};

  private final CoseSign message;
  private final StatementPayload payload;
  private final StatementId id;
  private volatile @Nullable Boolean valid;

  private Statement(CoseSign message, StatementPayload payload) {
    this.message = message;
    this.payload = payload;
    this.id = StatementId.of(Sha256.labelled("cairn/1/statement-id", message.payload()).bytes());
  }

  /**
   * Reads a statement and checks its form, not its signatures.
   *
   * @throws MalformedException if the form is wrong or something exceeds its limit
   * @throws TooNewException if its suite or kind is not known here
   */
  public static Statement decode(byte[] bytes) throws MalformedException, TooNewException {
    if (bytes.length > Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX) {
      throw new MalformedException(
          "statement longer than " + Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX + " bytes");
    }
    CoseSign message = CoseSign.decode(MessageType.STATEMENT, bytes);
    StatementPayload payload = StatementPayload.decode(message.payload());
    if (!payload.signers().equals(message.signers())) {
      throw new MalformedException("statement: signed by others than it names");
    }
    return new Statement(message, payload);
  }

  /**
   * Signs a statement.
   *
   * @param space the space; null in genesis, which is one
   * @param headsSeen the roster heads its author sees; of more than {@link Limits#ROSTER_HEADS_MAX}
   *     the lowest are named
   * @throws IllegalArgumentException if the kind asks for other signers, or the whole is too long
   */
  static Statement sign(
      @Nullable SpaceId space,
      Collection<StatementId> headsSeen,
      StatementContent content,
      Salt salt,
      SigningKey... signers) {
    TreeSet<DeviceId> ids = new TreeSet<>();
    for (SigningKey signer : signers) {
      ids.add(DeviceId.of(signer.verifyingKey().bytes()));
    }
    List<StatementId> heads = Ascending.of(headsSeen);
    StatementPayload payload =
        new StatementPayload(
            space,
            heads.subList(0, Math.min(heads.size(), Limits.ROSTER_HEADS_MAX)),
            salt,
            content,
            List.copyOf(ids));
    Statement statement =
        new Statement(
            CoseSign.sign(MessageType.STATEMENT, payload.encode(), List.of(signers)), payload);
    if (statement.encode().length > Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX) {
      throw new IllegalArgumentException("statement is too long");
    }
    return statement;
  }

  /** The statement's encoding with its signatures. */
  public byte[] encode() {
    return message.encode();
  }

  /** A copy of the signed payload: what is hashed and logged. */
  public byte[] payload() {
    return message.payload();
  }

  /** The statement's id. */
  public StatementId id() {
    return id;
  }

  /** Its leaf in the log: SHA-256(0x00 || payload). */
  public Digest leafHash() {
    return Sha256.of(LEAF, message.payload());
  }

  /** The space it belongs to, which for a genesis is the one it founds. */
  public SpaceId space() {
    SpaceId named = payload.space();
    return named == null ? SpaceId.of(id.bytes()) : named;
  }

  /** What kind of statement it is. */
  public StatementKind kind() {
    return payload.content().kind();
  }

  /** What it says. */
  public StatementContent content() {
    return payload.content();
  }

  /** The roster heads its author saw, ascending. */
  public List<StatementId> heads() {
    return payload.heads();
  }

  /** The keys that sign it, ascending: devices, a one-time key, the recovery key. */
  public List<DeviceId> signers() {
    return payload.signers();
  }

  /** The one key that signs it, if its kind asks for one; else the lowest. */
  DeviceId signer() {
    return payload.signers().get(0);
  }

  /** Random bytes that make the leaf unguessable. */
  Salt salt() {
    return payload.salt();
  }

  /** Whether every signature is its signer's, strictly. Worked out once, then remembered. */
  public boolean signaturesValid() {
    Boolean known = valid;
    if (known == null) {
      known = message.verifies();
      valid = known;
    }
    return known;
  }

  /**
   * Insists on {@link #signaturesValid}.
   *
   * @throws RefusedException if a signature is not its signer's
   */
  public void verifySignatures() throws RefusedException {
    if (!signaturesValid()) {
      throw new RefusedException(SIGNATURE_REFUSED, "statement with a wrong signature");
    }
  }

  /**
   * Equal by id and signatures: in a set of statements a copy with a wrong signature must not keep
   * out the right one.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Statement statement
        && id.equals(statement.id)
        && Arrays.equals(encode(), statement.encode());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Kind and id. */
  @Override
  public String toString() {
    return kind() + " " + id;
  }
}
