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
    return switch (code) {
      case 5, 6 -> Reason.BUSY; // SQLITE_BUSY, SQLITE_LOCKED
      case 13 -> Reason.FULL; // SQLITE_FULL
      case 3, 8, 14 -> Reason.READ_ONLY; // SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN
      case 11, 26 -> Reason.CORRUPT; // SQLITE_CORRUPT, SQLITE_NOTADB
      default -> Reason.FAILED;
    };
  }

  private static String sentence(Reason reason) {
    return switch (reason) {
      case BUSY -> "another process has it open";
      case FULL -> "the disk is full; nothing was written";
      case READ_ONLY -> "its files cannot be written";
      case CORRUPT -> "its file is damaged";
      default -> "the disk or the system failed";
    };
  }
}
