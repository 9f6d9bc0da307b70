package dev.cairn.server.sqlite;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.StoreException;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How values stand in rows. */
final class Rows {

  /** Stands in a head's audience for the whole feed; no audience is empty. */
  static final byte[] WHOLE_FEED = {};

  private Rows() {}

  /** An audience as a key: its circles one after another. */
  static byte[] audience(Audience audience) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (CircleId circle : audience.circles()) {
      out.writeBytes(circle.bytes());
    }
    return out.toByteArray();
  }

  /** Of columns position, encoded. */
  static LogEntry.OfStatement statement(ResultSet row) throws SQLException, StoreException {
    try {
      return new LogEntry.OfStatement(row.getLong(1), Statement.decode(row.getBytes(2)));
    } catch (CairnException e) {
      throw new StoreException.Corrupt("statement at " + row.getLong(1) + ": " + e.getMessage());
    }
  }

  /** Of columns position, frame_end, payload, ciphertext, signature; checks that they fit. */
  static LogEntry.OfChange change(ResultSet row) throws SQLException, StoreException {
    Change change = payload(row.getLong(1), row.getBytes(3));
    try {
      byte[] ciphertext = row.getBytes(4);
      if (ciphertext != null) {
        change = change.withCiphertext(Ciphertext.of(ciphertext));
      }
      byte[] signature = row.getBytes(5);
      if (signature != null) {
        change = change.withSignature(Signature.of(signature));
      }
      return new LogEntry.OfChange(row.getLong(1), row.getLong(2), change);
    } catch (CairnException e) {
      throw damaged(row.getLong(1), e);
    }
  }

  static Change payload(long position, byte[] payload) throws StoreException {
    try {
      return Change.decode(payload);
    } catch (CairnException e) {
      throw damaged(position, e);
    }
  }

  private static StoreException damaged(long position, CairnException why) {
    return new StoreException.Corrupt("change at " + position + ": " + why.getMessage());
  }
}
