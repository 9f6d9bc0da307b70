package dev.cairn.client.sync;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.Attachments;
import dev.cairn.client.attachment.SignedRequests;
import dev.cairn.client.courier.Courier;
import dev.cairn.client.courier.Delivery;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Mending;
import dev.cairn.client.held.Progress;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.space.CircleMerging;
import dev.cairn.client.space.LostDevices;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.invitation.ServerInvitation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a device and a server to the same state: push, pull, then parcels of others and
 * attachments. Everything happens on the caller's thread; time, chance and the network are handed
 * in.
 *
 * <p><b>Guarantee.</b> What a verified receipt acknowledged stays acknowledged, whatever cuts the
 * link afterwards; doing it again does no harm.
 */
public final class SyncEngine {

  /** The code of a server that has less of the log than this device has seen. */
  static final String BEHIND = "log.behind";

  /** The code of a server that refuses a device which was cut off, whatever it asks. */
  private static final String SUSPENDED = "device.suspended";

  private final Holdings holdings;
  private final Intake intake;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final CourierReceipts courierReceipts;
  private final Attachments attachments;
  private final Courier courier;
  private boolean ownFeedGrew;

  /** Syncs this device. */
  public SyncEngine(Holdings holdings) {
    this.holdings = holdings;
    this.intake = new Intake(holdings);
    this.trust = new LogTrust(holdings);
    this.receipts = new OwnReceipts(holdings, trust);
    this.attachments = new Attachments(holdings);
    this.courierReceipts = new CourierReceipts(holdings, trust, receipts);
    this.courier = new Courier(holdings, intake, courierReceipts);
  }

  /** The courier that shares this engine's way of taking things in. */
  public Courier courier() {
    return courier;
  }

  /** The attachments of the device. */
  public Attachments attachments() {
    return attachments;
  }

  /** Whether the last sync found this device's own feed to be longer than its store knew. */
  public boolean ownFeedGrew() {
    return ownFeedGrew;
  }

  /** See {@code Device.sync}. */
  public SyncResult sync(Transport transport, SyncListener listener) throws CairnException {
    SyncResult result;
    ownFeedGrew = false;
    try {
      result = runKnown(transport, listener);
    } catch (LyingServerException lie) {
      trust.keep(lie);
      holdings.adoptOutbox();
      sealAfter(lie);
      throw lie;
    } catch (CairnException cut) {
      sealAfter(cut);
      throw cut;
    }
    receipts.seal();
    return result;
  }

  /**
   * As {@link #run}. A server that does not know a device whose admission it gave a receipt for, or
   * has less than it had, has lost something or shows another log: its receipts prove nothing any
   * more, and what it says of the log is looked at once more. One that says itself that it was
   * restored is refilled, and one whose log an owner has opened anew is followed.
   */
  private SyncResult runKnown(Transport transport, SyncListener listener) throws CairnException {
    NewGeneration.begin(holdings, listener);
    try {
      return run(transport, listener);
    } catch (RefusedException refused) {
      if (refused.code().equals(NewGeneration.REFILLING)) {
        throw renewal(transport, listener).refilled(refused);
      }
      if (refused.code().equals(NewGeneration.OPENED)) {
        return anew(transport, listener, refused);
      }
      if (refused.code().equals(SUSPENDED)) {
        holdings.store().change(SyncEngine::cutOff);
        throw new RefusedException(
            SUSPENDED,
            "this device was cut off. What it has not sent stays here: a bundle can take it to a"
                + " coordinator's desk, who may accept it");
      }
      boolean forgot = refused.code().equals(IntakeBatch.DEVICE_UNKNOWN) && admitted();
      if (!forgot && !refused.code().equals(BEHIND)) {
        throw refused;
      }
      holdings.store().change(rows -> StartingOver.write(holdings, rows));
      holdings.adoptOutbox();
      if (!forgot) {
        throw refused;
      }
      return run(transport, listener);
    }
  }

  /** What is not received now was not taken because this device is cut off. */
  private static void cutOff(SealedRows rows) throws CairnException {
    Progress progress = Progress.read(rows);
    long from = progress.receivedThrough() + 1;
    long to = OwnChangesCount.of(rows);
    if (from <= to) {
      progress.refused(new Progress.Refusal(from, to, SUSPENDED)).write(rows);
    }
  }

  private SyncResult anew(Transport transport, SyncListener listener, RefusedException refused)
      throws CairnException {
    if (!renewal(transport, listener).follow()) {
      throw refused;
    }
    try {
      return run(transport, listener);
    } catch (RefusedException again) {
      throw again.code().equals(NewGeneration.REFILLING)
          ? renewal(transport, listener).refilled(again)
          : again;
    }
  }

  private LogRenewal renewal(Transport transport, SyncListener listener) throws CairnException {
    ServerLink link = ServerLink.of(transport, holdings);
    return new LogRenewal(
        holdings, intake, link, trust, receipts, listener, () -> pull(link, listener));
  }

  /** Seals what was received before a sync ended; why it ended is what the caller has to hear. */
  private void sealAfter(CairnException end) {
    try {
      receipts.seal();
    } catch (CairnException unsealed) {
      end.addSuppressed(unsealed); // The next open seals it.
    }
  }

