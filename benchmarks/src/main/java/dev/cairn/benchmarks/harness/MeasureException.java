package dev.cairn.benchmarks.harness;

import dev.cairn.protocol.CairnException;

/** A process that measures ended without figures. */
public final class MeasureException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** Says what the process printed last. */
  MeasureException(String message) {
    super("bench.failed", message);
  }
}
