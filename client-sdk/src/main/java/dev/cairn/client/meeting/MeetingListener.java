package dev.cairn.client.meeting;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.roster.DeviceEntry;

/** Hears how a meeting goes, on the thread that runs it. */
public interface MeetingListener {

  /** Hears nothing. */
  MeetingListener NONE = new MeetingListener() {};

  /** Somebody has proven to be a member. */
  default void met(DeviceEntry peer) {}

  /**
   * Everything that came has been taken in. What is written now, a desk's confirmations say, goes
   * back in the same meeting.
   */
  default void taken() throws CairnException {}
}
