package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.Opening;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Verdict;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a frame goes into the log: its device is in, its changes continue its feed, and what they
 * are sealed to is known. A frame goes in whole or not at all.
 */
final class FrameRules {

  private final SpaceBatch batch;
  private final Quotas quotas;
  private final ErasureRules erasures;
  private final boolean replays;
  private final Map<DeviceId, FeedMemory> feeds = new HashMap<>();

  /**
   * For one batch.
   *
   * @param bareOrNull where a body may be missing, because what was in a log once comes again and
   *     may have been erased since: those of which nothing says yet why; it is kept up to date
   */
  FrameRules(SpaceBatch batch, Quotas quotas, @Nullable Set<ChangeId> bareOrNull) {
    this.batch = batch;
    this.replays = bareOrNull != null;
    this.quotas = quotas;
    this.erasures = new ErasureRules(batch, bareOrNull == null ? new HashSet<>() : bareOrNull);
  }

  Answer judge(Frame frame, Bringer by) throws StoreException {
    try {
      return new Answer.Placed(place(frame, by));
    } catch (RefusedException e) {
      return new Answer.Refused(e.code());
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }

  private List<Long> place(Frame frame, Bringer by) throws StoreException, RefusedException {
    DeviceId device = frame.device();
    if (batch.roster().device(device).isEmpty()) {
      throw refused(RefusalCode.DEVICE_UNKNOWN);
    }
    FeedMemory feed =
        feeds.computeIfAbsent(
            device, any -> FeedMemory.over(new StoredFeed(batch.stored(), batch.space(), device)));
    List<Long> positions = new ArrayList<>();
    List<Change> fresh = new ArrayList<>();
    Map<ChangeId, Long> freshPositions = new HashMap<>();
    FeedState trial = new FeedState(batch.space(), device, FeedView.WHOLE, feed);
    for (Change change : frame.changes()) {
      if (isFresh(trial.accept(change))) {
        check(change, by);
        freshPositions.put(change.id(), batch.nextPosition() + fresh.size());
        fresh.add(change);
      }
      Long position = freshPositions.get(change.id());
      positions.add(position == null ? batch.position(change.id()).orElseThrow() : position);
    }
    count(device, fresh);
    keep(fresh, feed);
    return positions;
  }

  private static boolean isFresh(Verdict verdict) throws RefusedException {
    if (verdict instanceof Verdict.Gap) {
      throw refused(RefusalCode.FEED_GAP);
    }
    if (verdict instanceof Verdict.Refused no) {
      throw new RefusedException(no.fault().code(), "change breaks a rule of its feed");
    }
    return verdict.accepts();
  }

  private void check(Change change, Bringer by) throws StoreException, RefusedException {
    Prefix prefix = change.prefix();
    Optional<SuspensionRule> rule = batch.roster().suspensionRule(prefix.device());
    if (rule.isPresent() && !isTaken(change, rule.get(), by)) {
      throw refused(RefusalCode.DEVICE_SUSPENDED);
    }
    checkOpenings(prefix);
    boolean hasBody = change.ciphertext().isPresent() || change.opensSession();
    if (!hasBody && !replays && !erasures.explains(change)) {
      throw refused(RefusalCode.BODY_MISSING);
    }
    for (AttachmentRef attachment : prefix.attachments()) {
      if (attachment.sizeBytes() > quotas.attachmentSizeBytesMax()) {
        throw refused(RefusalCode.ATTACHMENT_TOO_LARGE);
      }
    }
  }

  private boolean isTaken(Change change, SuspensionRule rule, Bringer by) {
    long sequence = change.prefix().sequence();
    return rule.mayBeLogged(change.id(), sequence, this::isLogged)
        || (by.bringsReleased() && rule.mayLeadToReleased(change.id(), sequence, this::isLogged));
  }

  private boolean isLogged(ChangeId change) {
    try {
      return batch.position(change).isPresent();
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }

  private void checkOpenings(Prefix prefix) throws RefusedException {
    List<CircleId> circles = prefix.audience().circles();
    List<Opening> openings = prefix.openings();
    for (int i = 0; i < openings.size(); i++) {
      Optional<EpochState> epoch = batch.roster().epoch(openings.get(i).epoch());
      if (epoch.isEmpty() || !epoch.get().epoch().circle().equals(circles.get(i))) {
        throw refused(RefusalCode.EPOCH_UNKNOWN);
      }
    }
  }

  private void count(DeviceId device, List<Change> fresh) throws StoreException, RefusedException {
    LedgerView.Usage usage = batch.usage(device);
    long sizeBytes = usage.sizeBytes();
    for (Change change : fresh) {
      sizeBytes += change.payload().length;
      sizeBytes += change.ciphertext().map(Ciphertext::sizeBytes).orElse(0);
      for (AttachmentRef attachment : change.prefix().attachments()) {
        sizeBytes += attachment.sizeBytes();
      }
    }
    long changes = usage.changes() + fresh.size();
    if (!fresh.isEmpty()
        && (changes > quotas.deviceChangesMax() || sizeBytes > quotas.deviceSizeBytesMax())) {
      throw refused(RefusalCode.QUOTA_DEVICE);
    }
    if (!fresh.isEmpty()) {
      batch.setUsage(device, new LedgerView.Usage(changes, sizeBytes));
    }
  }

  private void keep(List<Change> fresh, FeedMemory feed) throws StoreException {
    long frameEnd = batch.nextPosition() + fresh.size() - 1;
    for (Change change : fresh) {
      feed.add(change);
      Change kept = erasures.isErasedAhead(change) ? change.withoutCiphertext() : change;
      batch.add(new LogEntry.OfChange(batch.nextPosition(), frameEnd, kept));
      erasures.logged(kept);
    }
  }

  private static RefusedException refused(RefusalCode code) {
    return new RefusedException(code.code(), "frame is not accepted");
  }
}
