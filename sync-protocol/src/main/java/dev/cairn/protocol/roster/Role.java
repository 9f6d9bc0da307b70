package dev.cairn.protocol.roster;

/** What a device may do, each role all that the one before it may. */
public enum Role {
  /** Writes to circles. */
  REPORTER(1),
  /** Decides, invites, confirms, suspends, opens epochs. */
  COORDINATOR(2),
  /** Moves the space, opens a generation of its log, suspends owners. Never given by invitation. */
  OWNER(3);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /** Whether an invitation can give this role. */
  public boolean isInvitable() {
    return this != OWNER;
  }

  /** Whether this role carries a coordinator's rights. */
  public boolean coordinates() {
    return this != REPORTER;
  }

  /** The number on the wire. */
  int code() {
    return code;
  }

  /** The inverse of {@link #code}, for the roles an invitation can give. */
  static Role invitable(long code) {
    return code == REPORTER.code ? REPORTER : COORDINATOR;
  }
}
