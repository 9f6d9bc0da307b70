package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A change up to which a device is believed, with all that it continues.
 *
 * <p>The sequence is for whoever does not hold the change yet: a server that is handed an older one
 * first cannot know that this one continues it.
 *
 * @param sequence its place in the feed, from 1
 * @param change the change
 */
public record LastGood(long sequence, ChangeId change) implements Comparable<LastGood> {

  private static final String WHAT = "last good changes";
  private static final Comparator<LastGood> ORDER =
      Comparator.comparingLong(LastGood::sequence).thenComparing(LastGood::change);

  /** Refuses a place that no feed has. */
  public LastGood {
    if (sequence < 1 || sequence > Limits.FEED_SEQUENCE_MAX) {
      throw new IllegalArgumentException("last good change at " + sequence);
    }
  }

  /** An immutable copy of a list that must be in order already. */
  static List<LastGood> checked(List<LastGood> list) {
    return Ascending.checked(WHAT, list, Limits.LAST_GOOD_CHANGES_MAX, Function.identity());
  }

  static List<LastGood> readList(CborReader reader) throws MalformedException {
    return Ascending.read(
        reader, WHAT, Limits.LAST_GOOD_CHANGES_MAX, LastGood::read, Function.identity());
  }

  private static LastGood read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    int at = reader.position();
    long sequence = reader.uint(Limits.FEED_SEQUENCE_MAX);
    if (sequence < 1) {
      throw new MalformedException("last good change before the first", at);
    }
    return new LastGood(sequence, Keys.change(reader));
  }

  static void write(CborWriter writer, List<LastGood> list) {
    writer.array(list.size());
    for (LastGood each : list) {
      writer.array(2).uint(each.sequence).bytes(each.change.bytes());
    }
  }

  @Override
  public int compareTo(LastGood other) {
    return ORDER.compare(this, other);
  }
}
