package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.SpaceId;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the bodies out of a frame: its signatures, its place in its feed and in the log hold as
 * before.
 */
final class WithheldBodies {

  private WithheldBodies() {}

  /**
   * Does it to one entry of a stream; false if that is no frame, or has no body.
   *
   * @param entries encoded, without the length before each
   */
  static boolean withhold(List<byte[]> entries, int chosen, SpaceId space) {
    EntryReader reader = new EntryReader(space);
    EntryWriter writer = new EntryWriter();
    List<byte[]> written = new ArrayList<>();
    boolean withheld = false;
    try {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = reader.read(entries.get(i));
        if (i == chosen && entry instanceof Entry.OfFrame framed) {
          withheld = framed.frame().changes().stream().anyMatch(WithheldBodies::hasBody);
          entry = new Entry.OfFrame(Frame.of(of(framed.frame().changes())), framed.positions());
        }
        written.add(AnswerForger.entries(writer.write(entry)).get(0));
      }
    } catch (CairnException e) {
      throw new IllegalStateException("the honest answer is malformed", e);
    }
    if (withheld) {
      entries.clear();
      entries.addAll(written);
    }
    return withheld;
  }

  private static boolean hasBody(Change change) {
    return change.ciphertext().isPresent();
  }

  /** The same changes, of payloads and signatures alone. */
  static List<Change> of(List<Change> changes) {
    List<Change> bodiless = new ArrayList<>();
    changes.forEach(change -> bodiless.add(change.withoutCiphertext()));
    return bodiless;
  }
}
