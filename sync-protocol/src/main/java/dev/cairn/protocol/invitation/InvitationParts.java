package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Puts an invitation file together again from its parts, in whatever order they came. */
public final class InvitationParts {

  /** The code of the refusal when parts are missing. */
  public static final String MISSING = "invitation.parts-missing";

  /** The code of the refusal when parts are of several files. */
  public static final String MIXED = "invitation.parts-mixed";

  private InvitationParts() {}

  /**
   * The file.
   *
   * @param parts at least one; the same one several times does no harm
   * @throws RefusedException {@link #MISSING} if a part is not there, which it names; {@link
   *     #MIXED} if parts are of several files
   * @throws MalformedException if what they give together is not the file that they name: one was
   *     altered
   */
  public static byte[] join(Collection<InvitationPart> parts)
      throws RefusedException, MalformedException {
    InvitationPart first = parts.iterator().next();
    Map<Integer, InvitationPart> byNumber = new TreeMap<>();
    for (InvitationPart part : parts) {
      if (!part.file().equals(first.file()) || part.count() != first.count()) {
        throw new RefusedException(MIXED, part + " is not of the same invitation as " + first);
      }
      InvitationPart same = byNumber.put(part.number(), part);
      if (same != null && !Arrays.equals(same.bytes(), part.bytes())) {
        throw new MalformedException("two that differ of " + part + ": one was altered");
      }
    }
    requireAll(first, byNumber);
    byte[] file = new byte[byNumber.values().stream().mapToInt(part -> part.bytes().length).sum()];
    int filled = 0;
    for (InvitationPart part : byNumber.values()) {
      byte[] bytes = part.bytes();
      System.arraycopy(bytes, 0, file, filled, bytes.length);
      filled += bytes.length;
    }
    if (!InvitationPart.name(file).equals(first.file())) {
      throw new MalformedException("the parts of the invitation do not give the file they name");
    }
    return file;
  }

  private static void requireAll(InvitationPart first, Map<Integer, InvitationPart> there)
      throws RefusedException {
    StringJoiner missing = new StringJoiner(", ");
    for (int number = 1; number <= first.count(); number++) {
      if (!there.containsKey(number)) {
        missing.add(String.valueOf(number));
      }
    }
    if (missing.length() > 0) {
      throw new RefusedException(
          MISSING,
          "of the "
              + first.count()
              + " parts of this invitation not all are here; missing: "
              + missing);
    }
  }
}
