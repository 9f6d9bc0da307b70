package dev.cairn.client.capture;

import dev.cairn.client.held.Confirmed;
import dev.cairn.client.held.GoodHistory;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.ReviewState;
import java.util.Optional;

/**
 * How far reports have come, from what is proven: receipts for the first step, signed words of
 * coordinators for the others.
 */
final class ReportStates {

  /** The code with which a server sets aside what a suspended device sends. */
  private static final String SUSPENDED = "device.suspended";

  private final Confirmed opened;
  private final Progress progress;
  private final GoodHistory history;

  ReportStates(Holdings holdings, SealedRows rows) throws CairnException {
    this.progress = Progress.read(rows);
    this.history = new GoodHistory(holdings.roster(), rows);
    this.opened = new Confirmed(rows, holdings.roster(), history);
  }

  ReportState of(RecordEntry entry) throws CairnException {
    Optional<Progress.Refusal> refusal = progress.refusal();
    if (refusal.isPresent() && concerns(refusal.get(), entry)) {
      return refusal.get().code().equals(SUSPENDED) ? ReportState.QUARANTINED : ReportState.REFUSED;
    }
    if (asksSomething(entry)) {
      return ReportState.SENT_BACK;
    }
    boolean received = true;
    boolean confirmed = true;
    for (long sequence : entry.sequences()) {
      received &= sequence <= progress.receivedThrough();
      confirmed &= opened.holds(sequence, entry.audience());
    }
    // A desk that was met by hand has opened it, though no log has it yet.
    if (!received && !confirmed) {
      return ReportState.SAVED;
    }
    if (isReviewed(entry)) {
      return ReportState.REVIEWED;
    }
    return confirmed ? ReportState.CONFIRMED : ReportState.RECEIVED;
  }

  private static boolean concerns(Progress.Refusal refusal, RecordEntry entry) {
    return entry.sequences().stream()
        .anyMatch(sequence -> sequence >= refusal.from() && sequence <= refusal.to());
  }

  /** Whether a coordinator said this. */
  boolean isBelieved(ChangeId word) throws CairnException {
    return history.isCoordinatorsWord(word);
  }

  private boolean asksSomething(RecordEntry entry) throws CairnException {
    for (ChangeId question : entry.unanswered()) {
      if (isBelieved(question)) {
        return true;
      }
    }
    return false;
  }

  private boolean isReviewed(RecordEntry entry) throws CairnException {
    Optional<RecordEntry.Review> review = entry.review();
    return review.isPresent()
        && review.get().state() >= ReviewState.REVIEWED.code()
        && isBelieved(review.get().word());
  }
}
