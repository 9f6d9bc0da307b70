package dev.cairn.protocol.meeting;

/** Which end of a meeting a device is. */
public enum Side {
  /** It called: it speaks first, and proves first that it is a member. */
  CALLER("a to b", 0x0A),
  /** It was called: a caller that proves nothing learns nothing of it. */
  ANSWERER("b to a", 0x0B);

  private final String direction;
  private final byte role;

  Side(String direction, int role) {
    this.direction = direction;
    this.role = (byte) role;
  }

  /** Label of the key under which this side speaks. */
  String direction() {
    return direction;
  }

  /** What its signature says it is, so that no proof can be sent back to its author. */
  byte role() {
    return role;
  }

  /** The one at the far end. */
  Side other() {
    return this == CALLER ? ANSWERER : CALLER;
  }
}
