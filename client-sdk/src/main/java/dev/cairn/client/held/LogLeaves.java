package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every leaf of the log on a device that watches all of them, 33 bytes each: its hash, and whether
 * what it stands for is held here. With them the tree can be built again from what is held, and a
 * store that has lost some of it finds out by itself.
 */
public final class LogLeaves {

  private static final int TILE = 256;
  private static final int LEAF_BYTES = 1 + Digest.SIZE_BYTES;

  private LogLeaves() {}

  /**
   * A leaf.
   *
   * @param hash as the tree has it
   * @param held whether its statement or change was kept
   */
  public record Leaf(Digest hash, boolean held) {}

  /** Is shown leaves in order. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one leaf. */
    void visit(long position, Leaf leaf) throws CairnException;
  }

  /** Writes leaves from a position on; what stood there is replaced, and nothing else. */
  public static void write(SealedRows rows, long first, List<Leaf> leaves) throws CairnException {
    long position = first;
    int done = 0;
    while (done < leaves.size()) {
      long tile = position / TILE;
      int before = (int) (position % TILE);
      int count = Math.min(TILE - before, leaves.size() - done);
      byte[] row = count == TILE ? null : readable(rows, tile);
      int kept = row == null ? 0 : row.length;
      // What is missing here is not what the tree has, and is found by whoever builds it.
      byte[] out = new byte[Math.max(kept, LEAF_BYTES * (before + count))];
      if (row != null) {
        System.arraycopy(row, 0, out, 0, kept);
      }
      int at = LEAF_BYTES * before;
      for (Leaf leaf : leaves.subList(done, done + count)) {
        out[at] = (byte) (leaf.held() ? 1 : 0);
        System.arraycopy(leaf.hash().bytes(), 0, out, at + 1, Digest.SIZE_BYTES);
        at += LEAF_BYTES;
      }
      rows.put(Table.LEAVES, tile, out);
      position += count;
      done += count;
    }
  }

  /** A row; none if it is damaged, as if it were lost: it is fetched and written anew. */
  private static byte @Nullable [] readable(SealedRows rows, long tile) throws CairnException {
    try {
      return rows.get(Table.LEAVES, tile);
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.CORRUPT) {
        throw e;
      }
      return null;
    }
  }

  /** Forgets all of them: another log begins. */
  public static void clear(SealedRows rows) throws CairnException {
    for (long tile : rows.numbers(Table.LEAVES, 0)) {
      rows.delete(Table.LEAVES, tile);
    }
  }

  /** The hash at a position; empty if none is kept there. */
  public static Optional<Digest> at(SealedRows rows, long position) throws CairnException {
    return new InOrder().at(rows, position);
  }

  /** Looks at one leaf after the other, and opens each row once. For one transaction. */
  public static final class InOrder {
    private long tile = -1;
    private byte @Nullable [] row;

    /** The hash at a position; empty if none is kept there. */
    public Optional<Digest> at(SealedRows rows, long position) throws CairnException {
      if (position / TILE != tile) {
        tile = position / TILE;
        row = readable(rows, tile);
      }
      byte[] leaves = row;
      int at = (int) (position % TILE) * LEAF_BYTES;
      return leaves == null || leaves.length < at + LEAF_BYTES
          ? Optional.empty()
          : Optional.of(Digest.of(Arrays.copyOfRange(leaves, at + 1, at + LEAF_BYTES)));
    }
  }

  /**
   * Shows the leaves before a position.
   *
   * @throws StoreException if one is not here
   */
  public static void visit(SealedRows rows, long size, Visitor visitor) throws CairnException {
    for (long tile = 0; tile * TILE < size; tile++) {
      int count = (int) Math.min(TILE, size - tile * TILE);
      byte[] row = rows.get(Table.LEAVES, tile);
      if (row == null || row.length < count * LEAF_BYTES) {
        throw new StoreException(
            StoreException.Reason.CORRUPT, "leaves of the log are gone from the store");
      }
      for (int i = 0; i < count; i++) {
        int at = i * LEAF_BYTES;
        Digest hash = Digest.of(Arrays.copyOfRange(row, at + 1, at + LEAF_BYTES));
        visitor.visit(tile * TILE + i, new Leaf(hash, row[at] == 1));
      }
    }
  }
}
