package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is told apart from an invitation file and opens it: ten characters of base 32, 50 bits. With
 * the cost of Argon2id on each guess that is enough for as long as an invitation lives.
 */
public final class InvitationCode {

  /** Characters of a code, separators not counted. */
  public static final int CHARS = 10;

  private static final int GROUP_CHARS = 5;
  private static final int BYTES = 7;

  private final Secret text;

  private InvitationCode(String normalised) {
    this.text = Secret.take(normalised.getBytes(StandardCharsets.US_ASCII));
  }

  /** A new code. */
  public static InvitationCode generate(Randomness randomness) {
    byte[] bits = randomness.bytes(BYTES);
    InvitationCode code = new InvitationCode(CrockfordBase32.encode(bits).substring(0, CHARS));
    Arrays.fill(bits, (byte) 0);
    return code;
  }

  /**
   * Reads what somebody typed, in any spelling that {@link CrockfordBase32} forgives.
   *
   * @throws MalformedException if it cannot be a code
   */
  public static InvitationCode parse(String typed) throws MalformedException {
    String text = CrockfordBase32.normalise(typed);
    if (text.length() != CHARS) {
      throw new MalformedException("invitation code of " + text.length() + " characters, not 10");
    }
    return new InvitationCode(text);
  }

  /** The code to be read out or copied, in two groups. */
  public String show() {
    String plain = new String(text.expose(), StandardCharsets.US_ASCII);
    return CrockfordBase32.grouped(plain, GROUP_CHARS);
  }

  /** What Argon2id takes. */
  Secret passphrase() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InvitationCode code && text.equals(code.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Nothing but that it is one. */
  @Override
  public String toString() {
    return "invitation code";
  }
}
