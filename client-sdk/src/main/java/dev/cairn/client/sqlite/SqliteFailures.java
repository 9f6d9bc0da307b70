package dev.cairn.client.sqlite;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.sql.SQLException;

/** Turns SQLite's result codes (sqlite.org/rescode.html) into what the caller can do about them. */
final class SqliteFailures {

  private static final int PRIMARY = 0xFF;

  private SqliteFailures() {}

  static StoreException named(String doing, SQLException failure) {
    Reason reason = reason(failure.getErrorCode() & PRIMARY);
    return new StoreException(reason, doing + ": " + sentence(reason), failure);
  }

  private static Reason reason(int code) {
    switch (code) {
      case 5: // SQLITE_BUSY
      case 6: // SQLITE_LOCKED
        return Reason.BUSY;
      case 13: // SQLITE_FULL
        return Reason.FULL;
      case 3: // SQLITE_PERM
      case 8: // SQLITE_READONLY
      case 14: // SQLITE_CANTOPEN
        return Reason.READ_ONLY;
      case 11: // SQLITE_CORRUPT
      case 26: // SQLITE_NOTADB
        return Reason.CORRUPT;
      default:
        return Reason.FAILED;
    }
  }

  private static String sentence(Reason reason) {
    switch (reason) {
      case BUSY:
        return "another process has it open";
      case FULL:
        return "the disk is full; nothing was written";
      case READ_ONLY:
        return "its files cannot be written";
      case CORRUPT:
        return "its file is damaged";
      default:
        return "the disk or the system failed";
    }
  }
}
