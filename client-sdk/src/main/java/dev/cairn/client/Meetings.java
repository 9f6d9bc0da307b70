package dev.cairn.client;

import dev.cairn.client.capture.Recorder;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.meeting.MeetingResult;
import dev.cairn.client.meeting.MeetingStreams;
import dev.cairn.client.sync.SyncEngine;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.roster.DeviceEntry;
import java.io.InputStream;
import java.io.OutputStream;

/** Meetings of one device with others. */
final class Meetings {

  private final Holdings holdings;
  private final SyncEngine engine;
  private final Recorder recorder;

  Meetings(Holdings holdings, SyncEngine engine, Recorder recorder) {
    this.holdings = holdings;
    this.engine = engine;
    this.recorder = recorder;
  }

  Meeting begin(Side side, MeetingListener listener) throws CairnException {
    MeetingListener refreshing =
        new MeetingListener() {
          @Override
          public void met(DeviceEntry peer) {
            listener.met(peer);
          }

          @Override
          public void taken() throws CairnException {
            recorder.refresh(false);
            listener.taken();
          }
        };
    return new Meeting(holdings, engine.courier(), side, refreshing);
  }

  MeetingResult end(Meeting meeting) throws CairnException {
    try {
      MeetingResult result = meeting.end();
      engine.throwLie();
      return result;
    } finally {
      recorder.refresh(false);
      engine.attachments().removeErased();
    }
  }

  MeetingResult run(Side side, InputStream in, OutputStream out, MeetingListener listener)
      throws CairnException {
    Meeting meeting = begin(side, listener);
    try {
      MeetingStreams.run(meeting, in, out);
    } catch (CairnException refused) {
      endAfter(meeting, refused);
      throw refused;
    }
    return end(meeting);
  }

  /** Keeps what came; why it ended is what the caller has to hear. */
  private void endAfter(Meeting meeting, CairnException refused) {
    try {
      end(meeting);
    } catch (CairnException alsoWrong) {
      refused.addSuppressed(alsoWrong);
    }
  }
}
