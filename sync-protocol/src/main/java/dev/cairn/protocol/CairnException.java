package dev.cairn.protocol;

/**
 * Something outside the program's control went wrong, and the caller has to decide what to do.
 *
 * <p>The family is flat: each member is named for what the caller should do about it. Messages say
 * what was wrong and where; they never hold secrets, names, or anything a report says, so they may
 * be logged. A programmer's mistake is not in this family: it is an unchecked exception.
 */
public abstract class CairnException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * For the members of the family, in whatever module they live.
   *
   * @param code the stable code, lower case with hyphens
   * @param message what was wrong, fit for a log
   */
  protected CairnException(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * Carries the failure underneath, where it explains more and tells no secret.
   *
   * @param code the stable code, lower case with hyphens
   * @param message what was wrong, fit for a log
   * @param cause the failure underneath
   */
  protected CairnException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A code that programs may compare and that never changes its meaning: {@code "malformed"}. */
  public final String code() {
    return code;
  }
}
