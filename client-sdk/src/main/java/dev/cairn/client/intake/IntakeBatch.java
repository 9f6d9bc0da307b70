package dev.cairn.client.intake;

import dev.cairn.client.held.Bodiless;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.OwnFeed;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.held.Withdrawals;
import dev.cairn.client.held.Withheld;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.Verdict;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is taken in together, in one transaction. Used once. */
public final class IntakeBatch {

  /** The code of a frame whose device is not admitted, as far as is known here. */
  public static final String DEVICE_UNKNOWN = "device.unknown";

  /** The code of a change that continues changes that are not held. */
  public static final String GAP = "feed.gap";

  private final Intake intake;
  private final Holdings holdings;
  private final SealedRows rows;
  private final Inbox inbox;
  private final Map<DeviceId, FeedMemory> feeds = new HashMap<>();
  private final Map<DeviceId, Set<Audience>> touched = new HashMap<>();
  private final Map<StatementId, Statement> unfolded = new LinkedHashMap<>();
  private final Set<List<CircleId>> passedOver = new HashSet<>();
  private final Set<ChangeId> bare = new HashSet<>();
  private final OwnFeed ownFeed;
  private final QuarantineRoom room;
  private Set<ChangeId> lacked = Set.of();
  private RosterState roster;
  private boolean ownFeedGrew;

  IntakeBatch(Intake intake, Holdings holdings, SealedRows rows) throws CairnException {
    this.intake = intake;
    this.holdings = holdings;
    this.rows = rows;
    this.roster = holdings.roster();
    this.inbox = new Inbox(holdings, rows);
    this.ownFeed = OwnFeed.read(rows);
    this.room = new QuarantineRoom(rows);
  }

  /** Takes in a statement. Whether it has force is for the roster to say, now and later. */
  public Taken statement(Statement statement, OptionalLong position) throws CairnException {
    Optional<Statement> held = held(statement.id());
    // One that is held has proved itself, and need not again to be known by its bytes.
    boolean proven = held.filter(statement::equals).isPresent() || statement.signaturesValid();
    if (!statement.space().equals(roster.space()) || !proven) {
      return Taken.refused(1, Statement.SIGNATURE_REFUSED);
    }
    boolean known = held.isPresent();
    if (!known) {
      unfolded.put(statement.id(), statement);
    }
    if (!known || position.isPresent()) {
      RosterBook.write(rows, statement, position);
    }
    return known ? Taken.known(1) : Taken.fresh(1);
  }

  private Optional<Statement> held(StatementId id) {
    Statement taken = unfolded.get(id);
    return taken == null ? roster.statement(id) : Optional.of(taken);
  }

  /** The roster with everything taken in so far. */
  public RosterState roster() {
    if (!unfolded.isEmpty()) {
      roster = roster.with(unfolded.values());
      unfolded.clear();
      holdings.book().keys().open(roster);
    }
    return roster;
  }

  /** Takes in a frame that came by hand. */
  public Taken frame(Frame frame) throws CairnException {
    return frame(frame, List.of(), false);
  }

  /**
   * Takes in a frame, whole or not at all: a change that is kept without the one whose signature
   * covers it could neither be handed on nor prove anything.
   *
   * @param positions of its changes in the log; empty if it is not from there
   * @param placed whether these are their places already; if not, {@link #place} is called once
   *     what stands before them was told too
   */
  public Taken frame(Frame frame, List<Long> positions, boolean placed) throws CairnException {
    try {
      return take(frame, positions, placed);
    } catch (UncheckedRowsException e) {
      throw e.failure();
    }
  }

  /**
   * Notes where a change stands in the log, if it was taken in. A place that is proven stays,
   * whoever tells another.
   *
   * @param leaf of the change
   */
  public void place(ChangeId change, Digest leaf, long position) throws CairnException {
    Optional<OthersChanges.Place> held = OthersChanges.place(rows, change);
    OptionalLong known = held.map(OthersChanges.Place::position).orElse(OptionalLong.empty());
    boolean isSame = known.isPresent() && known.getAsLong() == position;
    boolean isProven = known.isPresent() && holdings.log().proves(rows, known.getAsLong(), leaf);
    if (held.isPresent() && !isSame && !isProven) {
      OthersChanges.Place place = held.get();
      OthersChanges.write(
          rows,
          change,
          new OthersChanges.Place(place.numberOrNull(), place.place(), OptionalLong.of(position)));
    }
  }

