package dev.cairn.server.attachment;

/** What becomes of a piece of an attachment. */
public enum PieceFate {
  /** It stays here until the file is whole, or is not needed any more. */
  KEPT,

  /** It is to come again: its change is not here, or too many pieces with gaps between wait. */
  EARLY,

  /**
   * It is not the signer's, or the file that it made whole is not the one its signer named: of that
   * nothing is left, and the signer may bring all of it again.
   */
  REFUSED
}
