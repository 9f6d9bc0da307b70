package dev.cairn.protocol.frame;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeSignature;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.Arrays;
import java.util.List;

/**
 * Proves that a frame's device wrote every change in it: one signature for each audience, however
 * many changes.
 *
 * <p>Stateless: many frames may be verified at once by as many threads.
 */
public final class FrameSignatures {

  /** The code of a frame with a change that no signature reaches. */
  public static final String UNCOVERED = "frame.uncovered";

  /** The code of a frame with a signature that does not hold, needed or not. */
  public static final String BAD_SIGNATURE = "frame.signature";

  private FrameSignatures() {}

  /**
   * Whether every change has a signature that reaches it, its own or a later one's; looks at no
   * signature.
   */
  public static boolean cover(List<Change> changes) {
    boolean[] needed = Coverage.signaturesNeeded(changes);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && !changes.get(i).signature().isPresent()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a log holds two changes so that a signature of the later may reach the earlier: what
   * their device wrote between the two stands between them, and leaves no room for others. Looks at
   * no signature.
   */
  public static boolean mayReach(
      Change later, long laterPosition, Change earlier, long earlierPosition) {
    return later.prefix().device().equals(earlier.prefix().device())
        && laterPosition - earlierPosition
            <= later.prefix().sequence() - earlier.prefix().sequence();
  }

  /**
   * Verifies every signature in a frame, and that they cover every change.
   *
   * @param key the key of the frame's device, checked once at its admission
   * @throws RefusedException with {@link #UNCOVERED} or {@link #BAD_SIGNATURE}
   * @throws IllegalArgumentException if the key is another device's
   */
  public static void verify(Frame frame, VerifyingKey key) throws RefusedException {
    if (!Arrays.equals(key.bytes(), frame.device().bytes())) {
      throw new IllegalArgumentException("key of another device");
    }
    List<Change> changes = frame.changes();
    boolean[] needed = Coverage.signaturesNeeded(changes);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && !changes.get(i).signature().isPresent()) {
        throw new RefusedException(UNCOVERED, "frame: no signature covers change " + i);
      }
    }
    for (int i = 0; i < needed.length; i++) {
      Change change = changes.get(i);
      if (change.signature().isPresent() && !ChangeSignature.holds(change, key)) {
        throw new RefusedException(BAD_SIGNATURE, "frame: signature of change " + i + " is bad");
      }
    }
  }
}
