package dev.cairn.client.sync;

import dev.cairn.client.attachment.AttachmentTrouble;
import java.util.List;

/**
 * What a sync did.
 *
 * @param pushed changes of this device that the log newly proved to hold
 * @param pulled changes of others that were new here
 * @param receipts receipts that were verified
 * @param bytesUp HTTP headers and bodies sent
 * @param bytesDown HTTP headers and bodies received
 * @param requests HTTP requests made
 * @param remaining what still waits to be sent: changes, statements and attachments
 * @param refused stable codes of what the server refused, each once
 * @param attachments why files did not go, or did not come
 */
public record SyncResult(
    long pushed,
    long pulled,
    long receipts,
    long bytesUp,
    long bytesDown,
    long requests,
    long remaining,
    List<String> refused,
    List<AttachmentTrouble> attachments) {

  /** A sync that did nothing. */
  public static final SyncResult NOTHING =
      new SyncResult(0, 0, 0, 0, 0, 0, 0, List.of(), List.of());

  /** Takes a copy. */
  public SyncResult {
    refused = List.copyOf(refused);
    attachments = List.copyOf(attachments);
  }

  /** This sync and one after it: what was done is added up, what is left is what is left now. */
  public SyncResult then(SyncResult next) {
    return new SyncResult(
        pushed + next.pushed,
        pulled + next.pulled,
        receipts + next.receipts,
        bytesUp + next.bytesUp,
        bytesDown + next.bytesDown,
        requests + next.requests,
        next.remaining,
        next.refused,
        next.attachments);
  }

  /** The same with other codes of what was refused. */
  public SyncResult refusing(List<String> codes) {
    return new SyncResult(
        pushed, pulled, receipts, bytesUp, bytesDown, requests, remaining, codes, attachments);
  }

  /** The same with other files that did not go or come. */
  public SyncResult lacking(List<AttachmentTrouble> troubles) {
    return new SyncResult(
        pushed, pulled, receipts, bytesUp, bytesDown, requests, remaining, refused, troubles);
  }

  /** The same with what else was carried. */
  public SyncResult with(long moreBytesUp, long moreBytesDown, long moreRequests) {
    return new SyncResult(
        pushed,
        pulled,
        receipts,
        bytesUp + moreBytesUp,
        bytesDown + moreBytesDown,
        requests + moreRequests,
        remaining,
        refused,
        attachments);
  }
}
