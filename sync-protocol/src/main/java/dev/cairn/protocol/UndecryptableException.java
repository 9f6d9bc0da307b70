package dev.cairn.protocol;

/**
 * A ciphertext did not open. Wrong key, altered bytes and a wrong context are deliberately one and
 * the same failure, without cause or detail: a caller who could tell them apart could be used as an
 * oracle.
 */
public final class UndecryptableException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** The code of every exception of this class. */
  public static final String CODE = "undecryptable";

  /** The only message there is. */
  public UndecryptableException() {
    super(CODE, "ciphertext does not open");
  }
}
