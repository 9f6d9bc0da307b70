package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One signature line of a signed note: who says to have signed, with which of its keys, and the
 * signature, of whatever algorithm that key has. Nothing is checked but the form.
 */
public final class NoteSignature {
  private static final String START = "\u2014 ";

  private final String name;
  private final int keyId;
  private final byte[] signature;

  /**
   * @param name key name: printable ASCII, without space and plus
   * @param keyId the key's short id, as four big-endian bytes
   * @param signature at least one byte
   * @throws IllegalArgumentException if the name or signature cannot stand in a note
   */
  public NoteSignature(String name, int keyId, byte[] signature) {
    if (!isName(name) || signature.length == 0) {
      throw new IllegalArgumentException("no note signature");
    }
    this.name = name;
    this.keyId = keyId;
    this.signature = signature.clone();
  }

  /** Reads one line, without its line break. */
  static NoteSignature parse(String line) throws MalformedException {
    int nameEnd = line.indexOf(' ', START.length());
    if (!line.startsWith(START) || nameEnd < 0) {
      throw new MalformedException("signed note: no signature line");
    }
    String name = line.substring(START.length(), nameEnd);
    if (!isName(name)) {
      throw new MalformedException("signed note: no key name");
    }
    byte[] blob = StrictBase64.decode(line.substring(nameEnd + 1));
    if (blob.length <= Integer.BYTES) {
      throw new MalformedException("signed note: signature too short");
    }
    int keyId = ByteBuffer.wrap(blob).getInt();
    return new NoteSignature(name, keyId, Arrays.copyOfRange(blob, Integer.BYTES, blob.length));
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || c == '+') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** The line, without its line break. */
  String line() {
    byte[] blob =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(keyId).put(signature).array();
    return START + name + ' ' + StrictBase64.encode(blob);
  }

  /** The signer's key name. */
  public String name() {
    return name;
  }

  /** The short id of the signer's key. */
  public int keyId() {
    return keyId;
  }

  /** A copy of the signature, without the key id. */
  public byte[] signature() {
    return signature.clone();
  }

  boolean isBy(String otherName, int otherKeyId) {
    return keyId == otherKeyId && name.equals(otherName);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NoteSignature that
        && isBy(that.name, that.keyId)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return "signature by " + name;
  }
}
