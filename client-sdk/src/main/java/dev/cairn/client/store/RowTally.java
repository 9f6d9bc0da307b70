package dev.cairn.client.store;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of each table come to: how many they are, and the sum (exclusive or) of a keyed
 * hash of each. It changes with every row, in the same transaction, at the cost of two hashes. Who
 * can write to the disk can neither take a row away nor put an older one back without the sum being
 * another; only all rows of one moment together, this one among them, fit each other.
 *
 * <p>Source: MSet-XOR-Hash of Clarke and others, "Incremental Multiset Hash Functions" (2003); the
 * sums are encrypted, and no key of a row is there twice.
 */
final class RowTally {

  private static final int SUM_BYTES = 32;
  private static final int TABLES_MAX = 64;

  /** The rows of one table. */
  private static final class Sum {
    private long count;
    private final byte[] sum = new byte[SUM_BYTES];
  }

  private final Secret key;
  private final Map<Table, Sum> sums = new EnumMap<>(Table.class);

  RowTally(Secret key) {
    this.key = key;
    for (Table table : Table.values()) {
      sums.put(table, new Sum());
    }
  }

  /**
   * Reads what {@link #bytes} gave; what cannot be read is a tally of nothing, and fits nothing.
   */
  static RowTally read(Secret key, byte @Nullable [] row) {
    RowTally tally = new RowTally(key);
    if (row == null) {
      return tally;
    }
    try {
      CborReader reader = CborReader.of(row);
      int tables = reader.arrayHeader(TABLES_MAX);
      for (int i = 0; i < tables; i++) {
        reader.arrayOf(3);
        Sum sum = tally.sum(reader.uint());
        sum.count = reader.uint();
        System.arraycopy(reader.bytesExactly(SUM_BYTES), 0, sum.sum, 0, SUM_BYTES);
      }
      reader.end();
      return tally;
    } catch (MalformedException e) {
      return new RowTally(key);
    }
  }

  byte[] bytes() {
    CborWriter writer = new CborWriter().array(sums.size());
    for (Table table : Table.values()) {
      writer.array(3).uint(table.number()).uint(sum(table).count).bytes(sum(table).sum);
    }
    return writer.toBytes();
  }

  private Sum sum(long number) throws MalformedException {
    for (Table table : Table.values()) {
      if (table.number() == number) {
        return sum(table);
      }
    }
    throw new MalformedException("no table " + number);
  }

  private Sum sum(Table table) {
    Sum sum = sums.get(table);
    if (sum == null) {
      throw new IllegalStateException("no sum of " + table);
    }
    return sum;
  }

  /** Counts a row that came, changed or went. */
  void changed(Table table, byte[] rowKey, byte @Nullable [] before, byte @Nullable [] after) {
    Sum sum = sum(table);
    if (before != null) {
      sum.count--;
      add(sum.sum, table, rowKey, before);
    }
    if (after != null) {
      sum.count++;
      add(sum.sum, table, rowKey, after);
    }
    // Rows that were never counted can be taken away: the tally was lost, and says so for ever.
    sum.count = Math.max(0, sum.count);
  }

  private void add(byte[] sum, Table table, byte[] rowKey, byte[] stored) {
    // Nonce and tag stand for the whole: no other ciphertext was ever made with both.
    byte[] one =
        Hmac.tag(
            key,
            ByteBuffer.allocate(4).putInt(table.number()).array(),
            rowKey,
            Arrays.copyOf(stored, Math.min(stored.length, Aead.NONCE_BYTES)),
            Arrays.copyOfRange(stored, Math.max(0, stored.length - Aead.TAG_BYTES), stored.length));
    for (int i = 0; i < SUM_BYTES; i++) {
      sum[i] ^= one[i];
    }
  }

  long count(Table table) {
    return sum(table).count;
  }

  /** Whether a table comes to the same in another tally. */
  boolean agrees(RowTally other, Table table) {
    return sum(table).count == other.sum(table).count
        && MessageDigest.isEqual(sum(table).sum, other.sum(table).sum);
  }

  /** Takes what a table comes to from another tally. */
  void adopt(RowTally other, Table table) {
    sums.put(table, other.sum(table));
  }
}
