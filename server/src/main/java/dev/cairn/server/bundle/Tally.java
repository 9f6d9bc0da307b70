package dev.cairn.server.bundle;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who wrote what of a parcel, and where it stands in the log. */
final class Tally {

  /** Codes of what can be taken when something else has arrived. */
  private static final Set<String> EARLY =
      Set.of(
          RefusalCode.FEED_GAP.code(),
          RefusalCode.BODY_AWAITED.code(),
          RefusalCode.STATEMENT_GAP.code(),
          RefusalCode.DEVICE_UNKNOWN.code(),
          RefusalCode.EPOCH_UNKNOWN.code());

  private final long sizeBefore;
  private final long generation;
  private final RosterState roster;
  private final Map<DeviceId, Leaves> byAuthor = new TreeMap<>();
  private final Set<DeviceId> wroteNew = new LinkedHashSet<>();
  private final Set<DeviceId> wroteKnown = new LinkedHashSet<>();
  private final Set<DeviceId> wroteToAnother = new LinkedHashSet<>();
  private final Deque<DeviceId> signedNew = new ArrayDeque<>();
  private Set<DeviceId> signersOfLast = Set.of();
  private long fresh;
  private long known;
  private long refused;
  private long early;

  Tally(LogHead before, RosterState roster) {
    this.sizeBefore = before.size();
    this.generation = before.generation();
    this.roster = roster;
  }

  /** One author's leaves, by position, and the largest tree it cites. */
  static final class Leaves {
    private final NavigableMap<Long, Digest> byPosition = new TreeMap<>();
    private final long sizeBefore;
    private long firstSequence = Long.MAX_VALUE;
    private List<ChangeId> continued = List.of();
    private long citedGeneration;
    private long citedSize;

    private Leaves(long sizeBefore) {
      this.sizeBefore = sizeBefore;
    }

    NavigableMap<Long, Digest> byPosition() {
      return byPosition;
    }

    /** The last leaf of each run that was in the log before the parcel came. */
    List<Long> knownRunEnds() {
      List<Long> ends = new ArrayList<>();
      for (long position : byPosition.headMap(sizeBefore, false).keySet()) {
        if (!byPosition.containsKey(position + 1) || position + 1 >= sizeBefore) {
          ends.add(position);
        }
      }
      return ends;
    }

    /** What the first change in the parcel continues. */
    List<ChangeId> continued() {
      return continued;
    }

    private void first(Prefix prefix) {
      if (prefix.sequence() < firstSequence) {
        firstSequence = prefix.sequence();
        continued = prefix.previous();
      }
    }

    /** Leaves of the newest checkpoint cited of a generation, 0 if none was. */
    long citedSize(long generation) {
      return generation == citedGeneration ? citedSize : 0;
    }

    /** The newest generation cited, 0 if none was. */
    long citedGeneration() {
      return citedGeneration;
    }

    private void cite(CheckpointRef cited) {
      boolean newer =
          cited.generation() > citedGeneration
              || (cited.generation() == citedGeneration && cited.size() > citedSize);
      if (newer) {
        citedGeneration = cited.generation();
        citedSize = cited.size();
      }
    }
  }

  void count(Offer offer, Answer answer) {
    if (answer instanceof Answer.Refused no) {
      boolean later = EARLY.contains(no.code()) || isPassing(no.code());
      early += later ? 1 : 0;
      refused += later ? 0 : 1;
      if (later && offer instanceof Offer.OfFrame frame) {
        early(frame.frame());
      }
    } else if (answer instanceof Answer.Placed placed) {
      placed(offer, placed);
    }
  }

  /**
   * Who writes on in a log that has ended continues what this one may never have been handed, and
   * has to hear of this one before he can hand it in.
   */
  private void early(Frame frame) {
    Leaves leaves = leaves(frame.device());
    for (Change change : frame.changes()) {
      Optional<CheckpointRef> cited = change.prefix().checkpoint();
      cited.ifPresent(leaves::cite);
      if (cited.isPresent() && cited.get().generation() < generation) {
        wroteToAnother.add(frame.device());
      }
    }
  }

  /** Whether the server only could not take it now. */
  private static boolean isPassing(String code) {
    return code.startsWith("store.")
        || code.startsWith("server.")
        || code.equals(RefusalCode.LOG_REFILLING.code());
  }

  private void placed(Offer offer, Answer.Placed placed) {
    List<Long> positions = placed.positions();
    positions.forEach(this::count);
    if (offer instanceof Offer.OfStatement statement) {
      signersOfLast = Set.copyOf(statement.statement().signers());
      for (DeviceId signer : statement.statement().signers()) {
        if (roster.device(signer).isPresent()) {
          if (positions.get(0) >= sizeBefore) {
            signedNew.push(signer);
          }
          leaves(signer).byPosition.put(positions.get(0), statement.statement().leafHash());
        }
      }
    } else if (offer instanceof Offer.OfFrame frame) {
      List<Change> changes = frame.frame().changes();
      Leaves leaves = leaves(frame.frame().device());
      boolean isNew = positions.stream().anyMatch(position -> position >= sizeBefore);
      (isNew ? wroteNew : wroteKnown).add(frame.frame().device());
      for (int i = 0; i < changes.size(); i++) {
        leaves.byPosition.put(positions.get(i), changes.get(i).leafHash());
        changes.get(i).prefix().checkpoint().ifPresent(leaves::cite);
        leaves.first(changes.get(i).prefix());
      }
    }
  }

  private void count(long position) {
    if (position >= sizeBefore) {
      fresh++;
    } else {
      known++;
    }
  }

  private Leaves leaves(DeviceId author) {
    return byAuthor.computeIfAbsent(author, any -> new Leaves(sizeBefore));
  }

  /** What one of the {@link #authors} has in the log. */
  Leaves of(DeviceId author) {
    return leaves(author);
  }

  /**
   * Who is answered: who wrote changes, or signed statements that the log did not have. What else
   * is there is there for their sake, or has come before: of that, where there are no changes, only
   * who signed the last is answered, for an answer may have been lost, and else a parcel of what
   * everybody has would have the log written out for each of its signers. And who wrote to a log
   * that has ended, what this one cannot take: he has to hear of this one.
   *
   * <p>As not all may have room, first who wrote what the log did not have: nobody has told him of
   * it yet. Who wrote what it had begins at a place drawn by chance, so that who is left out is not
   * left out again when the parcel comes again. Then who signed, the last statement first: what
   * stands before it is what it builds on.
   */
  Set<DeviceId> authors(Randomness randomness) {
    Set<DeviceId> authors = new LinkedHashSet<>(wroteNew);
    authors.addAll(wroteToAnother);
    authors.addAll(turned(wroteKnown, randomness));
    if (authors.isEmpty()) {
      authors.addAll(signersOfLast);
    }
    authors.addAll(signedNew);
    authors.retainAll(byAuthor.keySet());
    return authors;
  }

  private static List<DeviceId> turned(Set<DeviceId> devices, Randomness randomness) {
    List<DeviceId> turned = new ArrayList<>(devices);
    if (turned.size() > 1) {
      byte[] drawn = new byte[Integer.BYTES];
      randomness.fill(drawn);
      Collections.rotate(turned, Math.floorMod(ByteBuffer.wrap(drawn).getInt(), turned.size()));
    }
    return turned;
  }

  long fresh() {
    return fresh;
  }

  long known() {
    return known;
  }

  /** Entries that were refused for good. */
  long refused() {
    return refused;
  }

  /** Entries that continue what has not arrived. */
  long early() {
    return early;
  }
}
