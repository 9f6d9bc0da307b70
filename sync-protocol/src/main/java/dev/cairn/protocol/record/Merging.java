package dev.cairn.protocol.record;

/** How the assertions of several people about one field meet. */
public enum Merging {
  /** One value for each member; different values are a conflict for review. */
  REGISTER,
  /** Elements side by side; an add that a remove has not seen stays. */
  SET,
  /** The earliest value stands and there is no conflict: it says how a document was laid out. */
  EARLIEST
}