  private Taken take(Frame frame, List<Long> positions, boolean placed) throws CairnException {
    lacked = Set.of();
    int count = frame.changes().size();
    DeviceId device = frame.device();
    if (!mayHaveWritten(device, positions)) {
      return Taken.refused(count, positions.isEmpty() ? strangersCode(frame) : DEVICE_UNKNOWN);
    }
    FeedMemory feed = feed(device);
    FeedState trial =
        positions.isEmpty()
            ? new FeedState(roster.space(), device, FeedView.AUDIENCES, feed)
            : FeedState.ofLog(roster.space(), device, FeedView.AUDIENCES, feed);
    if (!allKnown(trial, frame) || !allHeld(frame)) {
      try {
        FrameSignatures.verify(frame, intake.key(device));
      } catch (RefusedException | MalformedException e) {
        return Taken.refused(count, e.code());
      }
    }
    Set<ChangeId> fresh = new HashSet<>();
    for (Change change : frame.changes()) {
      Verdict verdict = trial.accept(change);
      if (verdict.accepts()) {
        fresh.add(change.id());
      } else if (!(verdict instanceof Verdict.Known)) {
        if (verdict instanceof Verdict.Gap gap) {
          lacked = gap.missing();
        }
        String code = verdict instanceof Verdict.Refused refused ? refused.fault().code() : GAP;
        return Taken.refused(count, code);
      }
    }
    if (positions.isEmpty() && !hasRoom(frame, fresh)) {
      return Taken.refused(count, QuarantineRoom.FULL);
    }
    int freshCount = fresh.size();
    for (int i = 0; i < count; i++) {
      Change change = frame.changes().get(i);
      OptionalLong told =
          positions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(positions.get(i));
      OptionalLong position = placed ? told : OptionalLong.empty();
      if (told.isPresent() && Withheld.isBare(change)) {
        bare.add(change.id());
      }
      if (fresh.remove(change.id())) {
        feed.add(change);
        keep(change, position);
      } else {
        again(change, position);
      }
    }
    return new Taken(freshCount, count - freshCount, 0, null);
  }

  /** By hand anybody may bring what a suspended device made, as much as there is room for. */
  private boolean hasRoom(Frame frame, Set<ChangeId> fresh) throws CairnException {
    if (frame.device().equals(holdings.device()) || fresh.isEmpty()) {
      return true;
    }
    List<Change> kept = new ArrayList<>(frame.changes());
    kept.removeIf(change -> !fresh.contains(change.id()) || !isKept(change));
    return room.takes(roster, frame.device(), kept);
  }

  /** What the last frame continues that is not held, if it was refused for that. */
  public Set<ChangeId> lacked() {
    return lacked;
  }

  /**
   * By hand comes only what a device writes that is in. The log took what was written before
   * whoever let a device in was cut off: that is kept, without counting, as who read it earlier has
   * it.
   */
  private boolean mayHaveWritten(DeviceId device, List<Long> positions) {
    return roster().device(device).isPresent() || (!positions.isEmpty() && roster().everIn(device));
  }

  /** By hand only what proves itself is one day a known device's: its id is the key. */
  private static String strangersCode(Frame frame) {
    try {
      FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
      return DEVICE_UNKNOWN;
    } catch (RefusedException | MalformedException e) {
      return e.code();
    }
  }

  private FeedMemory feed(DeviceId device) {
    FeedMemory feed = feeds.get(device);
    if (feed == null) {
      OwnFeed own = device.equals(holdings.device()) ? ownFeed : null;
      feed = FeedMemory.over(new HeldFeed(rows, device, own));
      feeds.put(device, feed);
    }
    return feed;
  }

