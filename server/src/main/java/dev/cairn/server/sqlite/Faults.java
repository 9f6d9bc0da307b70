package dev.cairn.server.sqlite;

import dev.cairn.server.ledger.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Gives SQLite's result codes the names the rest of the server knows. */
final class Faults {

  // Primary result codes (https://www.sqlite.org/rescode.html); the low byte of an extended code.
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private Faults() {}

  static StoreException named(SQLException fault) {
    int code =
        fault instanceof SQLiteException lite ? lite.getResultCode().code : fault.getErrorCode();
    return switch (code & 0xff) {
      case FULL -> new StoreException.Full(fault);
      case READONLY, CANTOPEN -> new StoreException.ReadOnly(fault);
      case CORRUPT, NOTADB -> new StoreException.Corrupt(fault);
      default -> new StoreException.Failed(fault);
    };
  }
}
