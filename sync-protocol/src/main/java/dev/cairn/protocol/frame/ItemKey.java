package dev.cairn.protocol.frame;

/** The keys of an item's map, and sets of them as bits. */
final class ItemKey {

  static final int SEQUENCE = 1;
  static final int PREVIOUS = 2;
  static final int AUDIENCE = 3;
  static final int AUDIENCE_SEQUENCE = 4;
  static final int AUDIENCE_PREVIOUS = 5;
  static final int SESSION = 6;
  static final int INDEX = 7;
  static final int ROSTER_HEADS = 8;
  static final int CHECKPOINT = 9;
  static final int ATTACHMENTS = 10;
  static final int SALT = 11;
  static final int OPENINGS = 12;
  static final int ERASES = 13;
  static final int COMMITMENT = 14;
  static final int CIPHERTEXT = 15;
  static final int CIPHERTEXT_HASH = 16;
  static final int SIGNATURE = 17;

  private ItemKey() {}

  static int bit(int key) {
    return 1 << key;
  }

  static boolean in(int keys, int key) {
    return (keys & 1 << key) != 0;
  }
}
