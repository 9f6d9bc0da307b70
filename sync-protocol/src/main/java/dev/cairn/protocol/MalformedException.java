package dev.cairn.protocol;

/**
 * The bytes are wrong: no program of this version would have written them. Trying again with the
 * same bytes cannot help.
 */
public final class MalformedException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** The code of every exception of this class. */
  public static final String CODE = "malformed";

  /**
   * Refuses a whole value.
   *
   * @param what what was wrong, never a quotation of the bytes
   */
  public MalformedException(String what) {
    super(CODE, what);
  }

  /**
   * Refuses an encoding at a place.
   *
   * @param what what was wrong, never a quotation of the bytes
   * @param position where, counted in bytes from the start of the encoding
   */
  public MalformedException(String what, int position) {
    super(CODE, what + " at byte " + position);
  }
}
