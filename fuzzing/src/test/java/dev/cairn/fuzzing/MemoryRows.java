package dev.cairn.fuzzing;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.Rows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows that are forgotten when the input is. */
final class MemoryRows implements RowStore, Rows {

  private final Map<Integer, NavigableMap<byte[], byte[]>> tables = new TreeMap<>();

  private NavigableMap<byte[], byte[]> table(int number) {
    return tables.computeIfAbsent(number, any -> new TreeMap<>(Arrays::compareUnsigned));
  }

  @Override
  public <T> T write(Work<T> work) throws CairnException {
    return work.on(this);
  }

  @Override
  public <T> T read(Work<T> work) throws CairnException {
    return work.on(this);
  }

  @Override
  public void check() {}

  @Override
  public void scrub(Traces destroyed) {}

  @Override
  public void close() {}

  @Override
  public byte @Nullable [] get(int table, byte[] key) {
    return table(table).get(key);
  }

  @Override
  public void put(int table, byte[] key, byte[] value) {
    table(table).put(key.clone(), value.clone());
  }

  @Override
  public void delete(int table, byte[] key) {
    table(table).remove(key);
  }

  @Override
  public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
    List<Map.Entry<byte[], byte[]>> there =
        new ArrayList<>(table(table).tailMap(from, true).entrySet());
    for (Map.Entry<byte[], byte[]> row : there) {
      if (!visitor.visit(row.getKey(), row.getValue())) {
        return;
      }
    }
  }

  @Override
  public long count(int table) {
    return table(table).size();
  }
}
