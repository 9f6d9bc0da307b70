package dev.cairn.cli.travel;

import dev.cairn.cli.console.Output;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.id.AttachmentId;

/** Tells on stderr how a sync goes on, one line for each piece that is acknowledged. */
final class Progress implements SyncListener {

  private final Output output;

  Progress(Output output) {
    this.output = output;
  }

  @Override
  public void onReceived(long done, long total) {
    output.say("acknowledged " + done + " of " + total);
  }

  @Override
  public void onPulled(long changes) {
    output.say("fetched " + changes);
  }

  @Override
  public void onAttachment(AttachmentId attachment, long sentBytes, long totalBytes) {
    String name = attachment.toString().substring(0, 12);
    output.say("attachment " + name + ": " + sentBytes + " of " + totalBytes + " bytes");
  }
}
