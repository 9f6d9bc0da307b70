package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;

import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A change made of any fields, well signed whatever is in them. Its body is noise. */
public final class RawChange {

  /** Keys of the prefix; BODY is none: the length of the ciphertext. */
  static final int BODY = 0;

  static final int SPACE = 2;
  public static final int SEQUENCE = 4;
  public static final int PREVIOUS = 5;
  static final int AUDIENCE = 6;
  public static final int AUDIENCE_SEQUENCE = 7;
  public static final int AUDIENCE_PREVIOUS = 8;
  static final int SESSION = 9;
  static final int INDEX = 10;
  static final int ROSTER_HEADS = 11;
  static final int CHECKPOINT = 12;
  static final int ATTACHMENTS = 13;
  static final int SALT = 14;
  static final int OPENINGS = 15;
  static final int ERASES = 16;

  final byte[] device;
  final TreeMap<Object, Object> prefix;
  final List<Object> tail;
  final byte[] ciphertext;
  final byte[] payload;
  public final byte[] id;
  final byte[] signature;

  /**
   * Makes and signs one.
   *
   * @param fields of the prefix, by key, those that are null left out
   */
  RawChange(SigningKey key, Map<Integer, Object> fields, Noise noise) {
    device = key.verifyingKey().bytes();
    prefix = new TreeMap<>(fields);
    prefix.putAll(Map.of(1, 1, 3, device));
    prefix.computeIfAbsent(SALT, any -> noise.next(16));
    Object length = prefix.remove(BODY);
    prefix.values().removeIf(value -> value == null);
    if (isSession()) {
      ciphertext = new byte[0];
      tail = list();
    } else {
      ciphertext = noise.next(length == null ? 80 : (int) length);
      byte[] commitment = noise.next(32);
      tail = list(commitment, Sha256.of(ciphertext).bytes(), ciphertext.length);
    }
    payload = join(new byte[] {(byte) 0x82}, encode(prefix), encode(tail));
    id = Sha256.labelled("cairn/1/change-id", payload).bytes();
    signature = key.sign(CoseSign1.toBeSigned(MessageType.CHANGE, payload));
  }

  /** Bytes that mean nothing, the same at every run. */
  public static final class Noise {
    private int number = 1000;

    byte[] next(int size) {
      return of(number++, size);
    }

    public static byte[] of(int number, int size) {
      return VectorJson.named("frames " + number + " " + size, size);
    }
  }

  boolean isSession() {
    return !prefix.containsKey(INDEX);
  }

  public Object get(int key) {
    return prefix.get(key);
  }

  /** The audience as a key of a map. */
  String audience() {
    return Hex.encode(encode(get(AUDIENCE)));
  }

  String idHex() {
    return Hex.encode(id);
  }

  /** Whether this one names that one among those of its audience. */
  boolean continues(RawChange other) {
    return ((List<?>) get(AUDIENCE_PREVIOUS))
        .stream().anyMatch(named -> Arrays.equals((byte[]) named, other.id));
  }
}
