package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an invitation file, small enough for a QR code that a phone reads off a screen or off
 * paper: which one it is, of how many, of which file, and its bytes. All characters are of the set
 * that QR codes hold in five and a half bits, and none is lost when somebody copies the text.
 *
 * <p>Immutable.
 */
public final class InvitationPart {

  /** Characters that tell the parts of one file from those of others. */
  static final int FILE_CHARS = 8;

  private static final String NAME = "CAIRN-INVITATION-PART-";
  private static final int VERSION = 1;
  private static final Pattern TEXT =
      Pattern.compile(NAME + "([1-9][0-9]{0,3})/(.*)", Pattern.DOTALL);
  private static final Pattern REST =
      Pattern.compile(
          "([1-9][0-9]{0,2})/([1-9][0-9]{0,2})/([0-9A-HJKMNP-TV-Z]{8})/([^/]+)", Pattern.DOTALL);

  private final int number;
  private final int count;
  private final String file;
  private final byte[] bytes;

  private InvitationPart(int number, int count, String file, byte[] bytes) {
    this.number = number;
    this.count = count;
    this.file = file;
    this.bytes = bytes;
  }

  /** How many parts a file of this size takes; may be more than {@link Limits} lets there be. */
  public static int count(int fileSizeBytes) {
    int most = Limits.INVITATION_PART_SIZE_BYTES_MAX;
    return Math.max(1, (fileSizeBytes + most - 1) / most);
  }

  /**
   * Cuts a file into as few parts as can be, about as long as each other.
   *
   * @throws IllegalArgumentException if it has no bytes, or takes more parts than {@link
   *     Limits#INVITATION_PARTS_MAX}
   */
  public static List<InvitationPart> cut(byte[] file) {
    int count = count(file.length);
    if (file.length == 0 || count > Limits.INVITATION_PARTS_MAX) {
      throw new IllegalArgumentException(count + " parts of an invitation file");
    }
    int size = (file.length + count - 1) / count;
    String name = name(file);
    List<InvitationPart> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = Arrays.copyOfRange(file, i * size, Math.min(file.length, (i + 1) * size));
      parts.add(new InvitationPart(i + 1, count, name, bytes));
    }
    return parts;
  }

  /** Eight characters by which the parts of a file know each other. */
  static String name(byte[] file) {
    return CrockfordBase32.encode(Sha256.labelled("cairn/1/invitation-parts", file).bytes())
        .substring(0, FILE_CHARS);
  }

  /** Which part it is, from 1. */
  public int number() {
    return number;
  }

  /** How many parts the file was cut into. */
  public int count() {
    return count;
  }

  /** Eight characters that stand for the file: parts of one file have the same. */
  public String file() {
    return file;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** What a code holds. */
  public String text() {
    return NAME
        + VERSION
        + '/'
        + number
        + '/'
        + count
        + '/'
        + file
        + '/'
        + CrockfordBase32.encode(bytes);
  }

  /** Whether a text says that it is a part, in whatever version. */
  public static boolean begins(String text) {
    return text.trim().toUpperCase(Locale.ROOT).startsWith(NAME);
  }

  /**
   * Reads what a code held, or what somebody copied from one.
   *
   * @throws MalformedException if it is no part of an invitation
   * @throws TooNewException if it is one of a later version
   */
  public static InvitationPart parse(String text) throws MalformedException, TooNewException {
    Matcher line = TEXT.matcher(text.trim().toUpperCase(Locale.ROOT));
    if (!line.matches()) {
      throw new MalformedException("no part of an invitation");
    }
    long version = Long.parseLong(line.group(1));
    if (version != VERSION) {
      throw new TooNewException("part of an invitation", version, VERSION);
    }
    Matcher rest = REST.matcher(line.group(2));
    if (!rest.matches()) {
      throw new MalformedException("part of an invitation that does not say which one it is");
    }
    int number = Integer.parseInt(rest.group(1));
    int count = Integer.parseInt(rest.group(2));
    if (number > count || count > Limits.INVITATION_PARTS_MAX) {
      throw new MalformedException("part " + number + " of " + count + " of an invitation");
    }
    String body = CrockfordBase32.normalise(rest.group(4));
    int sizeBytes = body.length() * 5 / 8;
    if (sizeBytes == 0 || sizeBytes > Limits.INVITATION_PART_SIZE_BYTES_MAX) {
      throw new MalformedException("part of an invitation with " + sizeBytes + " bytes");
    }
    return new InvitationPart(
        number, count, rest.group(3), CrockfordBase32.decode(body, sizeBytes));
  }

  /** Which part it is of how many. */
  @Override
  public String toString() {
    return "part " + number + " of " + count + " of invitation " + file;
  }
}
