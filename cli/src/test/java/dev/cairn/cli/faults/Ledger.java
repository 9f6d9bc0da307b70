package dev.cairn.cli.faults;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a server's file holds, read beside the server that writes it. */
final class Ledger {

  private static final String CHANGES =
      "SELECT c.id FROM change c JOIN device d ON d.space = c.space AND d.number = c.device"
          + " WHERE d.id = ? ORDER BY c.position";

  private Ledger() {}

  /** The changes of a device. */
  static List<ChangeId> of(Path server, DeviceId device) throws SQLException {
    String url = "jdbc:sqlite:" + server.resolve("ledger.sqlite");
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement query = connection.prepareStatement(CHANGES)) {
      query.setBytes(1, device.bytes());
      List<ChangeId> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(ChangeId.of(rows.getBytes(1)));
        }
      }
      return found;
    }
  }
}
