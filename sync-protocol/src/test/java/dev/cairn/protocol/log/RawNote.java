package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.Arrays;
import java.util.Base64;

/** A checkpoint as anybody could write it; each part of it may be another than it should be. */
final class RawNote {

  static final String ORIGIN = "log.example/1";
  static final SigningKey KEY = key(1);
  static final SigningKey OTHER_KEY = key(2);

  private String origin = ORIGIN;
  private String size;
  private String root;
  private String more = "";
  private SigningKey key = KEY;

  private RawNote(int size) {
    this.size = Integer.toString(size);
    this.root = base64(LogVectors.root(size).bytes());
  }

  /** The honest one of a tree of that size. */
  static RawNote of(int size) {
    return new RawNote(size);
  }

  private static SigningKey key(int number) {
    return SigningKey.of(Secret.take(VectorJson.named("log key " + number, 32)));
  }

  RawNote from(String originNamed) {
    origin = originNamed;
    return this;
  }

  RawNote size(String written) {
    size = written;
    return this;
  }

  RawNote root(String written) {
    root = written;
    return this;
  }

  RawNote more(String lines) {
    more = lines;
    return this;
  }

  RawNote signedBy(SigningKey another) {
    key = another;
    return this;
  }

  /** What is signed. */
  String text() {
    return origin + "\n" + size + "\n" + root + "\n" + more;
  }

  byte[] bytes() {
    return with(signatureLine());
  }

  /** The text, an empty line, and these signature lines. */
  byte[] with(String... lines) {
    return (text() + "\n" + String.join("", lines)).getBytes(UTF_8);
  }

  String signatureLine() {
    return line(origin, keyId(origin, key, 1), key.sign(text().getBytes(UTF_8)));
  }

  static byte[] keyId(String name, SigningKey key, int... type) {
    byte[] typed = new byte[type.length];
    for (int i = 0; i < type.length; i++) {
      typed[i] = (byte) type[i];
    }
    byte[] named = (name + "\n").getBytes(UTF_8);
    return Arrays.copyOf(Sha256.of(named, typed, key.verifyingKey().bytes()).bytes(), 4);
  }

  static String line(String name, byte[] keyId, byte[] signature) {
    return "\u2014 " + name + " " + base64(LaxCbor.join(keyId, signature)) + "\n";
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
