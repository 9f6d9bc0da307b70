package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.VerifyingKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What it takes to check a log's checkpoints: its origin and its Ed25519 key. It comes from the
 * roster, never from the server's word.
 */
public record LogKey(LogOrigin origin, VerifyingKey key) {

  /** The note signature type of plain Ed25519 (c2sp.org/signed-note). */
  private static final byte ED25519 = 0x01;

  /**
   * The key's short id in a note: the first four bytes of SHA-256(origin, line break, type, key).
   * It finds the signature line and proves nothing.
   */
  public int keyId() {
    byte[] name = (origin.text() + '\n').getBytes(US_ASCII);
    return ByteBuffer.wrap(Sha256.of(name, material()).bytes()).getInt();
  }

  /** The form in which other programs take the key: {@code origin+hex of key id+base64}. */
  public String vkey() {
    return origin.text() + '+' + hexKeyId() + '+' + StrictBase64.encode(material());
  }

  /**
   * Reads what {@link #vkey} writes.
   *
   * @throws MalformedException if a part is missing, the id is not the key's, or it is no valid key
   */
  public static LogKey parse(String vkey) throws MalformedException {
    int first = vkey.indexOf('+');
    int second = vkey.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw new MalformedException("log key: not three parts");
    }
    LogOrigin origin = LogOrigin.parse(vkey.substring(0, first));
    byte[] material = StrictBase64.decode(vkey.substring(second + 1));
    if (material.length != 1 + VerifyingKey.SIZE_BYTES || material[0] != ED25519) {
      throw new MalformedException("log key: no Ed25519 key");
    }
    LogKey key =
        new LogKey(origin, VerifyingKey.of(Arrays.copyOfRange(material, 1, material.length)));
    if (!key.hexKeyId().equals(vkey.substring(first + 1, second))) {
      throw new MalformedException("log key: key id of another key");
    }
    return key;
  }

  private String hexKeyId() {
    return Hex.encode(ByteBuffer.allocate(Integer.BYTES).putInt(keyId()).array());
  }

  private byte[] material() {
    byte[] bytes = key.bytes();
    byte[] material = new byte[1 + bytes.length];
    material[0] = ED25519;
    System.arraycopy(bytes, 0, material, 1, bytes.length);
    return material;
  }
}
