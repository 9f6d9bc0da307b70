package dev.cairn.server.directory;

import dev.cairn.protocol.CairnException;

/** Another process holds the data directory; trying again later may help. */
public final class StoreBusyException extends CairnException {
  private static final long serialVersionUID = 1L;

  /** The code of every exception of this class. */
  public static final String CODE = "store.busy";

  /** For a directory whose lock is taken. */
  public StoreBusyException() {
    super(CODE, "another process holds this data directory");
  }
}
