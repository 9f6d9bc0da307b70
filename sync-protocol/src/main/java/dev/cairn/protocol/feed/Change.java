package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a feed, the unit of proof: a payload that is hashed, signed and logged; beside it
 * the ciphertext, which may be erased or withheld, and the author's signature, which a later change
 * of the same frame may stand in for.
 *
 * <p>A change that exists is well formed and its ciphertext is the one the payload names. Nothing
 * says that its signature holds ({@link ChangeSignature}) or that it fits its feed ({@link
 * FeedState}). Immutable; the id covers the payload only.
 */
public final class Change {

  private static final String ID_LABEL = "cairn/1/change-id";
  private static final byte ARRAY_OF_2 = (byte) 0x82;

  private final byte[] payload;
  private final Prefix prefix;
  private final @Nullable Tail tail;
  private final ChangeId id;
  private final @Nullable Ciphertext ciphertext;
  private final @Nullable Signature signature;

  private Change(
      byte[] payload,
      Prefix prefix,
      @Nullable Tail tail,
      ChangeId id,
      @Nullable Ciphertext ciphertext,
      @Nullable Signature signature) {
    this.payload = payload;
    this.prefix = prefix;
    this.tail = tail;
    this.id = id;
    this.ciphertext = ciphertext;
    this.signature = signature;
  }

  /**
   * A session statement, from its prefix alone.
   *
   * @throws MalformedException if the prefix opens no session
   */
  public static Change ofSession(Prefix prefix) throws MalformedException {
    return encoded(prefix, null);
  }

  /**
   * A change with a body, which may be absent.
   *
   * @throws MalformedException if the prefix opens a session
   */
  public static Change of(Prefix prefix, Tail tail) throws MalformedException {
    return encoded(prefix, tail);
  }

  private static Change encoded(Prefix prefix, @Nullable Tail tail) throws MalformedException {
    CborWriter tailWriter = new CborWriter();
    Tail.write(tailWriter, Optional.ofNullable(tail));
    byte[] tailBytes = tailWriter.toBytes();
    byte[] prefixBytes = prefix.encoded();
    byte[] payload = new byte[1 + prefixBytes.length + tailBytes.length];
    payload[0] = ARRAY_OF_2;
    System.arraycopy(prefixBytes, 0, payload, 1, prefixBytes.length);
    System.arraycopy(tailBytes, 0, payload, 1 + prefixBytes.length, tailBytes.length);
    return checked(payload, prefix, tail);
  }

  private static Change checked(byte[] payload, Prefix prefix, @Nullable Tail tail)
      throws MalformedException {
    if (prefix.opensSession() != (tail == null)) {
      throw new MalformedException("change: the tail is empty exactly in a session statement");
    }
    ChangeId id = ChangeId.of(Sha256.labelled(ID_LABEL, payload).bytes());
    return new Change(payload, prefix, tail, id, null, null);
  }

  /**
   * Reads a payload.
   *
   * @throws MalformedException if it breaks any rule that one change can show
   * @throws TooNewException if it is of a suite this program does not know
   */
  public static Change decode(byte[] payload) throws MalformedException, TooNewException {
    if (payload.length > Limits.CHANGE_PAYLOAD_BYTES_MAX) {
      throw new MalformedException("change payload longer than " + Limits.CHANGE_PAYLOAD_BYTES_MAX);
    }
    byte[] copy = payload.clone();
    CborReader reader = CborReader.of(copy);
    reader.arrayOf(2);
    Prefix prefix = PrefixCodec.read(reader);
    Optional<Tail> tail = Tail.read(reader);
    reader.end();
    return checked(copy, prefix, tail.orElse(null));
  }

  /** The hash that names this change: of the payload, under a label. */
  public ChangeId id() {
    return id;
  }

  /** What its leaf in the log is made of. */
  public ChangeLeaf leaf() {
    return new ChangeLeaf(prefix.audience(), Sha256.of(payload));
  }

  /** The hash that stands for this change in the log. */
  public Digest leafHash() {
    return leaf().hash();
  }

  /** What is hashed, signed and logged; a copy. */
  public byte[] payload() {
    return payload.clone();
  }

  /** Where it stands and whom it is for. */
  public Prefix prefix() {
    return prefix;
  }

  /** What the payload says of the ciphertext; empty in a session statement. */
  public Optional<Tail> tail() {
    return Optional.ofNullable(tail);
  }

  /** The sealed body; empty in a session statement and when it was erased or withheld. */
  public Optional<Ciphertext> ciphertext() {
    return Optional.ofNullable(ciphertext);
  }

  /** The author's signature over the payload, if it came along. */
  public Optional<Signature> signature() {
    return Optional.ofNullable(signature);
  }

  /** What it takes as it is, payload and ciphertext together, in bytes. */
  public int sizeBytes() {
    return payload.length + (ciphertext == null ? 0 : ciphertext.sizeBytes());
  }

  /** Whether this is a session statement. */
  public boolean opensSession() {
    return prefix.opensSession();
  }

  /**
   * The same change with its ciphertext.
   *
   * @throws MalformedException if the payload names another ciphertext, or none
   */
  public Change withCiphertext(Ciphertext value) throws MalformedException {
    if (tail == null
        || tail.ciphertextLength() != value.sizeBytes()
        || !tail.ciphertextHash().equals(value.hash())) {
      throw new MalformedException("ciphertext is not the one the change names");
    }
    return new Change(payload, prefix, tail, id, value, signature);
  }

  /** The same change without its ciphertext: erased, or not for this reader. */
  public Change withoutCiphertext() {
    return new Change(payload, prefix, tail, id, null, signature);
  }

  /** The same change with a signature, which nobody has checked yet. */
  public Change withSignature(Signature value) {
    return new Change(payload, prefix, tail, id, ciphertext, value);
  }

  /** The same change without a signature of its own. */
  public Change withoutSignature() {
    return new Change(payload, prefix, tail, id, ciphertext, null);
  }

  /** The payload itself, for readers in this package that do not change it. */
  byte[] payloadArray() {
    return payload;
  }

  /** Whether payload, ciphertext and signature are the same; for "the same change" compare ids. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Change change
        && Arrays.equals(payload, change.payload)
        && ciphertext().equals(change.ciphertext())
        && signature().equals(change.signature());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Names the place only. */
  @Override
  public String toString() {
    return prefix.toString();
  }
}
