package dev.cairn.simulation.disk;

/**
 * A machine loses its power. An error and not an exception, so that nothing that catches failures
 * takes it for one; whatever runs on its way out is dead and can write nothing.
 */
public final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  /** At some point of some machine's work. */
  public Crash(String where) {
    super(where, null, false, false);
  }
}
