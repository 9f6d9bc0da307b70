package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.InvitationState;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Argon2Cost;
import dev.cairn.protocol.suite.Argon2id;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a newcomer is handed: where the server is, the one-time key, and every statement needed to
 * check, without a network, who invites and what to seal to. The file lies open to whoever finds
 * it, so all of it is encrypted under a code that is told on another way.
 *
 * <p>Immutable but for {@link #wipe}.
 */
public final class InvitationFile {

  /** What a guess at the code costs in the files that this program writes. */
  public static final Argon2Cost COST = new Argon2Cost(64 * 1024, 3, 1);

  private static final FirstLine LINE = new FirstLine("invitation file", "CAIRN-INVITATION");
  private static final String LABEL = "cairn/1/invitation";
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final ServerAddress address;
  private final SigningKey oneTimeKey;
  private final StatementId invitation;
  private final SpaceId space;
  private final List<Statement> statements;

  private InvitationFile(
      ServerAddress address,
      SigningKey oneTimeKey,
      StatementId invitation,
      SpaceId space,
      List<Statement> statements) {
    this.address = address;
    this.oneTimeKey = oneTimeKey;
    this.invitation = invitation;
    this.space = space;
    this.statements = List.copyOf(statements);
  }

  /**
   * Collects what belongs into the file.
   *
   * @param state holds the invitation
   * @param invitation the invitation's statement
   * @param oneTimeKey the key it names
   * @throws IllegalArgumentException if the invitation does not stand in the state, or names
   *     another key
   */
  public static InvitationFile of(
      RosterState state, StatementId invitation, SigningKey oneTimeKey, ServerAddress address) {
    InvitationState found =
        state
            .invitation(invitation)
            .orElseThrow(() -> new IllegalArgumentException("invitation does not stand"));
    if (!isKeyOf(found, oneTimeKey)) {
      throw new IllegalArgumentException("not the invitation's one-time key");
    }
    return new InvitationFile(
        address, oneTimeKey, invitation, state.space(), state.invitationView(found));
  }

  private static boolean isKeyOf(InvitationState invitation, SigningKey key) {
    DeviceId id = DeviceId.of(key.verifyingKey().bytes());
    return invitation.invitation().oneTimeKey().equals(id);
  }

  /** Encrypts the file under a code. Takes as long as {@link #COST} says. */
  public byte[] seal(InvitationCode code, Randomness randomness) {
    return seal(code, COST, randomness);
  }

  /**
   * As {@link #seal(InvitationCode, Randomness)} at another cost; one lane is all a file can say.
   */
  byte[] seal(InvitationCode code, Argon2Cost cost, Randomness randomness) {
    byte[] salt = randomness.bytes(SALT_BYTES);
    Secret keyAndNonce = derive(code, salt, cost);
    byte[] ciphertext = Aead.seal(key(keyAndNonce), nonce(keyAndNonce), LINE.bytes(), plaintext());
    keyAndNonce.wipe();
    return LINE.before(
        new CborWriter()
            .array(4)
            .uint(cost.memoryKib())
            .uint(cost.passes())
            .bytes(salt)
            .bytes(ciphertext)
            .toBytes());
  }

  private byte[] plaintext() {
    CborWriter writer = new CborWriter().map(address.pin().isPresent() ? 5 : 4);
    writer.uint(1).text(address.text());
    address.pin().ifPresent(pin -> writer.uint(2).bytes(pin.bytes()));
    writer.uint(3).bytes(oneTimeKey.seed().expose());
    writer.uint(4).bytes(invitation.bytes());
    writer.uint(5).array(statements.size());
    statements.forEach(statement -> writer.bytes(statement.encode()));
    return writer.toBytes();
  }

  /**
   * Opens a file and checks that it leads from a genesis to its invitation.
   *
   * @throws MalformedException if it is no invitation file, or a coordinator's program made it
   *     wrong
   * @throws TooNewException if it is of a later version, or holds statements that are
   * @throws UndecryptableException if the code is not that of the file, or the file was altered
   */
  public static InvitationFile open(byte[] file, InvitationCode code)
      throws MalformedException, TooNewException, UndecryptableException {
    if (file.length > Limits.INVITATION_FILE_SIZE_BYTES_MAX) {
      throw new MalformedException(
          "invitation file longer than " + Limits.INVITATION_FILE_SIZE_BYTES_MAX + " bytes");
    }
    CborReader reader = CborReader.of(LINE.after(file));
    reader.arrayOf(4);
    Argon2Cost cost = Argon2Cost.stated(reader.uint(), reader.uint(), 1);
    byte[] salt = reader.bytesExactly(SALT_BYTES);
    byte[] ciphertext = reader.bytes(file.length);
    reader.end();
    Secret keyAndNonce = derive(code, salt, cost);
    byte[] plaintext = null;
    try {
      plaintext = Aead.open(key(keyAndNonce), nonce(keyAndNonce), LINE.bytes(), ciphertext);
      return InvitationPlaintext.read(plaintext, InvitationFile::checked);
    } finally {
      keyAndNonce.wipe();
      if (plaintext != null) {
        Arrays.fill(plaintext, (byte) 0);
      }
    }
  }

  static InvitationFile checked(
      ServerAddress address,
      SigningKey oneTimeKey,
      StatementId invitation,
      List<Statement> statements)
      throws MalformedException {
    Optional<Statement> statement =
        statements.stream().filter(each -> each.id().equals(invitation)).findFirst();
    if (!statement.isPresent()) {
      throw new MalformedException("invitation file without its invitation");
    }
    SpaceId space = statement.get().space();
    Optional<InvitationState> state = RosterState.fold(space, statements).invitation(invitation);
    if (!state.isPresent() || !isKeyOf(state.get(), oneTimeKey)) {
      throw new MalformedException("invitation file that leads to no invitation");
    }
    return new InvitationFile(address, oneTimeKey, invitation, space, statements);
  }

  private static Secret derive(InvitationCode code, byte[] salt, Argon2Cost cost) {
    if (cost.lanes() != 1) {
      throw new IllegalArgumentException("an invitation file has one lane");
    }
    Secret stretched = Argon2id.derive(code.passphrase(), salt, cost, KEY_BYTES);
    try {
      return Hkdf.expand(stretched, LABEL, Aead.KEY_BYTES + Aead.NONCE_BYTES);
    } finally {
      stretched.wipe();
    }
  }

  private static Secret key(Secret keyAndNonce) {
    return Secret.take(Arrays.copyOf(keyAndNonce.expose(), Aead.KEY_BYTES));
  }

  private static byte[] nonce(Secret keyAndNonce) {
    byte[] both = keyAndNonce.expose();
    return Arrays.copyOfRange(both, Aead.KEY_BYTES, both.length);
  }

  /** Where the server is. */
  public ServerAddress address() {
    return address;
  }

  /** Signs the admission, together with the newcomer's device. */
  public SigningKey oneTimeKey() {
    return oneTimeKey;
  }

  /** The invitation's statement, which {@link #state} holds. */
  public StatementId invitation() {
    return invitation;
  }

  /** The space. */
  public SpaceId space() {
    return space;
  }

  /** The statements carried. */
  public List<Statement> statements() {
    return statements;
  }

  /** The state that they fold to. */
  public RosterState state() {
    return RosterState.fold(space, statements);
  }

  /** Wipes the one-time key. */
  public void wipe() {
    oneTimeKey.wipe();
  }

  /** The invitation's id and nothing secret. */
  @Override
  public String toString() {
    return "invitation file for " + invitation;
  }
}
