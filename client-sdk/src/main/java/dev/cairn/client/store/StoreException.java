package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;

/** The local store cannot do what was asked; the {@link Reason} says what would help. */
public final class StoreException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** Why, and so what to do. */
  public enum Reason {
    /** Another process has it open: wait, or end that process. */
    BUSY("store.busy"),
    /** The disk has no room left: make room; nothing was written. */
    FULL("store.full"),
    /** The files may not be written by this user. */
    READ_ONLY("store.read-only"),
    /** What is stored is not what was written: restore, or fetch it again. */
    CORRUPT("store.corrupt"),
    /** A newer program wrote it: update this one. */
    TOO_NEW("store.too-new"),
    /** There is one already, and it would be overwritten. */
    EXISTS("store.exists"),
    /** There is none here. */
    MISSING("store.missing"),
    /** The disk or the system failed under it. */
    FAILED("store.failed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  private final Reason reason;

  /**
   * Says why.
   *
   * @param message what failed, without anything a report says
   */
  public StoreException(Reason reason, String message) {
    super(reason.code, message);
    this.reason = reason;
  }

  /** Says why, with the failure underneath. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(reason.code, message, cause);
    this.reason = reason;
  }

  /** Why, and so what to do. */
  public Reason reason() {
    return reason;
  }
}
