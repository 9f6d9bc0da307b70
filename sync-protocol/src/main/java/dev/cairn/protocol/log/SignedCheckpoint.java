package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as its log signed it (c2sp.org/tlog-checkpoint): evidence that can be handed on. One
 * exists only after its log's signature was checked, or was just made.
 *
 * <p>The note may carry signatures by others (cosignatures of witnesses). They are kept and not
 * checked.
 */
public final class SignedCheckpoint {
  private final Checkpoint checkpoint;
  private final NoteSignature own;
  private final List<NoteSignature> cosignatures;
  private final byte[] note;

  private SignedCheckpoint(Checkpoint checkpoint, NoteSignature own, SignedNote note) {
    this.checkpoint = checkpoint;
    this.own = own;
    List<NoteSignature> others = new ArrayList<>(note.signatures());
    others.remove(own);
    this.cosignatures = List.copyOf(others);
    this.note = note.encode();
  }

  /**
   * Signs a checkpoint. The caller answers for never signing two that are inconsistent.
   *
   * @param key the key of the log named as the checkpoint's origin
   */
  public static SignedCheckpoint sign(Checkpoint checkpoint, SigningKey key) {
    LogKey logKey = new LogKey(checkpoint.origin(), key.verifyingKey());
    String text = checkpoint.text();
    NoteSignature own =
        new NoteSignature(
            checkpoint.origin().text(), logKey.keyId(), key.sign(text.getBytes(US_ASCII)));
    return new SignedCheckpoint(checkpoint, own, new SignedNote(text, List.of(own)));
  }

  /**
   * Reads a note and checks that this log signed it.
   *
   * @throws MalformedException if it is no checkpoint in the one form there is, of another origin,
   *     or not signed by this key
   */
  public static SignedCheckpoint open(byte[] note, LogKey key) throws MalformedException {
    SignedNote parsed = SignedNote.parse(note);
    Checkpoint checkpoint = Checkpoint.parse(parsed.text());
    if (!checkpoint.origin().equals(key.origin())) {
      throw new MalformedException("checkpoint: of another log");
    }
    int keyId = key.keyId();
    byte[] text = parsed.text().getBytes(US_ASCII);
    for (NoteSignature signature : parsed.signatures()) {
      if (signature.isBy(key.origin().text(), keyId)) {
        if (!Ed25519.verify(key.key(), text, signature.signature())) {
          throw new MalformedException("checkpoint: the log's signature does not verify");
        }
        return new SignedCheckpoint(checkpoint, signature, parsed);
      }
    }
    throw new MalformedException("checkpoint: not signed by the log's key");
  }

  /**
   * Which log and state a note claims, with nothing checked but the form: good for choosing the key
   * to {@link #open} it with, and for nothing else.
   *
   * @throws MalformedException if it is no checkpoint in the one form there is
   */
  public static Checkpoint claimed(byte[] note) throws MalformedException {
    return Checkpoint.parse(SignedNote.parse(note).text());
  }

  /** What the log signed. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** A copy of the note, byte for byte as it was read or made. */
  public byte[] note() {
    return note.clone();
  }

  /** The signatures by other keys, in the note's order, unchecked. */
  public List<NoteSignature> cosignatures() {
    return cosignatures;
  }

  /**
   * The same checkpoint with one more cosignature at the end; one that the same key made earlier is
   * dropped.
   *
   * @throws IllegalArgumentException if there is no room for it, or it is by the log's own key
   */
  public SignedCheckpoint with(NoteSignature cosignature) {
    if (own.isBy(cosignature.name(), cosignature.keyId())) {
      throw new IllegalArgumentException("cosignature by the log's own key");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    signatures.add(own);
    for (NoteSignature earlier : cosignatures) {
      if (!earlier.isBy(cosignature.name(), cosignature.keyId())) {
        signatures.add(earlier);
      }
    }
    signatures.add(cosignature);
    SignedNote more = new SignedNote(checkpoint.text(), signatures);
    try {
      SignedNote.parse(more.encode());
    } catch (MalformedException e) {
      throw new IllegalArgumentException("no room for the cosignature", e);
    }
    return new SignedCheckpoint(checkpoint, own, more);
  }

  /** The same checkpoint with its log's signature alone: the shortest note that proves it. */
  public SignedCheckpoint bare() {
    return new SignedCheckpoint(checkpoint, own, new SignedNote(checkpoint.text(), List.of(own)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedCheckpoint that && Arrays.equals(note, that.note);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(note);
  }

  @Override
  public String toString() {
    return "signed checkpoint of size " + checkpoint.size();
  }
}
