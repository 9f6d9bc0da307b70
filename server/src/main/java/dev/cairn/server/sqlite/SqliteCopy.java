package dev.cairn.server.sqlite;

import dev.cairn.server.ledger.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Copies a ledger as it is at one moment, while a server goes on writing to it. */
public final class SqliteCopy {

  private SqliteCopy() {}

  /**
   * Writes a copy to a file that is not there yet.
   *
   * @throws StoreException.Full if there is no room for it
   */
  public static void write(Path ledger, Path copy) throws StoreException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }
}
