package dev.cairn.client.sync;

import dev.cairn.client.attachment.Attachments;
import dev.cairn.protocol.id.AttachmentId;

/**
 * Hears how a sync goes on, and says what may travel. Called on the thread that syncs, between
 * transactions; what it throws ends the sync and loses nothing.
 */
public interface SyncListener extends Attachments.Watcher {

  /** Hears nothing and allows everything. */
  SyncListener NONE = new SyncListener() {};

  /**
   * More of this device's changes have a receipt.
   *
   * @param done with a receipt since this sync began
   * @param total to send when it began
   */
  default void onReceived(long done, long total) {}

  /**
   * More of what others wrote is here.
   *
   * @param changes taken in since this sync began
   */
  default void onPulled(long changes) {}

  /**
   * Changes in the log are of devices that are not known here: they are left out until the roster
   * knows them. A roster held in part does not know every device, so this proves no lie.
   *
   * @param changes left out just now
   */
  default void onSetAside(long changes) {}

  /**
   * The log was opened anew by an owner.
   *
   * @param generation the life of the log from now on
   * @param again statements and changes of this device that are handed to it again
   */
  default void onGeneration(long generation, long again) {}

  /** More of an attachment's encrypted file has arrived at the server. */
  @Override
  default void onAttachment(AttachmentId attachment, long sentBytes, long totalBytes) {}

  /** The server had a file and cannot show it now: it is sent again. */
  @Override
  default void onAttachmentLost(AttachmentId attachment) {}

  /** More of an attachment's encrypted file has arrived here. */
  @Override
  default void onAttachmentFetched(AttachmentId attachment, long arrivedBytes, long totalBytes) {}

  /** The largest encrypted file that a desk fetches unasked. */
  default long attachmentBytesMax() {
    return Long.MAX_VALUE;
  }

  /** Whether attachments may travel now: on this network, at this time. */
  @Override
  default boolean maySendAttachments() {
    return true;
  }
}
