package dev.cairn.protocol.roster;

import dev.cairn.protocol.TooNewException;

/** The ten things a roster statement can say. */
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
  REPLACEMENT(10, 2);

  private static final StatementKind[] KINDS = values();

  private final int code;
  private final int signatures;

  StatementKind(int code, int signatures) {
    this.code = code;
    this.signatures = signatures;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** How many signatures such a statement carries, no more and no fewer. */
  int signatures() {
    return signatures;
  }

  /** Whether the statement's force is that of its one signer, and falls with him. */
  boolean restsOnItsSigner() {
    return switch (this) {
      case GENESIS, ADMISSION, SUSPENSION, REPLACEMENT -> false;
      default -> true;
    };
  }

  /** Finds the kind of a number that came from outside. */
  static StatementKind of(long code) throws TooNewException {
    if (code < 1 || code > KINDS.length) {
      throw new TooNewException("statement kind", code, KINDS.length);
    }
    return KINDS[(int) code - 1];
  }
}
