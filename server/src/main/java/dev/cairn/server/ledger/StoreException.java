package dev.cairn.server.ledger;

import dev.cairn.protocol.CairnException;

/**
 * The store could not do what was asked. Whatever the kind, nothing of the transaction at hand was
 * kept, and what was durable before it still is.
 */
public abstract sealed class StoreException extends CairnException {
  private static final long serialVersionUID = 1L;

  private StoreException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }

  private StoreException(String code, String message) {
    super(code, message);
  }

  /** No room is left on the disk; reading goes on. */
  public static final class Full extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.full";

    /** Wraps the driver's complaint. */
    public Full(Throwable cause) {
      super(CODE, "the disk is full", cause);
    }
  }

  /** The files may not be written; reading goes on. */
  public static final class ReadOnly extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.read-only";

    /** Wraps the driver's complaint. */
    public ReadOnly(Throwable cause) {
      super(CODE, "the store is read-only", cause);
    }
  }

  /** The files are damaged; restore a backup. */
  public static final class Corrupt extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.corrupt";

    /** Wraps the driver's complaint. */
    public Corrupt(Throwable cause) {
      super(CODE, "the store is damaged", cause);
    }

    /** Says what does not fit. */
    public Corrupt(String what) {
      super(CODE, "the store is damaged: " + what);
    }
  }

  /** A newer program wrote the files. */
  public static final class TooNew extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.too-new";

    /** Says which schema was found, and which is known. */
    public TooNew(int found, int known) {
      super(CODE, "the store has schema " + found + ", this program knows " + known);
    }
  }

  /** Another writer moved the log first; start again from what it left. */
  public static final class Overtaken extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.overtaken";

    /** For a compare-and-set that found something else. */
    public Overtaken() {
      super(CODE, "another writer extended this log first");
    }
  }

  /** The disk or the driver failed in some other way. */
  public static final class Failed extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Code of this class. */
    public static final String CODE = "store.failed";

    /** Wraps the driver's complaint. */
    public Failed(Throwable cause) {
      super(CODE, "the store failed", cause);
    }
  }
}
