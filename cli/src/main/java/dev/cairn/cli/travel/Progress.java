package dev.cairn.cli.travel;

import dev.cairn.cli.console.Output;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.id.AttachmentId;

/** Tells on stderr how a sync goes on, one line for each piece that is acknowledged. */
final class Progress implements SyncListener {

  private final Output output;
  private final long attachmentBytesMax;

  Progress(Output output, long attachmentBytesMax) {
    this.output = output;
    this.attachmentBytesMax = attachmentBytesMax;
  }

  @Override
  public long attachmentBytesMax() {
    return attachmentBytesMax;
  }

  @Override
  public void onReceived(long done, long total) {
    output.say("acknowledged " + done + " of " + total);
  }

  @Override
  public void onGeneration(long generation, long again) {
    output.say(
        "the log was opened anew by the owner (generation "
            + generation
            + "); "
            + again
            + " of yours are sent again");
  }

  @Override
  public void onPulled(long changes) {
    output.say("fetched " + changes);
  }

  @Override
  public void onAttachment(AttachmentId attachment, long sentBytes, long totalBytes) {
    output.say(name(attachment) + ": " + sentBytes + " of " + totalBytes + " bytes");
  }

  @Override
  public void onAttachmentLost(AttachmentId attachment) {
    output.say(name(attachment) + ": the server had it and cannot show it now; sending it again");
  }

  @Override
  public void onAttachmentFetched(AttachmentId attachment, long arrivedBytes, long totalBytes) {
    output.say(name(attachment) + ": fetched " + arrivedBytes + " of " + totalBytes + " bytes");
  }

  private static String name(AttachmentId attachment) {
    return "attachment " + attachment.toString().substring(0, 12);
  }
}
