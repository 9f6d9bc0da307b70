package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;

/**
 * Reads a map of numbered fields, some of which may be missing and none of which may be foreign:
 * what holds more than this program understands must not be half obeyed.
 */
public final class CborFields {

  private static final long NOTHING = -1;

  private final CborReader reader;
  private final String what;
  private int unread;
  private long next = NOTHING;

  /**
   * Opens the map that comes next.
   *
   * @param what whose fields they are, for messages
   * @param fieldsMax how many it has with every one of them
   */
  public CborFields(CborReader reader, String what, int fieldsMax) throws MalformedException {
    this.reader = reader;
    this.what = what;
    this.unread = reader.mapHeader(fieldsMax);
  }

  /** Whether this field comes next; if so its value does. Ask in ascending order. */
  public boolean has(int field) throws MalformedException {
    if (next == NOTHING && unread > 0) {
      next = reader.mapKey();
      unread--;
    }
    if (next != field) {
      return false;
    }
    next = NOTHING;
    return true;
  }

  /** Says that this field's value is read next, and hands out the reader for it. */
  public CborReader value(int field) throws MalformedException {
    if (!has(field)) {
      throw new MalformedException(what + ": field " + field + " is missing", reader.position());
    }
    return reader;
  }

  /** Says that there are no more fields. */
  public void end() throws MalformedException {
    if (unread > 0 || next != NOTHING) {
      throw new MalformedException(what + ": foreign field", reader.position());
    }
  }
}
