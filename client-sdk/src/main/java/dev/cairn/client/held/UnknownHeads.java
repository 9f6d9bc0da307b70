package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * That this device's feed has branches which this store has not seen: it was put back to an old
 * backup, or a copy of it writes elsewhere. A coordinator's confirmation that names a head nobody
 * here knows says so, or a server that takes no further branch. From then on this device fetches
 * its own changes with those of others, so that it joins what it finds, and can tell how much of
 * its own such a head continues.
 *
 * <p>For one transaction.
 */
public final class UnknownHeads {

  private final Map<DeviceId, Word> words;

  private UnknownHeads(Map<DeviceId, Word> words) {
    this.words = words;
  }

  /** A confirmation whose head is not held; of each coordinator's device the furthest. */
  private record Word(ChangeId id, long sequence, ChangeId head, List<ChangeId> unopened) {

    /** What it says, if its head continues this store's own changes up to a sequence. */
    Optional<Progress.Opening> opening(long through) {
      return through == 0
          ? Optional.empty()
          : Optional.of(new Progress.Opening(id, through, unopened));
    }
  }

  /** Whether there are, or were, such branches. */
  public static boolean are(SealedRows rows) throws CairnException {
    return Fact.UNKNOWN_HEADS.get(rows) != null;
  }

  /** Notes that there are. */
  public static void suspect(SealedRows rows) throws CairnException {
    if (!are(rows)) {
      new UnknownHeads(new TreeMap<>()).write(rows);
    }
  }

  /**
   * What a confirmation says of this store's own changes, as far as its head is known here; else it
   * is kept until the head has come.
   *
   * @param by the coordinator's device
   * @param id the change that says it
   */
  public static Optional<Progress.Opening> opening(
      SealedRows rows, DeviceId by, ChangeId id, Operation.Confirm confirm) throws CairnException {
    Word word = new Word(id, confirm.sequence(), confirm.head(), confirm.unopened());
    Optional<Long> reach = reach(rows, confirm.device(), word);
    if (!reach.isPresent()) {
      UnknownHeads all = read(rows);
      Word before = all.words.get(by);
      if (before == null || before.sequence() <= word.sequence()) {
        all.words.put(by, word);
        all.write(rows);
      }
    }
    return reach.flatMap(word::opening);
  }

  /** With what the words that waited say, where their heads are known by now. */
  public static Progress heard(SealedRows rows, DeviceId self, Progress progress)
      throws CairnException {
    if (!are(rows)) {
      return progress;
    }
    Progress told = progress;
    UnknownHeads all = read(rows);
    Map<DeviceId, Word> waiting = new TreeMap<>(all.words);
    for (Map.Entry<DeviceId, Word> entry : waiting.entrySet()) {
      Word word = entry.getValue();
      Optional<Long> reach = reach(rows, self, word);
      if (reach.isPresent()) {
        all.words.remove(entry.getKey());
        Optional<Progress.Opening> opening = word.opening(reach.get());
        told = opening.isPresent() ? told.opened(entry.getKey(), opening.get()) : told;
      }
    }
    if (all.words.size() < waiting.size()) {
      all.write(rows);
    }
    return told;
  }

  /**
   * The greatest sequence of a change of this store that a head continues, or is: all before it are
   * continued with it. 0 if there is none; empty if the head is not known as one of that sequence.
   */
  private static Optional<Long> reach(SealedRows rows, DeviceId self, Word word)
      throws CairnException {
    OptionalLong own = OwnChanges.sequence(rows, word.head());
    if (own.isPresent()) {
      return Optional.of(own.getAsLong() == word.sequence() ? own.getAsLong() : 0);
    }
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, word.head());
    if (!place.isPresent()) {
      return Optional.empty();
    }
    if (place.get().place().sequence() != word.sequence()) {
      return Optional.of(0L);
    }
    long reach = 0;
    Set<ChangeId> seen = new HashSet<>();
    Deque<ChangeId> next = new ArrayDeque<>();
    next.add(word.head());
    while (!next.isEmpty()) {
      ChangeId change = next.remove();
      OptionalLong sequence = OwnChanges.sequence(rows, change);
      if (sequence.isPresent()) {
        reach = Math.max(reach, sequence.getAsLong());
      } else if (seen.add(change)) {
        next.addAll(OthersChanges.continued(rows, self, change));
      }
    }
    return Optional.of(reach);
  }

  private static UnknownHeads read(SealedRows rows) throws CairnException {
    byte[] row = Fact.UNKNOWN_HEADS.get(rows);
    return new UnknownHeads(
        row == null
            ? new TreeMap<>()
            : StoredForm.read("unknown heads", row, UnknownHeads::readWords));
  }

  private static Map<DeviceId, Word> readWords(CborReader reader) throws CairnException {
    Map<DeviceId, Word> words = new TreeMap<>();
    int count = reader.arrayHeader();
    for (int i = 0; i < count; i++) {
      reader.arrayOf(5);
      DeviceId by = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
      ChangeId id = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      long sequence = reader.uint();
      ChangeId head = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      words.put(by, new Word(id, sequence, head, StoredForm.readIds(reader)));
    }
    return words;
  }

  private void write(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter().array(words.size());
    for (Map.Entry<DeviceId, Word> entry : words.entrySet()) {
      Word word = entry.getValue();
      writer.array(5).bytes(entry.getKey().bytes()).bytes(word.id().bytes());
      writer.uint(word.sequence()).bytes(word.head().bytes());
      StoredForm.write(writer, word.unopened());
    }
    Fact.UNKNOWN_HEADS.put(rows, writer.toBytes());
  }
}
