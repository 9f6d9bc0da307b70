package dev.cairn.client.sync;

import dev.cairn.protocol.CairnException;

/**
 * The server contradicts what it signed: it shows a history that does not contain what it showed
 * before, or proves something else than it says. Nothing of it was believed. Both signed
 * checkpoints are kept in the store, to be shown to others.
 */
public final class LyingServerException extends CairnException {
  private static final long serialVersionUID = 1L;

  private final byte[] seen;
  private final byte[] offered;

  /**
   * Says how it was caught.
   *
   * @param seen the signed checkpoint that was trusted so far; empty if there was none
   * @param offered the signed checkpoint that contradicts it; empty if the contradiction is another
   */
  public LyingServerException(String message, byte[] seen, byte[] offered) {
    super("server.lies", message);
    this.seen = seen.clone();
    this.offered = offered.clone();
  }

  /** The signed note that was trusted so far. */
  public byte[] seen() {
    return seen.clone();
  }

  /** The signed note that contradicts it. */
  public byte[] offered() {
    return offered.clone();
  }
}
