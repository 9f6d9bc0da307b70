package dev.cairn.client.transport;

import dev.cairn.protocol.CairnException;

/** The server could not be reached, or not to the end. Nothing acknowledged is lost; try later. */
public final class TransportException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** No connection, or it was cut: try again later. */
    UNREACHABLE("server.unreachable"),
    /** Somebody answers, but with another key than the pinned one: never send anything there. */
    NOT_THE_PINNED_ONE("server.wrong-key");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  private final Reason reason;

  /** Says why, with the failure underneath. */
  public TransportException(Reason reason, String message, Throwable cause) {
    super(reason.code, message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
