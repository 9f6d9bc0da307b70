package dev.cairn.protocol.cbor;

/** Numbers of RFC 8949 section 3: the major types, and the simple values the profile knows. */
final class Major {

  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int SIMPLE = 7;

  static final int FALSE = SIMPLE << 5 | 20;
  static final int TRUE = SIMPLE << 5 | 21;
  static final int NULL = SIMPLE << 5 | 22;

  private Major() {}
}
