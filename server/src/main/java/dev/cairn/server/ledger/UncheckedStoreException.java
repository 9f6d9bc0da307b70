package dev.cairn.server.ledger;

import java.io.Serial;

/** Carries a {@link StoreException} through protocol code that knows nothing of stores. */
public final class UncheckedStoreException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final StoreException fault;

  /** Wraps. */
  public UncheckedStoreException(StoreException fault) {
    super(fault);
    this.fault = fault;
  }

  /** What went wrong. */
  public StoreException fault() {
    return fault;
  }
}
