package dev.cairn.client.meeting;

import dev.cairn.protocol.CairnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Runs a meeting over two blocking streams, on the caller's thread. */
public final class MeetingStreams {

  private static final int READ_BYTES = 32 * 1024;

  private MeetingStreams() {}

  /**
   * Runs a meeting until it is over or the streams end. That they end, or fail, early is no failure
   * of the meeting: what came is kept.
   *
   * @param in what the other end sends; where it may fall silent for ever, one with a timeout
   */
  public static void run(Meeting meeting, InputStream in, OutputStream out) throws CairnException {
    byte[] read = new byte[READ_BYTES];
    try {
      send(meeting, out);
      while (!meeting.isOver()) {
        int count = in.read(read);
        if (count < 0) {
          return;
        }
        meeting.receive(read, 0, count);
        send(meeting, out);
      }
    } catch (IOException cut) {
      return; // The next meeting goes on.
    }
  }

  private static void send(Meeting meeting, OutputStream out) throws IOException {
    byte[] bytes = meeting.output();
    if (bytes.length > 0) {
      out.write(bytes);
      out.flush();
    }
  }
}
