package dev.cairn.protocol.record;

import java.util.Optional;

/** What a record is about. */
public enum RecordKind {
  INCIDENT(1, false),
  PERSON(2, false),
  SOURCE(3, false),
  FORM(4, true),
  LINK(5, true),
  DEVICE_NOTICE(6, false);

  private final int code;
  private final boolean coordinatorOnly;

  RecordKind(int code, boolean coordinatorOnly) {
    this.code = code;
    this.coordinatorOnly = coordinatorOnly;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Whether every change to such a record needs the role coordinator. */
  public boolean coordinatorOnly() {
    return coordinatorOnly;
  }

  /** The kind with this number on the wire, if this program knows it. */
  public static Optional<RecordKind> ofCode(long code) {
    for (RecordKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