  /** Whether nothing of a frame will be kept anew: its signatures are not looked at then. */
  private boolean allHeld(Frame frame) throws CairnException {
    for (Change change : frame.changes()) {
      if (isKept(change) && !holds(change)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a change is kept here, now that its frame was taken in. */
  public boolean holds(Change change) throws CairnException {
    return OthersChanges.place(rows, change.id())
            .map(place -> place.numberOrNull() != null)
            .orElse(false)
        || OwnChanges.sequence(rows, change.id()).isPresent();
  }

  private static boolean allKnown(FeedState feed, Frame frame) {
    return frame.changes().stream().allMatch(change -> feed.check(change) instanceof Verdict.Known);
  }

  /** A change held already may bring its place in the log, or a body that was missing. */
  private void again(Change change, OptionalLong position) throws CairnException {
    Withdrawals.arrived(rows, change, roster);
    Optional<OthersChanges.Place> held = OthersChanges.place(rows, change.id());
    if (!held.isPresent()) {
      return;
    }
    if (position.isPresent()) {
      place(change.id(), change.leafHash(), position.getAsLong());
    }
    Long number = held.get().numberOrNull();
    if (number == null) {
      if (isKept(change)) {
        Optional<OthersChanges.Place> now = OthersChanges.place(rows, change.id());
        keepRow(change, now.map(OthersChanges.Place::position).orElse(position));
      } else {
        passOver(change);
        if (change.ciphertext().isPresent() && Bodiless.remove(rows, change.id())) {
          inbox.open(Withdrawals.kept(rows, change, roster), roster);
        }
      }
    } else if (change.ciphertext().isPresent()) {
      Optional<Change> row = OthersChanges.at(rows, number);
      if (row.isPresent() && !row.get().ciphertext().isPresent()) {
        Change whole = row.get().withCiphertext(change.ciphertext().get());
        Change kept = Withdrawals.kept(rows, whole, roster);
        OthersChanges.put(rows, number, kept);
        inbox.open(kept, roster);
      }
    }
  }

  private void keep(Change change, OptionalLong position) throws CairnException {
    DeviceId device = change.prefix().device();
    touched.computeIfAbsent(device, any -> new HashSet<>()).add(change.prefix().audience());
    if (device.equals(holdings.device())) {
      // This store is older than its device's feed: it was restored, or copied.
      ownFeed.load(rows, change.prefix().audience());
      ownFeed.add(change);
      ownFeedGrew = true;
    }
    if (isKept(change)) {
      keepRow(change, position);
    } else {
      OthersChanges.write(
          rows,
          change.id(),
          new OthersChanges.Place(null, FeedPlace.of(change.prefix()), position));
      passOver(change);
      if (Withheld.isBare(change) && inbox.isForThisDevice(change) && roster.mayDecide(device)) {
        Bodiless.add(rows, change.id());
      }
    }
    inbox.open(Withdrawals.kept(rows, change, roster), roster);
    Withdrawals.arrived(rows, change, roster);
  }

  private void keepRow(Change change, OptionalLong position) throws CairnException {
    long number = OthersChanges.keep(rows, Withdrawals.kept(rows, change, roster));
    OthersChanges.write(
        rows,
        change.id(),
        new OthersChanges.Place(number, FeedPlace.of(change.prefix()), position));
  }

  /** Kept whole is what is read with others; what is for this device alone is only opened. */
  private boolean isKept(Change change) {
    if (change.prefix().device().equals(holdings.device())) {
      return true;
    }
    return change.prefix().audience().circles().stream()
        .anyMatch(circle -> !isOwn(circle) && roster.mayFetch(holdings.device(), circle));
  }

  private void passOver(Change change) {
    if (!change.prefix().audience().circles().stream().allMatch(this::isOwn)) {
      passedOver.add(roster.readableBy(holdings.device()));
    }
  }

  private boolean isOwn(CircleId circle) {
    return circle.equals(holdings.identity().ownCircle());
  }

  /**
   * Whether a change was passed over by who could read other circles then than these. The roster
   * may have said so for a moment only: who was cut off, and is not, as whoever did it was cut off
   * himself, hears of both in one answer of the log and of changes between them.
   */
  public boolean passedOverUnlike(List<CircleId> readable) {
    return passedOver.stream().anyMatch(then -> !then.equals(readable));
  }

  /**
   * Keeps only so many statements that have no power: whoever knows a space's id can sign some, and
   * a server or parcel could fill a phone with them. Judged when the batch is whole, for the path
   * to a statement may come after it.
   */
  private void forgetStrangers() throws CairnException {
    Set<StatementId> forgotten = new HashSet<>();
    List<Statement> beyond =
        roster().powerlessBeyond(Limits.POWERLESS_STATEMENTS_MAX, Limits.POWERLESS_BYTES_MAX);
    for (Statement statement : beyond) {
      if (!statement.signers().contains(holdings.device())) {
        RosterBook.delete(rows, statement.id());
        forgotten.add(statement.id());
      }
    }
    roster = roster.without(forgotten);
  }

  /** Writes what belongs to all of it together; to be called last in the transaction. */
  public void finish() throws CairnException {
    forgetStrangers();
    if (!roster.heads().equals(holdings.roster().heads())) {
      Withdrawals.rosterGrew(rows, holdings.roster(), roster);
    }
    for (Map.Entry<DeviceId, Set<Audience>> entry : touched.entrySet()) {
      FeedMemory feed = feed(entry.getKey());
      if (entry.getKey().equals(holdings.device())) {
        continue;
      }
      for (Audience audience : entry.getValue()) {
        OthersChanges.writeHeads(rows, entry.getKey(), audience, feed.heads(audience));
      }
    }
    if (ownFeedGrew) {
      ownFeed.write(rows);
    }
    Withheld.arrived(rows, bare);
    inbox.finish(ownFeedGrew);
  }

  /**
   * Follows in memory what is durable now.
   *
   * @param after rows of a transaction begun after the commit
   */
  public void adopt(SealedRows after) throws CairnException {
    holdings.book().adopt(roster, after);
  }

  /** Whether this device's own feed was found to be longer than its store knew. */
  public boolean ownFeedGrew() {
    return ownFeedGrew;
  }
}
