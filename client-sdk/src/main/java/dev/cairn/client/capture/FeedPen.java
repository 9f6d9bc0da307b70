package dev.cairn.client.capture;

import dev.cairn.client.held.ClockRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnFeed;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.merge.Hlc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes to this device's feed in memory: seals, chains and signs them. What it wrote has
 * to become durable before anything else is written; if that fails it must {@link #forget}, and
 * goes on from what is durable with new sessions.
 */
final class FeedPen {

  private final Holdings holdings;
  private @Nullable FeedAuthor author;
  private @Nullable OwnFeed base;

  FeedPen(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * What was written together.
   *
   * @param changes all of it, session statements among it, in order
   * @param written one for each draft
   * @param clock the last clock used
   */
  record Page(List<Change> changes, List<Written> written, long clock) {}

  Page write(SealedRows rows, List<Draft> drafts) throws CairnException {
    FeedAuthor pen = author(rows, drafts);
    Seen seen = Seen.of(holdings.roster().heads(), holdings.log().ref());
    List<Change> changes = new ArrayList<>();
    List<Written> written = new ArrayList<>();
    long clock = ClockRow.read(rows);
    for (Draft draft : drafts) {
      List<EpochKey> epochs = epochs(draft.audience());
      long now = holdings.host().monotonicMillis().getAsLong();
      if (pen.needsSession(draft.audience(), epochs, now)) {
        changes.add(pen.openSession(draft.audience(), epochs, seen, now));
      }
      clock = ClockRow.next(clock, holdings.host());
      Written one = write(pen, draft, seen, clock, now);
      changes.add(one.change());
      written.add(one);
    }
    return new Page(changes, written, clock);
  }

  private Written write(FeedAuthor pen, Draft draft, Seen seen, long clock, long now)
      throws RefusedException {
    try {
      Body body =
          new Body(
              draft.record(),
              draft.kind(),
              draft.parents(),
              clock,
              Hlc.skew(clock, holdings.host().nowMillis()),
              draft.operations());
      Content content = Content.of(body).withAttachments(draft.attachments());
      if (draft.erasesOrNull() != null) {
        content = content.erasing(draft.erasesOrNull());
      }
      return pen.write(draft.audience(), content, seen, now);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("change.limit", "the change exceeds a limit");
    }
  }

  private FeedAuthor author(SealedRows rows, List<Draft> drafts) throws CairnException {
    OwnFeed feed = base;
    FeedAuthor pen = author;
    if (feed == null || pen == null) {
      feed = OwnFeed.read(rows);
      pen =
          new FeedAuthor(
              holdings.identity().space(),
              holdings.identity().signingKey(),
              feed,
              holdings.host().randomness());
      base = feed;
      author = pen;
    }
    for (Draft draft : drafts) {
      feed.load(rows, draft.audience());
    }
    return pen;
  }

  /** The newest epoch of each circle, in the order of the audience. */
  private List<EpochKey> epochs(Audience audience) throws RefusedException {
    List<EpochKey> epochs = new ArrayList<>();
    for (CircleId circle : audience.circles()) {
      Optional<EpochKey> key = holdings.roster().writingKey(circle);
      if (!key.isPresent()) {
        throw new RefusedException("circle.unknown", "no key of a circle is known here");
      }
      epochs.add(key.get());
    }
    return epochs;
  }

  /** Forgets sessions and places: what is written next continues what is durable. */
  void forget() {
    if (author != null) {
      author.forgetSessions();
    }
    author = null;
    base = null;
  }
}
