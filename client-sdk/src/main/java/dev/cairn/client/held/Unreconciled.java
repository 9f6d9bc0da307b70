package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signed checkpoints that came by hand and could not be held against the last one seen, each with
 * the receipts under it. The log has to account for every one of them at the next contact: until it
 * did, what they prove is not <i>received</i>, for a log that lies to one device proves to it
 * whatever that device asks.
 *
 * <p>Immutable. Bounded; what has no room is left out, and is asked for again with the changes.
 */
public final class Unreconciled {

  private static final int FIELDS = 4;

  private final List<Waiting> all;

  private Unreconciled(List<Waiting> all) {
    this.all = all;
  }

  /**
   * A checkpoint that waits.
   *
   * @param generation the life of the log it is of
   * @param checkpoint as the log signed it
   * @param reconciled whether it was found to lie on the history seen; then only its receipts wait,
   *     for what comes before them in this device's feed
   * @param receipts verified under it
   */
  public record Waiting(
      long generation, SignedCheckpoint checkpoint, boolean reconciled, List<ReceiptRow> receipts) {

    /** Takes a copy. */
    public Waiting {
      receipts = List.copyOf(receipts);
    }

    /** The same, found to lie on the history seen. */
    public Waiting asReconciled() {
      return new Waiting(generation, checkpoint, true, receipts);
    }

    /** The same with these receipts. */
    public Waiting with(List<ReceiptRow> value) {
      return new Waiting(generation, checkpoint, reconciled, value);
    }

    private boolean isOf(SignedCheckpoint other) {
      return isSame(checkpoint, other);
    }

    private long leaves() {
      return receipts.stream().mapToLong(receipt -> receipt.leaves().size()).sum();
    }
  }

  /** Whether two notes speak of one state of the log. */
  public static boolean isSame(SignedCheckpoint one, SignedCheckpoint other) {
    Checkpoint first = one.checkpoint();
    Checkpoint second = other.checkpoint();
    return first.size() == second.size() && first.root().equals(second.root());
  }

  /** The checkpoints, smallest tree first. */
  public List<Waiting> all() {
    return List.copyOf(all);
  }

  /** How many leaves their receipts prove. */
  public long leaves() {
    return all.stream().mapToLong(Waiting::leaves).sum();
  }

  /** The one that speaks of the same state. */
  public Optional<Waiting> find(SignedCheckpoint checkpoint) {
    return all.stream().filter(one -> one.isOf(checkpoint)).findFirst();
  }

  /** With a checkpoint; the same if it is there, or if there is no room. */
  public Unreconciled with(long generation, SignedCheckpoint checkpoint) {
    if (find(checkpoint).isPresent()) {
      return this;
    }
    List<Waiting> more = new ArrayList<>(all);
    if (more.size() >= Limits.SHOWN_CHECKPOINTS_MAX) {
      // A checkpoint under which nothing of this device's own waits makes room for another.
      Optional<Waiting> least = all.stream().filter(one -> one.receipts().isEmpty()).findFirst();
      if (!least.isPresent()) {
        return this;
      }
      more.remove(least.get());
    }
    more.add(new Waiting(generation, checkpoint.bare(), false, List.of()));
    more.sort(Comparator.comparingLong(one -> one.checkpoint().checkpoint().size()));
    return new Unreconciled(more);
  }

  /** With a receipt under a checkpoint that waits; the same if it is there, or has no room. */
  public Unreconciled with(SignedCheckpoint checkpoint, ReceiptRow receipt) {
    Optional<Waiting> found = find(checkpoint);
    boolean known = found.isPresent() && found.get().receipts().contains(receipt);
    if (!found.isPresent()
        || known
        || leaves() + receipt.leaves().size() > Limits.UNRECONCILED_LEAVES_MAX) {
      return this;
    }
    List<ReceiptRow> receipts = new ArrayList<>(found.get().receipts());
    receipts.add(receipt);
    return with(found.get().with(receipts));
  }

  /** With another standing of a checkpoint. */
  public Unreconciled with(Waiting changed) {
    List<Waiting> same = new ArrayList<>();
    all.forEach(one -> same.add(one.isOf(changed.checkpoint()) ? changed : one));
    return new Unreconciled(same);
  }

  /** Without a checkpoint and what hangs on it. */
  public Unreconciled without(Waiting gone) {
    List<Waiting> fewer = new ArrayList<>(all);
    fewer.removeIf(one -> one.isOf(gone.checkpoint()));
    return new Unreconciled(fewer);
  }

  /**
   * Reads them; a new store has none.
   *
   * @param logs the log of each generation
   */
  public static Unreconciled read(SealedRows rows, Map<Long, LogKey> logs) throws CairnException {
    byte[] row = Fact.UNRECONCILED.get(rows);
    return row == null
        ? new Unreconciled(List.of())
        : StoredForm.read("unreconciled checkpoints", row, reader -> read(reader, logs));
  }

  private static Unreconciled read(CborReader reader, Map<Long, LogKey> logs)
      throws CairnException {
    List<Waiting> all = new ArrayList<>();
    int count = reader.arrayHeader(Limits.SHOWN_CHECKPOINTS_MAX);
    for (int i = 0; i < count; i++) {
      reader.arrayOf(FIELDS);
      long generation = reader.uint();
      byte[] note = reader.bytes(Limits.NOTE_SIZE_BYTES_MAX);
      boolean reconciled = reader.bool();
      List<ReceiptRow> receipts = new ArrayList<>();
      int receiptCount = reader.arrayHeader();
      for (int j = 0; j < receiptCount; j++) {
        receipts.add(ReceiptRow.read(reader));
      }
      LogKey key = logs.get(generation);
      if (key != null && SignedCheckpoint.claimed(note).origin().equals(key.origin())) {
        all.add(new Waiting(generation, SignedCheckpoint.open(note, key), reconciled, receipts));
      }
    }
    return new Unreconciled(all);
  }

  /** Writes them. */
  public void write(SealedRows rows) throws CairnException {
    if (all.isEmpty()) {
      Fact.UNRECONCILED.delete(rows);
      return;
    }
    CborWriter writer = new CborWriter().array(all.size());
    for (Waiting one : all) {
      writer.array(FIELDS).uint(one.generation()).bytes(one.checkpoint().note());
      writer.bool(one.reconciled()).array(one.receipts().size());
      one.receipts().forEach(receipt -> receipt.write(writer));
    }
    Fact.UNRECONCILED.put(rows, writer.toBytes());
  }
}
