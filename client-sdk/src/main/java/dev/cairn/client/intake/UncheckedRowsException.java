package dev.cairn.client.intake;

import dev.cairn.protocol.CairnException;

/** Carries a failure of the store through a port that cannot declare it. */
final class UncheckedRowsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient CairnException failure;

  UncheckedRowsException(CairnException failure) {
    super(failure);
    this.failure = failure;
  }

  CairnException failure() {
    return failure;
  }
}
