package dev.cairn.simulation.crash;

/** The record cannot be relied on: a failure of the simulator's, which no world may go on after. */
final class RecordingError extends Error {
  private static final long serialVersionUID = 1L;

  RecordingError(String what) {
    super(what);
  }

  RecordingError(String what, Throwable cause) {
    super(what, cause);
  }
}
