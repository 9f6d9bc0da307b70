package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Release;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hands to the log what came by hand, was released since and is not in the log yet, with what it
 * continues: its author is cut off, and a server takes what leads to it from a coordinator only.
 */
final class Released {

  private static final Optional<StatementVerdict> STANDS = Optional.of(StatementVerdict.STANDS);

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;

  Released(Holdings holdings, ServerLink link, LogTrust trust) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
  }

  /**
   * Hands it in; the log was read to its end before. What a server would not take is not sent again
   * until more is held.
   *
   * @return whether anything was sent
   */
  boolean send() throws CairnException {
    boolean coordinates =
        holdings.roster().device(holdings.device()).map(DeviceEntry::coordinates).orElse(false);
    boolean isToldOf = holdings.book().outbox().isEmpty();
    if (!coordinates || !isToldOf || !holdings.log().tree().isPresent()) {
      return false; // A server that has not heard of a release would refuse what it names.
    }
    Set<ChangeId> due = holdings.store().read(this::due);
    if (due.isEmpty()) {
      return false;
    }
    byte[] mark = mark(due);
    if (holdings.store().read(rows -> Arrays.equals(mark, Fact.RELEASED.get(rows)))) {
      return false;
    }
    new Resending(
            holdings, link, trust, run -> run.stream().map(Change::id).anyMatch(due::contains))
        .run();
    holdings.store().change(rows -> Fact.RELEASED.put(rows, mark));
    return true;
  }

  private byte[] mark(Set<ChangeId> due) {
    CborWriter writer =
        new CborWriter().array(2).uint(holdings.log().generation()).array(due.size());
    due.forEach(change -> writer.bytes(change.bytes()));
    return Sha256.of(writer.toBytes()).bytes();
  }

  /** What releases name, is held and not in the log, and what of the same kind it continues. */
  private Set<ChangeId> due(SealedRows rows) throws CairnException {
    Deque<ChangeId> open = new ArrayDeque<>();
    for (Statement statement : holdings.roster().statements()) {
      if (statement.kind() == StatementKind.RELEASE
          && holdings.roster().verdict(statement.id()).equals(STANDS)) {
        Release release = (Release) statement.content();
        open.addAll(release.single());
        release.upTo().stream().map(LastGood::change).forEach(open::add);
      }
    }
    Set<ChangeId> due = new TreeSet<>();
    while (!open.isEmpty()) {
      ChangeId next = open.pop();
      Optional<Change> change =
          due.contains(next) ? Optional.empty() : OthersChanges.change(rows, next);
      if (change.isPresent() && Resending.isLacking(holdings.log(), rows, change.get())) {
        due.add(next);
        open.addAll(change.get().prefix().previous());
        open.addAll(change.get().prefix().audiencePrevious());
      }
    }
    return due;
  }
}
