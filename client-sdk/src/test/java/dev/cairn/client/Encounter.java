package dev.cairn.client;

import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.meeting.MeetingResult;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.meeting.Side;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Two devices that meet in memory, over a link that may be cut after so many bytes. */
final class Encounter {

  private final Device caller;
  private final Device answerer;
  final ByteArrayOutputStream toAnswerer = new ByteArrayOutputStream();
  final ByteArrayOutputStream toCaller = new ByteArrayOutputStream();
  private long leftToAnswerer = Long.MAX_VALUE;
  private long leftToCaller = Long.MAX_VALUE;
  private int chunk = Integer.MAX_VALUE;
  private MeetingListener atAnswerer = MeetingListener.NONE;

  private Encounter(Device caller, Device answerer) {
    this.caller = caller;
    this.answerer = answerer;
  }

  static Encounter of(Device caller, Device answerer) {
    return new Encounter(caller, answerer);
  }

  /** The link dies in one direction, and with it in both, after so many bytes. */
  Encounter cutAfter(long bytesToAnswerer, long bytesToCaller) {
    leftToAnswerer = bytesToAnswerer;
    leftToCaller = bytesToCaller;
    return this;
  }

  /** What arrives comes in pieces of so many bytes. */
  Encounter inPiecesOf(int bytes) {
    chunk = bytes;
    return this;
  }

  Encounter listening(MeetingListener listener) {
    atAnswerer = listener;
    return this;
  }

  /** What came of it at one end, or the code of what it was refused with. */
  record End(MeetingResult result, String refused) {
    boolean isWhole() {
      return result != null && result.isWhole();
    }
  }

  /** Runs it; the caller's end first. */
  List<End> run() throws CairnException {
    Meeting calling = caller.meeting(Side.CALLER, MeetingListener.NONE);
    Meeting answering = answerer.meeting(Side.ANSWERER, atAnswerer);
    String callerRefused = "";
    String answererRefused = "";
    boolean moved = true;
    while (moved) {
      byte[] there = calling.output();
      toAnswerer.write(there, 0, there.length);
      int arrives = (int) Math.min(there.length, leftToAnswerer);
      leftToAnswerer -= arrives;
      answererRefused = feed(answering, Arrays.copyOf(there, arrives), answererRefused);
      byte[] back = answererRefused.isEmpty() ? answering.output() : new byte[0];
      toCaller.write(back, 0, back.length);
      boolean alive = arrives == there.length;
      arrives = alive ? (int) Math.min(back.length, leftToCaller) : 0;
      leftToCaller -= arrives;
      callerRefused = feed(calling, Arrays.copyOf(back, arrives), callerRefused);
      moved =
          alive
              && arrives == back.length
              && there.length + back.length > 0
              && callerRefused.isEmpty()
              && answererRefused.isEmpty();
    }
    return List.of(end(caller, calling, callerRefused), end(answerer, answering, answererRefused));
  }

  private String feed(Meeting meeting, byte[] bytes, String refusedBefore) {
    try {
      for (int at = 0; at < bytes.length && refusedBefore.isEmpty(); ) {
        int count = Math.min(chunk, bytes.length - at);
        meeting.receive(bytes, at, count);
        at += count;
      }
      return refusedBefore;
    } catch (CairnException refused) {
      return refused.code();
    }
  }

  private static End end(Device device, Meeting meeting, String refused) {
    try {
      return new End(device.end(meeting), refused);
    } catch (CairnException unmet) {
      return new End(null, refused.isEmpty() ? unmet.code() : refused);
    }
  }
}
