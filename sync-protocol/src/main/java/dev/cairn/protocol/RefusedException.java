package dev.cairn.protocol;

/**
 * The bytes are well formed and the answer is no: a rule forbids what was asked. The code says
 * which rule; trying again without changing anything cannot help.
 */
public final class RefusedException extends CairnException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses under a stable code.
   *
   * @param code the rule, lower case with hyphens, never changed once published
   * @param message what was refused, fit for a log
   */
  public RefusedException(String code, String message) {
    super(code, message);
  }
}
