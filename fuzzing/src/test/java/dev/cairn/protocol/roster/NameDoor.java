package dev.cairn.protocol.roster;

import dev.cairn.protocol.UndecryptableException;

/** Lets a target in behind the seal of a name. */
public final class NameDoor {

  private NameDoor() {}

  /** What the reader of an opened name does. */
  public static String unpad(byte[] padded) throws UndecryptableException {
    return PaddedName.unpad(padded);
  }

  /** What its writer did. */
  public static byte[] pad(String name) {
    return PaddedName.pad(name);
  }
}
