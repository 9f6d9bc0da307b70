package dev.cairn.protocol.frame;

/** The numbers that say what an entry is. */
final class EntryKind {

  static final int STATEMENT = 1;
  static final int FRAME = 2;
  static final int LEAVES = 3;
  static final int RECEIPT = 4;
  static final int LOG_STATE = 5;
  static final int REFUSAL = 6;
  static final int HIDDEN = 7;

  private EntryKind() {}
}
