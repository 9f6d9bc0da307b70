package dev.cairn.client.sync;

import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.Epoch;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The roster as it was in the log, size by size: what an honest server goes by. What is known here
 * may be more, for statements also come by hand.
 */
final class LoggedRoster {

  private final RosterState known;
  private final NavigableMap<Long, Statement> logged = new TreeMap<>();

  private LoggedRoster(RosterState known) {
    this.known = known;
  }

  static LoggedRoster read(SealedRows rows, RosterState known) throws CairnException {
    LoggedRoster roster = new LoggedRoster(known);
    for (Statement statement : known.statements()) {
      OptionalLong position = RosterBook.position(rows, statement.id());
      if (position.isPresent()) {
        roster.logged.put(position.getAsLong(), statement);
      }
    }
    return roster;
  }

  /**
   * What a server has to say for itself when it kept something back.
   *
   * @param unshown what it was
   * @param size leaves of the log now
   */
  Finding judge(Unshown unshown, DeviceId device, long size) {
    List<RosterState> states = between(unshown.since(), size);
    Finding worst = Finding.NOTHING;
    for (CircleId circle : unshown.addressed().keySet()) {
      Blame blame = blame(states, state -> state.mayFetch(device, circle));
      worst = worst.or(new Finding(blame, unshown.addressed().getOrDefault(circle, 0L)));
    }
    if (unshown.bare().isPresent()) {
      Blame blame = blame(states, state -> state.isServedAll(device));
      worst = worst.or(new Finding(blame, unshown.bare().getAsLong()));
    }
    return worst;
  }

  /**
   * The states that the log went through from one size to another, as far as they can take a right
   * away or give it back; a right that each of these gives was there all the time.
   */
  private List<RosterState> between(long from, long to) {
    List<RosterState> states = new ArrayList<>();
    states.add(at(from));
    logged
        .subMap(from, Math.max(from, to))
        .forEach(
            (position, statement) -> {
              if (cutsOff(statement)) {
                states.add(at(position + 1));
              }
            });
    states.add(at(to));
    return states;
  }

  private static boolean cutsOff(Statement statement) {
    StatementKind kind = statement.kind();
    return kind == StatementKind.SUSPENSION
        || kind == StatementKind.REPLACEMENT
        || kind == StatementKind.RELEASE
        || (statement.content() instanceof Epoch epoch && mayLeaveOut(statement, epoch));
  }

  /** Not one of a device's own circle, of which there are the most: it is always in that. */
  private static boolean mayLeaveOut(Statement statement, Epoch epoch) {
    return !epoch.superseded().isEmpty()
        && !epoch.circle().equals(Circles.device(statement.signers().get(0)));
  }

  private RosterState at(long size) {
    return RosterState.fold(known.space(), logged.headMap(size).values());
  }

  private static Blame blame(List<RosterState> states, Predicate<RosterState> right) {
    if (states.stream().allMatch(right)) {
      return Blame.PROVEN;
    }
    return right.test(states.get(states.size() - 1)) ? Blame.POSSIBLE : Blame.RIGHT;
  }

  /** Whether a server may keep something back. */
  enum Blame {
    /** Nothing was kept back. */
    NONE,
    /** By the log it may: the right to it is known here and not there. */
    RIGHT,
    /** By the log of now it may not; it might have when it was asked. */
    POSSIBLE,
    /** It never did, since the log had the size that it was asked with. */
    PROVEN
  }

  /**
   * The judgement on one leaf.
   *
   * @param position of the leaf; says nothing if there is no blame
   */
  record Finding(Blame blame, long position) {
    static final Finding NOTHING = new Finding(Blame.NONE, 0);

    private Finding or(Finding other) {
      return other.blame.compareTo(blame) > 0 ? other : this;
    }
  }
}
