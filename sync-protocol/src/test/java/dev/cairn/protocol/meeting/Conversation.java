package dev.cairn.protocol.meeting;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SeededRandomness;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Two ends in memory, and everything that passed between them. */
final class Conversation {

  final PeerStream caller;
  final PeerStream answerer;
  final ByteArrayOutputStream toAnswerer = new ByteArrayOutputStream();
  final ByteArrayOutputStream toCaller = new ByteArrayOutputStream();
  final List<Word> heardByCaller = new ArrayList<>();
  final List<Word> heardByAnswerer = new ArrayList<>();
  @Nullable CairnException callerRefused;
  @Nullable CairnException answererRefused;
  private final int chunk;

  /** One byte of what the caller sends, or of what the answerer does, is changed: -1 none. */
  int alteredToAnswerer = -1;

  int alteredToCaller = -1;

  Conversation(PeerStream caller, PeerStream answerer, int chunk) {
    this.caller = caller;
    this.answerer = answerer;
    this.chunk = chunk;
  }

  static PeerStream end(Side side, RosterState roster, Person person, long seed)
      throws CairnException {
    Randomness randomness = new SeededRandomness(seed);
    return new PeerStream(side, roster, person.signing(), randomness);
  }

  static Conversation between(Organisation org, Person caller, Person answerer)
      throws CairnException {
    return new Conversation(
        end(Side.CALLER, org.heldBy(caller), caller, 1),
        end(Side.ANSWERER, org.heldBy(answerer), answerer, 2),
        Integer.MAX_VALUE);
  }

  /** Lets both speak until neither has anything to say, or one refuses. */
  Conversation run() {
    boolean moved = true;
    while (moved) {
      byte[] there = callerRefused == null ? caller.output() : new byte[0];
      if (answererRefused == null) {
        answererRefused =
            feed(answerer, altered(there, toAnswerer.size(), alteredToAnswerer), heardByAnswerer);
      }
      toAnswerer.write(there, 0, there.length);
      byte[] back = answererRefused == null ? answerer.output() : new byte[0];
      if (callerRefused == null) {
        callerRefused =
            feed(caller, altered(back, toCaller.size(), alteredToCaller), heardByCaller);
      }
      toCaller.write(back, 0, back.length);
      moved = there.length + back.length > 0;
    }
    return this;
  }

  private static byte[] altered(byte[] bytes, int before, int position) {
    byte[] copy = bytes.clone();
    int at = position - before;
    if (position >= 0 && at >= 0 && at < copy.length) {
      copy[at] ^= 1;
    }
    return copy;
  }

  private @Nullable CairnException feed(PeerStream end, byte[] bytes, List<Word> heard) {
    try {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(chunk, bytes.length - at);
        end.feed(bytes, at, count);
        at += count;
        Optional<Word> word = end.next();
        while (word.isPresent()) {
          heard.add(word.get());
          word = end.next();
        }
      }
      return null;
    } catch (CairnException refused) {
      return refused;
    }
  }

  /** Whether both know who is there. */
  boolean met() {
    return caller.peer().isPresent() && answerer.peer().isPresent();
  }
}
