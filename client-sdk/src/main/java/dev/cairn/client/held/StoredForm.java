package dev.cairn.client.held;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Rows are CBOR. What does not read back was not written by this program, or is damaged. */
public final class StoredForm {

  private StoredForm() {}

  /** Reads the inside of a row. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads one value; what follows it is refused. */
    T from(CborReader reader) throws CairnException;
  }

  /**
   * Reads a row.
   *
   * @throws StoreException if it is damaged
   */
  public static <T> T read(String what, byte[] row, Reading<T> reading) throws CairnException {
    try {
      CborReader reader = CborReader.of(row);
      T value = reading.from(reader);
      reader.end();
      return value;
    } catch (MalformedException e) {
      throw new StoreException(Reason.CORRUPT, "the row of " + what + " is damaged", e);
    }
  }

  /** Writes a number that may be missing. */
  public static void write(CborWriter writer, OptionalLong number) {
    if (number.isPresent()) {
      writer.uint(number.getAsLong());
    } else {
      writer.nul();
    }
  }

  /** Reads a number that may be missing. */
  public static OptionalLong readNumber(CborReader reader) throws MalformedException {
    if (reader.nextIsNull()) {
      reader.nul();
      return OptionalLong.empty();
    }
    return OptionalLong.of(reader.uint());
  }

  /** Writes ids in the order given. */
  public static void write(CborWriter writer, Collection<ChangeId> ids) {
    writer.array(ids.size());
    for (ChangeId id : ids) {
      writer.bytes(id.bytes());
    }
  }

  /** Reads ids. */
  public static List<ChangeId> readIds(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader();
    List<ChangeId> ids = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      ids.add(ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
    }
    return ids;
  }
}
