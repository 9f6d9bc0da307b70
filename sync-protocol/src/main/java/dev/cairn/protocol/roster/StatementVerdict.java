package dev.cairn.protocol.roster;

/** What a statement is worth in a state. */
public enum StatementVerdict {
  /** It has force. */
  STANDS,
  /**
   * It had force, and lost it with the device that signed it, or with what that device rests on; or
   * it would widen a suspension of a higher rank.
   */
  VOID,
  /** Whoever signed it never had the right, as far as the statements held can show. */
  POWERLESS,
  /** It is of a kind that only a later version knows, signed by somebody with power now. */
  NEWER
}
