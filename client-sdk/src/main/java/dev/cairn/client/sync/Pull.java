package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.Mending;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.held.UnknownHeads;
import dev.cairn.client.held.Withheld;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.sync.LoggedRoster.Blame;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what the log has for this device, from where it stopped. A coordinator's device hears of
 * every leaf, grows its own tree over them and holds it against the signed root, so that nothing
 * can be dropped, put in between or shown to it alone.
 */
final class Pull {

  private static final int BATCH_ENTRIES = 256;
  private static final int BATCH_BYTES = 1024 * 1024;
  private static final int REQUESTS_MAX = 100_000;
  private static final byte[] GAP = {(byte) 0xf5}; // true

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;
  private final Intake intake;
  private final SyncListener listener;
  private final Map<Long, LogReading.Told> ahead = new HashMap<>();
  private List<CircleId> readable = List.of();
  private long pulled;
  private boolean ownFeedGrew;
  private boolean unsound;
  private boolean contradicted;
  private @Nullable MalformedException contradiction;

  Pull(Holdings holdings, ServerLink link, LogTrust trust, Intake intake, SyncListener listener) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
    this.intake = intake;
    this.listener = listener;
  }

  /** Changes of others that were new. */
  long pulled() {
    return pulled;
  }

  /** Whether this device's own feed was found to be longer than its store knew. */
  boolean ownFeedGrew() {
    return ownFeedGrew;
  }

  /**
   * Whether the log holds nothing that was not read or sent, as far as the server told when it gave
   * the last receipt, and nothing of what was read is in doubt.
   */
  boolean isNeedless() throws CairnException {
    LogSight sight = holdings.log();
    boolean isProven = !sight.tree().isPresent() || sight.proven() == sight.size();
    return sight.next() == sight.size()
        && isProven
        && view().equals(sight.view())
        && holdings
            .store()
            .read(
                rows ->
                    Fact.GAP.get(rows) == null
                        && Withheld.isEmpty(rows)
                        && Unshown.read(rows).isEmpty());
  }

  /**
   * Fetches to the log's end; again from the start if more can be read than before, and before
   * anybody is blamed for what an earlier answer said.
   */
  void run() throws CairnException {
    boolean asked = false;
    boolean again = false;
    boolean mended = false;
    // Whether all of the log was told in this run: what an answer said that was cut nobody signed,
    // and whoever answers now is not to be blamed for it.
    boolean whole = holdings.log().next() == 0;
    if (whole) {
      readFromTheStart();
    }
    for (int i = 0; i < REQUESTS_MAX; i++) {
      whole |= lookAnew();
      long before = holdings.log().next();
      try {
        request();
      } catch (RefusedException | LyingServerException | MalformedException ended) {
        boolean isMending = contradicted && !mended && mend();
        if (!isMending && (whole || !(unsound || isAstray(ended)))) {
          distrust(ended);
          throw ended;
        }
        mended |= isMending;
        whole = true;
        readFromTheStart();
        continue;
      }
      boolean atEnd = holdings.log().next() >= holdings.log().size();
      if (atEnd && view().equals(holdings.log().view())) {
        LoggedRoster.Finding unshown = unshown();
        boolean accuses = unshown.blame() == Blame.PROVEN || hasGap();
        if ((unshown.blame() == Blame.POSSIBLE && !again) || (accuses && !whole)) {
          // By the log of now it is this device's to read: once more, from a server that knows.
          again = true;
          whole = true;
          readFromTheStart();
          continue;
        }
        throwLie(unshown);
        if (!bodiesAreWithheld()) {
          return;
        }
        if (asked && whole) {
          holdings.store().change(Withheld::tell);
          throw LogTrust.lie(
              "the server withholds what was written, and nobody withdrew it",
              new byte[0],
              new byte[0]);
        }
        if (asked) {
          whole = true;
          readFromTheStart();
        }
        // The erasure may have come into the log while this device was fetching: once more.
        asked = true;
        continue;
      }
      if (!atEnd && holdings.log().next() <= before) {
        throw new MalformedException("the server gives nothing more and says there is more");
      }
    }
  }

  /**
   * Whether it asks for what no log has: an answer that was cut had told of places which nobody
   * signed. Kept, they would part this device for good from a server that is honest.
   */
  private boolean isAstray(CairnException ended) {
    return ended.code().equals(SyncEngine.BEHIND) && holdings.log().next() > holdings.log().size();
  }

  /** Before anybody is blamed for other leaves than those kept: whether these are still right. */
  private boolean mend() throws CairnException {
    boolean isWhole = holdings.store().read(holdings.log()::keepsProven);
    if (!isWhole) {
      Mending.begin(holdings);
    }
    return !isWhole;
  }

  /**
   * Who does not watch the log cannot tell what an answer passed over, nor who gave it: one that is
   * not as it should be, other than cut, is not gone on from.
   */
  private void distrust(CairnException ended) throws CairnException {
    if (!(ended instanceof RefusedException) && !holdings.isDesk()) {
      readFromTheStart();
    }
  }

  /**
   * What continues something that is not held is no lie as long as this device may come to read
   * more: the server shows what may be read by the newest roster, and the statement that says so
   * can stand behind it in the log. Read from the first leaf to the last, it is one.
   */
  private void throwGap() throws CairnException {
    if (hasGap()) {
      readFromTheStart(); // The next sync, that is: should the log be whole then, so is this.
      throw LogTrust.lie(
          "the log holds what does not prove itself: " + IntakeBatch.GAP, new byte[0], new byte[0]);
    }
  }

  private boolean hasGap() throws CairnException {
    return holdings.store().read(rows -> Fact.GAP.get(rows) != null);
  }

  private LoggedRoster.Finding unshown() throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              Unshown unshown = Unshown.read(rows);
              return unshown.isEmpty()
                  ? LoggedRoster.Finding.NOTHING
                  : LoggedRoster.read(rows, holdings.roster())
                      .judge(unshown, holdings.device(), holdings.log().size());
            });
  }

  private void throwLie(LoggedRoster.Finding unshown) throws CairnException {
    if (unshown.blame() == Blame.NONE || unshown.blame() == Blame.PROVEN) {
      throwGap(); // Else what was not shown may be what is missing, and the server right.
    }
    if (unshown.blame() == Blame.PROVEN) {
      byte[] note = holdings.log().checkpoint().map(SignedCheckpoint::note).orElse(new byte[0]);
      readFromTheStart();
      throw LogTrust.lie(
          "the server keeps back what this device may read: leaf " + unshown.position(),
          new byte[0],
          note);
    }
  }

  /** Whether something came without its body, and no erasure that was fetched says why. */
  private boolean bodiesAreWithheld() throws CairnException {
    return !holdings.store().read(Withheld::isEmpty)
        && holdings
            .store()
            .write(rows -> Withheld.remain(rows, holdings.roster(), holdings.device()));
  }

  /**
   * Begins at the log's first leaf when this device can read other circles than it could, also for
   * a moment in between, knows devices whose changes it had to set aside, or has heard of branches
   * of its own feed.
   */
  private boolean lookAnew() throws CairnException {
    readable = holdings.roster().readableBy(holdings.device());
    if (view().equals(holdings.log().view())) {
      return false;
    }
    readFromTheStart();
    return true;
  }

  /**
   * Forgets with the log what was told of it and not signed: leaves that no signed root has, where
   * statements stand, that there was no room for more devices to remember, and what came without
   * its body. All of that is told again. Where changes stand is not asked without their leaves.
   */
  private void readFromTheStart() throws CairnException {
    LogSight again =
        holdings
            .store()
            .write(
                rows -> {
                  RosterBook.forgetPositions(rows);
                  Withheld.forget(rows);
                  Fact.GAP.delete(rows);
                  Fact.CROWD.delete(rows);
                  LogSight begun = holdings.log().again(view(rows), holdings.isDesk());
                  begun.write(rows);
                  if (begun.tree().isPresent()) {
                    new Unshown(begun.size()).write(rows);
                  } else {
                    Fact.UNSHOWN.delete(rows);
                  }
                  return begun;
                });
    holdings.adopt(again);
  }

  private Digest view() throws CairnException {
    return holdings.store().read(this::view);
  }

  private Digest view(SealedRows rows) throws CairnException {
    ByteArrayOutputStream circles = new ByteArrayOutputStream();
    for (CircleId circle : holdings.roster().readableBy(holdings.device())) {
      circles.write(circle.bytes(), 0, CircleId.SIZE_BYTES);
    }
    byte[] known = SetAside.known(rows, holdings.roster());
    circles.write(known, 0, known.length);
    if (UnknownHeads.are(rows)) {
      circles.write(holdings.device().bytes(), 0, DeviceId.SIZE_BYTES);
    }
    return Sha256.of(circles.toByteArray());
  }

  private void request() throws CairnException {
    LogSight sight = holdings.log();
    StringBuilder target =
        new StringBuilder("/v1/spaces/")
            .append(holdings.identity().space())
            .append("/pull?from=")
            .append(sight.next());
    target.append("&seen=").append(trust.generation()).append('.').append(sight.size());
    target.append("&hashes=").append(sight.tree().isPresent() ? 1 : 0);
    if (holdings.store().read(UnknownHeads::are)) {
      target.append("&own=1");
    }
    try (Exchange exchange = link.accepted(Request.of("GET", target.toString()))) {
      read(exchange);
    }
  }

  private void read(Exchange exchange) throws CairnException {
    EntryReader reader = new EntryReader(holdings.identity().space());
    ByteStringStream strings = ByteStringStream.ofEntries();
    List<Entry> batch = new ArrayList<>();
    int bytes = 0;
    boolean ended = false;
    ahead.clear();
    contradiction = null;
    byte[] piece = next(exchange, batch);
    while (piece != null) {
      strings.feed(piece);
      Optional<byte[]> next = strings.next();
      while (next.isPresent()) {
        Entry entry = reader.read(next.get());
        batch.add(entry);
        bytes += next.get().length;
        ended |= entry instanceof Entry.LogState;
        if (batch.size() >= BATCH_ENTRIES || bytes >= BATCH_BYTES) {
          take(batch);
          batch.clear();
          bytes = 0;
        }
        next = strings.next();
      }
      piece = next(exchange, batch);
    }
    take(batch);
    if (contradiction != null) {
      throw contradiction;
    }
    if (!ended) {
      throw new MalformedException("the server's answer to a pull is not whole");
    }
  }

  /** The next piece; where the link is cut, what had come is taken in first. */
  private byte @Nullable [] next(Exchange exchange, List<Entry> batch) throws CairnException {
    try {
      return exchange.receive();
    } catch (TransportException cut) {
      take(batch);
      throw cut;
    }
  }

  /** Takes entries in, in one transaction. */
  private void take(List<Entry> entries) throws CairnException {
    if (entries.isEmpty()) {
      return;
    }
    if (contradiction != null) {
      hear(entries);
      return;
    }
    Unshown unshown = holdings.store().read(Unshown::read);
    LogReading reading = new LogReading(holdings.log(), trust, ahead, unshown);
    IntakeBatch batch;
    try {
      batch = holdings.store().write(rows -> taken(rows, entries, reading, unshown));
    } catch (MalformedException e) {
      if (!reading.contradicted()) {
        throw e;
      }
      contradiction = e;
      hear(entries);
      return;
    } finally {
      unsound |= reading.unsound();
      contradicted |= reading.contradicted();
    }
    holdings.store().read(rows -> adopted(batch, rows));
    holdings.adopt(reading.sight());
    ownFeedGrew |= batch.ownFeedGrew();
    pulled += reading.fresh();
    if (reading.fresh() > 0) {
      listener.onPulled(pulled);
    }
    if (reading.setAside() > 0) {
      listener.onSetAside(reading.setAside());
    }
  }

  /**
   * Of an answer that contradicts what is proven nothing is taken in. If the log's key signed it,
   * it has signed two histories, and that is to be told of.
   */
  private void hear(List<Entry> entries) throws CairnException {
    for (Entry entry : entries) {
      if (entry instanceof Entry.LogState state) {
        trust.believe(state.checkpoint().bytes(), state.consistency());
      }
    }
  }

  private IntakeBatch taken(
      SealedRows rows, List<Entry> entries, LogReading reading, Unshown unshown)
      throws CairnException {
    IntakeBatch batch = intake.begin(rows);
    for (Entry entry : entries) {
      reading.take(rows, batch, entry);
    }
    batch.finish();
    if (batch.passedOverUnlike(readable)) {
      reading.outdate();
    }
    reading.write(rows);
    reading.settle(batch.roster(), holdings.device());
    if (reading.sight().tree().isPresent()) {
      unshown.write(rows);
    }
    SetAside.add(rows, reading.aside(), batch.roster());
    if (reading.gap()) {
      Fact.GAP.put(rows, GAP);
    }
    return batch;
  }

  private static Boolean adopted(IntakeBatch batch, SealedRows rows) throws CairnException {
    batch.adopt(rows);
    return Boolean.TRUE;
  }
}