  private SyncResult run(Transport transport, SyncListener listener) throws CairnException {
    Traffic before = transport.traffic();
    FirstContact.found(holdings, receipts, transport);
    ServerLink link = ServerLink.of(transport, holdings);
    Pushes pushes =
        new Pushes(holdings, alone -> Push.of(holdings, link, trust, receipts, listener, alone));
    boolean anew = NewGeneration.isUnsettled(holdings);
    Set<String> shutOut = anew ? renewal(transport, listener).catchUp() : Set.of();
    if (!shutOut.isEmpty()) {
      throw notLetIn(shutOut);
    }
    Delivery delivery = courier.delivery(link, () -> trust.isShown(questions(link)));
    // What this device read of a parcel its own changes may lean on: the server gets it first.
    int delivered = delivery.read();
    pushes.run();
    if (!pushes.refused().isEmpty() && !admitted()) {
      throw notLetIn(pushes.refused());
    }
    int late = delivery.rest();
    if (late > 0 && !pushes.refused().isEmpty()) {
      pushes.run();
    }
    // The receipts of a moment ago told of the log's end as well.
    boolean hasJustHeard = pushes.hasOnlyReceipts() && delivered + late == 0 && !anew;
    long pulled = hasJustHeard ? pullIfNeeded(link, listener) : pull(link, listener);
    if (anew) {
      renewal(transport, listener).resend();
      pulled += pull(link, listener);
      NewGeneration.settled(holdings);
    }
    if (new Released(holdings, link, trust).send()) {
      pulled += pull(link, listener);
    }
    List<String> refused = new ArrayList<>(pushes.refused());
    courierReceipts.ask(link).ifPresent(refused::add);
    boolean hasReleased = new LostDevices(holdings).release();
    if (new CircleMerging(holdings).run() || hasReleased) {
      pushes.run();
    }
    List<AttachmentTrouble> troubles = attachments.send(transport, link, listener);
    throwLie();
    Traffic used = transport.traffic().since(before);
    return new SyncResult(
        pushes.received(),
        pulled,
        pushes.receiptCount() + delivered + late,
        used.bytesUp(),
        used.bytesDown(),
        used.requests(),
        remaining(),
        refused,
        troubles);
  }

  private LogQuestions questions(ServerLink link) {
    return new LogQuestions(link, holdings.identity().space());
  }

  private long pull(ServerLink link, SyncListener listener) throws CairnException {
    return pull(new Pull(holdings, link, trust, intake, listener), false);
  }

  private long pullIfNeeded(ServerLink link, SyncListener listener) throws CairnException {
    return pull(new Pull(holdings, link, trust, intake, listener), true);
  }

  private long pull(Pull pull, boolean onlyIfNeeded) throws CairnException {
    Mending.beginIfMiscounted(holdings);
    if (!onlyIfNeeded || !pull.isNeedless()) {
      pull.run();
    }
    Mending.finish(holdings);
    ownFeedGrew |= pull.ownFeedGrew();
    return pull.pulled();
  }

  /**
   * Opens the next generation of the log, in an owner's name.
   *
   * @return its number
   */
  public long openGeneration(Transport transport, SyncListener listener) throws CairnException {
    ServerLink link = ServerLink.of(transport, holdings);
    try {
      return new GenerationOpening(holdings, intake, link).run(listener);
    } catch (LyingServerException lie) {
      trust.keep(lie);
      throw lie;
    }
  }

  /**
   * Leads the space to another server, in an owner's name.
   *
   * @return the generation that its log is
   */
  public long moveSpace(ServerInvitation invitation, Transport transport, SyncListener listener)
      throws CairnException {
    return new SpaceMove(holdings, intake, invitation).run(transport, listener);
  }

  /** Why, by what was refused first: the rest is refused for following it. */
  private RefusedException notLetIn(Set<String> refused) {
    String first = refused.iterator().next();
    return Pushes.isGap(refused)
        ? new RefusedException(
            "invitation.early",
            "the server has not heard of the invitation yet: who wrote it has to sync first."
                + " What was recorded is kept, and goes with the next sync")
        : new RefusedException(
            first,
            PushTally.passes(first)
                ? "the server can take nothing at the moment"
                : "the server does not let this device in");
  }

  private boolean admitted() {
    return LogRenewal.admitted(holdings);
  }

  /**
   * Tells of a lie that what came by hand has shown. Its proof is kept, and everything else that
   * came is taken in.
   *
   * @throws LyingServerException if there was one
   */
  public void throwLie() throws LyingServerException {
    Optional<LyingServerException> lie = courierReceipts.caught();
    if (lie.isPresent()) {
      throw lie.get();
    }
  }

  /** Signed requests of this device over a transport, for what lies beside a sync. */
  public SignedRequests requests(Transport transport) throws CairnException {
    return ServerLink.of(transport, holdings);
  }

  private long remaining() throws CairnException {
    long changes =
        holdings
            .store()
            .read(rows -> OwnChangesCount.of(rows) - Progress.read(rows).receivedThrough());
    return Math.max(0, changes) + holdings.book().outbox().size() + attachments.waiting();
  }
}
