package dev.cairn.server.stream;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.SpaceSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which statements a reader is given: a coordinator all, anybody else the part a phone may hold.
 * That part grows by other ways than the log: when somebody becomes a coordinator, his admission of
 * long ago joins it. So a pull begins with what joined since its first position.
 */
final class PullStatements {

  private final SpaceSnapshot snapshot;
  private final DeviceId reader;
  private final Set<StatementId> visible;

  PullStatements(SpaceSnapshot snapshot, DeviceId reader) {
    this.snapshot = snapshot;
    this.reader = reader;
    this.visible = view(snapshot.roster());
  }

  boolean shows(StatementId statement) {
    return visible.contains(statement);
  }

  /** Statements before a position that the reader was not given when the log ended there. */
  List<Statement> joinedSince(long position) {
    RosterState before = snapshot.rosterBefore(position);
    if (before == snapshot.roster()) {
      return List.of();
    }
    Set<StatementId> given = view(before);
    Map<Long, Statement> joined = new TreeMap<>();
    for (Statement statement : before.statements()) {
      if (shows(statement.id()) && !given.contains(statement.id())) {
        joined.put(position(statement.id()), statement);
      }
    }
    return List.copyOf(joined.values());
  }

  /** Where a statement of the snapshot stands. */
  long position(StatementId statement) {
    Long known = snapshot.positions().get(statement);
    if (known == null) {
      throw new IllegalStateException("a folded statement has no position");
    }
    return known;
  }

  private Set<StatementId> view(RosterState roster) {
    Set<StatementId> ids = new HashSet<>();
    roster.servedTo(reader).forEach(statement -> ids.add(statement.id()));
    return ids;
  }
}
