package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frames that lack a body, and what follows them. Who hands to a log what it lost has no body of
 * what was erased, and the erasure is often behind it in the same feed, further than a frame
 * reaches. Alone neither can be taken: readers would miss a body that nobody withdrew, and a feed
 * has no gaps. So they wait here for each other and go into the log together or not at all.
 *
 * <p>Nothing here is durable, and nobody was told that it is: it is pushed again. How much there is
 * is bounded, and who began first makes room, so that nobody can keep the place for ever.
 */
final class AwaitedErasures {

  private record Feed(SpaceId space, DeviceId device) {}

  /** By the first change of each, so that one that is pushed again is kept once. */
  private static final class Frames {
    private final Map<ChangeId, Frame> frames = new HashMap<>();
    private long sizeBytes;

    void add(Frame frame) {
      if (frames.putIfAbsent(first(frame).id(), frame) == null) {
        sizeBytes += sizeBytes(frame);
      }
    }

    /** Each before those that continue it, however they came. */
    List<Frame> inOrder() {
      List<Frame> inOrder = new ArrayList<>(frames.values());
      inOrder.sort(
          Comparator.comparingLong((Frame frame) -> first(frame).prefix().sequence())
              .thenComparing(frame -> first(frame).id()));
      return inOrder;
    }

    private static Change first(Frame frame) {
      return frame.changes().get(0);
    }
  }

  private final Map<Feed, Frames> feeds = new LinkedHashMap<>();

  private static long sizeBytes(Frame frame) {
    return frame.changes().stream().mapToLong(Change::sizeBytes).sum();
  }

  /**
   * Keeps of a submission what has to wait.
   *
   * @param answers what was answered to its offers
   * @return the answers to give
   */
  List<Answer> keep(Submission submission, List<Answer> answers) {
    List<Answer> given = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      boolean waits =
          answer instanceof Answer.Refused no
              && submission.offers().get(i) instanceof Offer.OfFrame of
              && keeps(new Feed(submission.space(), of.frame().device()), of.frame(), no.code());
      given.add(waits ? new Answer.Refused(RefusalCode.BODY_AWAITED.code()) : answer);
    }
    return given;
  }

  private boolean keeps(Feed feed, Frame frame, String code) {
    boolean begins = code.equals(RefusalCode.BODY_MISSING.code());
    boolean follows = code.equals(RefusalCode.FEED_GAP.code()) && feeds.containsKey(feed);
    if (!begins && !follows) {
      return false;
    }
    Frames frames = feeds.computeIfAbsent(feed, any -> new Frames());
    frames.add(frame);
    if (frames.sizeBytes > Limits.AWAITED_BYTES_MAX) {
      feeds.remove(feed);
      return false;
    }
    if (feeds.size() > Limits.AWAITED_FEEDS_MAX) {
      Iterator<Feed> first = feeds.keySet().iterator();
      first.next();
      first.remove();
    }
    return true;
  }

  /**
   * Whether an erasure came that frames may have waited for, or what makes one count.
   *
   * @param roster of the submission's space; on the word of who decides nothing no body is missing,
   *     so it is not worth the work
   */
  boolean isDue(Submission submission, RosterState roster) {
    return !devices(submission.space()).isEmpty()
        && submission.offers().stream().anyMatch(offer -> mayExplain(offer, roster));
  }

  private static boolean mayExplain(Offer offer, RosterState roster) {
    return offer instanceof Offer.OfFrame of
        && roster.mayDecide(of.frame().device())
        && of.frame().changes().stream().anyMatch(each -> ErasureRules.mayExplain(each, roster));
  }

  /** Whose frames wait in a space. */
  Set<DeviceId> devices(SpaceId space) {
    Set<DeviceId> devices = new LinkedHashSet<>();
    for (Feed feed : feeds.keySet()) {
      if (feed.space().equals(space)) {
        devices.add(feed.device());
      }
    }
    return devices;
  }

  /**
   * Counts into a batch what waits of these devices.
   *
   * @return those of them of whom a body would be missing then that nothing erases; if there are
   *     any, the batch is to be dropped
   */
  Set<DeviceId> judge(SpaceBatch batch, Set<DeviceId> devices) throws StoreException {
    Map<ChangeId, DeviceId> bodiless = new LinkedHashMap<>();
    for (DeviceId device : devices) {
      Frames frames = feeds.get(new Feed(batch.space(), device));
      if (frames != null) {
        for (Frame frame : frames.inOrder()) {
          if (batch.answer(new Offer.OfFrame(frame)) instanceof Answer.Placed) {
            note(bodiless, frame);
          }
        }
      }
    }
    Set<ChangeId> erased = new HashSet<>(batch.erased());
    Set<DeviceId> unexplained = new LinkedHashSet<>();
    for (Map.Entry<ChangeId, DeviceId> each : bodiless.entrySet()) {
      ChangeId change = each.getKey();
      if (!erased.contains(change) && batch.stored().position(batch.space(), change).isEmpty()) {
        unexplained.add(each.getValue());
      }
    }
    return unexplained;
  }

  private static void note(Map<ChangeId, DeviceId> bodiless, Frame frame) {
    for (Change change : frame.changes()) {
      if (!change.opensSession() && !change.ciphertext().isPresent()) {
        bodiless.put(change.id(), frame.device());
      }
    }
  }

  /** Forgets what went into the log. */
  void forget(SpaceId space, Set<DeviceId> devices) {
    devices.forEach(device -> feeds.remove(new Feed(space, device)));
  }
}
