package dev.cairn.protocol;

/** A peer or a file speaks a version that this program does not know yet; a newer program may. */
public final class TooNewException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** The code of every exception of this class. */
  public static final String CODE = "too-new";

  /**
   * Names both versions, so that a screen can say which program to get.
   *
   * @param what whose version it is: "change envelope", "bundle", "peer"
   * @param found the version that was met
   * @param supported the highest version this program knows
   */
  public TooNewException(String what, long found, long supported) {
    super(CODE, what + " has version " + found + ", this program knows up to " + supported);
  }
}
