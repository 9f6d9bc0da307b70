package dev.cairn.protocol.cbor;

/** What kind of item comes next. */
public enum CborType {
  /** A whole number from -2^63 to 2^63 - 1. */
  INTEGER,
  /** A byte string. */
  BYTES,
  /** A text string. */
  TEXT,
  /** An array. */
  ARRAY,
  /** A map. */
  MAP,
  /** {@code true} or {@code false}. */
  BOOL,
  /** {@code null}. */
  NULL
}
