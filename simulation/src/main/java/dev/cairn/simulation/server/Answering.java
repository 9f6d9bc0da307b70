package dev.cairn.simulation.server;

import java.util.Map;

/** A request that is being answered: its body goes in, the answer's body comes out. */
public interface Answering {

  /** HTTP status. */
  int status();

  /** Headers of the answer, by names in lower case. */
  Map<String, String> headers();

  /** Takes a piece of a streamed body; returns what is answered to it so far. */
  byte[] take(byte[] piece);

  /** Takes the end of a streamed body; returns the rest of the answer. */
  byte[] end();

  /** Whether it may announce more than ever comes: whoever waits for that gives up some time. */
  default boolean mayLeaveWaiting() {
    return false;
  }
}
