package dev.cairn.server.ledger;

import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What there is to say of a space's log. */
final class RefillAccount {

  private final LedgerView view;
  private final SpaceSnapshot snapshot;
  private final DeviceId reader;

  RefillAccount(LedgerView view, SpaceSnapshot snapshot, DeviceId reader) {
    this.view = view;
    this.snapshot = snapshot;
    this.reader = reader;
  }

  LogAccount make() throws StoreException {
    Optional<DeviceEntry> entry = snapshot.roster().device(reader);
    boolean isOwner = entry.map(each -> each.role() == Role.OWNER).orElse(false);
    Optional<LogKey> waiting = isOwner ? snapshot.waiting() : Optional.empty();
    return new LogAccount(
        snapshot.head().generation(),
        Encoded.of(snapshot.checkpoint().note()),
        statements(entry.isPresent()),
        waiting,
        refill());
  }

  /**
   * In the order of the log; a stranger needs no more than what opened the log he is to push to.
   */
  private List<Encoded> statements(boolean isIn) throws StoreException {
    List<Statement> found = new ArrayList<>();
    for (Statement statement : snapshot.roster().statements()) {
      boolean judges = isIn && statement.kind() == StatementKind.REPLACEMENT;
      if (statement.kind() == StatementKind.GENERATION || judges) {
        found.add(statement);
      }
    }
    found.sort(Comparator.comparingLong(each -> snapshot.positions().getOrDefault(each.id(), 0L)));
    found.addAll(view.refill().generations(snapshot.space()));
    int from = Math.max(0, found.size() - Limits.ACCOUNT_STATEMENTS_MAX);
    return found.subList(from, found.size()).stream()
        .map(each -> Encoded.of(each.encode()))
        .toList();
  }

  /** What is missing; empty if the space is not being refilled. */
  Optional<LogAccount.Refill> refill() throws StoreException {
    Optional<RefillView.Mark> mark = view.refill().mark(snapshot.space());
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    long from = snapshot.head().size();
    long shown = shown(mark.get());
    Runs leaves = new Runs();
    Runs entries = new Runs();
    long[] next = {from};
    view.refill()
        .leaves(
            snapshot.space(),
            (position, whole) -> {
              leaves.add(next[0], position);
              next[0] = position + 1;
              if (!whole) {
                entries.add(position, position + 1);
              }
            });
    leaves.add(next[0], shown);
    return Optional.of(
        new LogAccount.Refill(
            Math.max(shown, from), mark.get().forked(), leaves.runs, entries.runs));
  }

  private static long shown(RefillView.Mark mark) throws StoreException {
    return mark.note().isPresent() ? RefillWork.checkpointOf(mark.note().get()).size() : 0;
  }

  /** Whether something is kept for every leaf up to the largest checkpoint that was shown. */
  static boolean isKept(LedgerView view, SpaceSnapshot snapshot) throws StoreException {
    SpaceId space = snapshot.space();
    Optional<RefillView.Mark> mark = view.refill().mark(space);
    long shown = mark.isPresent() ? shown(mark.get()) : 0;
    long missing = shown - snapshot.head().size();
    return missing > 0 && view.refill().keptCount(space) == missing;
  }

  /** Neighbours, the first of them. */
  private static final class Runs {
    private final List<LogAccount.Run> runs = new ArrayList<>();

    void add(long from, long to) {
      if (from >= to) {
        return;
      }
      LogAccount.Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.first() + last.count() == from) {
        runs.set(runs.size() - 1, new LogAccount.Run(last.first(), to - last.first()));
      } else if (runs.size() < Limits.ACCOUNT_RUNS_MAX) {
        runs.add(new LogAccount.Run(from, to - from));
      }
    }
  }
}
