package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;

/** The things a roster statement can say. */
public enum StatementKind {
  /** Founds the space. */
  GENESIS(1, 1),
  /** Lets somebody in who holds a one-time key. */
  INVITATION(2, 1),
  /** A device comes in. */
  ADMISSION(3, 2),
  /** A coordinator has compared fingerprint words. */
  CONFIRMATION(4, 1),
  /** A device is cut off. */
  SUSPENSION(5, 1),
  /** A circle's new key pair. */
  EPOCH(6, 1),
  /** Older seeds for a device that came later. */
  GRANT(7, 1),
  /** The space's server is elsewhere. */
  MOVE(8, 1),
  /** The log begins another life. */
  GENERATION(9, 1),
  /** The recovery key puts a new owner in place. */
  REPLACEMENT(10, 2),
  /** Changes of a suspended device count again. */
  RELEASE(11, 1),
  /** A kind that only a later version knows: of any number above, signed by one key or more. */
  NEWER(0, 0);

  private static final StatementKind[] KINDS = values();

  private final int code;
  private final int signatures;

  StatementKind(int code, int signatures) {
    this.code = code;
    this.signatures = signatures;
  }

  /** The number on the wire; of {@link #NEWER} none. */
  public int code() {
    return code;
  }

  /** Whether such a statement carries so many signatures, no more and no fewer. */
  boolean isSignedBy(int signers) {
    return this == NEWER ? signers > 0 : signers == signatures;
  }

  /** Whether the statement's force is that of its signers, and falls with each of them. */
  boolean restsOnItsSigner() {
    return switch (this) {
      case GENESIS, ADMISSION, SUSPENSION, REPLACEMENT -> false;
      default -> true;
    };
  }

  /** Finds the kind of a number that came from outside. */
  static StatementKind of(long code) throws MalformedException {
    if (code < 1) {
      throw new MalformedException("statement of kind 0");
    }
    return code > RELEASE.code ? NEWER : KINDS[(int) code - 1];
  }
}
