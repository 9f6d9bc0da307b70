package dev.cairn.protocol.recovery;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Secret;
import java.util.Arrays;

/**
 * A recovery secret as it is printed: a line that says what it is, the space, and the secret with a
 * checksum, in base 32 by groups of four. Lines and groups are for the eye; reading takes the
 * characters as they come.
 *
 * @param space whose secret it is
 * @param secret the secret
 */
public record RecoverySheet(SpaceId space, RecoverySecret secret) {

  private static final PrintedText TEXT = new PrintedText("recovery secret", "CAIRN-RECOVERY");
  private static final int SECRET_BYTES = RecoverySecret.SIZE_BYTES + Check.SIZE_BYTES;

  /** The text to be printed. It holds the secret. */
  public String print() {
    byte[] checked = Arrays.copyOf(secret.secret().expose(), SECRET_BYTES);
    System.arraycopy(secret.check(space), 0, checked, RecoverySecret.SIZE_BYTES, Check.SIZE_BYTES);
    String text =
        TEXT.print(CrockfordBase32.encode(space.bytes()), CrockfordBase32.encode(checked));
    Arrays.fill(checked, (byte) 0);
    return text;
  }

  /**
   * Reads what was printed, typed in again.
   *
   * @throws MalformedException if it is no such text, or a character is wrong
   * @throws TooNewException if it is one of a later version
   */
  public static RecoverySheet parse(String typed) throws MalformedException, TooNewException {
    String text = TEXT.parse(typed);
    int spaceChars = CrockfordBase32.length(SpaceId.SIZE_BYTES);
    if (text.length() != spaceChars + CrockfordBase32.length(SECRET_BYTES)) {
      throw new MalformedException("recovery secret: characters are missing or left over");
    }
    SpaceId space =
        SpaceId.of(CrockfordBase32.decode(text.substring(0, spaceChars), SpaceId.SIZE_BYTES));
    byte[] checked = CrockfordBase32.decode(text.substring(spaceChars), SECRET_BYTES);
    RecoverySecret secret =
        RecoverySecret.of(Secret.take(Arrays.copyOf(checked, RecoverySecret.SIZE_BYTES)));
    byte[] check = Arrays.copyOfRange(checked, RecoverySecret.SIZE_BYTES, SECRET_BYTES);
    Arrays.fill(checked, (byte) 0);
    if (!Arrays.equals(check, secret.check(space))) {
      secret.wipe();
      throw new MalformedException("recovery secret: a character is wrong");
    }
    return new RecoverySheet(space, secret);
  }
}
