package dev.cairn.protocol.envelope;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a change says, before it is compressed, padded and sealed. The author is not repeated here:
 * the key that opens the body is derived from a prefix that names him.
 *
 * @param record the record it is about; empty opens a new one, whose id follows from the change
 * @param kind the record's kind, known to this program or not
 * @param parents the heads of the record's changes that the author had seen, ascending
 * @param clock hybrid logical clock: milliseconds times 65,536, and a counter
 * @param skewMillis the device's own clock minus the milliseconds of {@code clock}
 * @param operations what is stated, at least one
 */
public record Body(
    Optional<RecordId> record,
    long kind,
    List<ChangeId> parents,
    long clock,
    long skewMillis,
    List<Operation> operations) {

  /**
   * Takes copies of the lists.
   *
   * @throws IllegalArgumentException if a bound or the order of the parents is broken
   */
  public Body {
    parents = List.copyOf(parents);
    operations = List.copyOf(operations);
    if (kind < 0 || clock < 0) {
      throw new IllegalArgumentException("kind and clock are not negative");
    }
    if (parents.size() > Limits.BODY_PARENTS_MAX || !ascend(parents)) {
      throw new IllegalArgumentException("parents are too many or do not ascend");
    }
    if (operations.isEmpty() || operations.size() > Limits.OPERATIONS_MAX) {
      throw new IllegalArgumentException("body of " + operations.size() + " operations");
    }
  }

  /** The encoding, which {@link BodyEnvelope} packs. */
  public byte[] encode() {
    CborWriter writer = new CborWriter().array(6);
    if (record.isPresent()) {
      writer.bytes(record.get().bytes());
    } else {
      writer.nul();
    }
    writer.uint(kind).array(parents.size());
    for (ChangeId parent : parents) {
      writer.bytes(parent.bytes());
    }
    writer.uint(clock).integer(skewMillis);
    Operations.writeAll(operations, writer);
    return writer.toBytes();
  }

  /**
   * Reads a body.
   *
   * @throws MalformedException if it is none; operations this program does not know are kept
   */
  public static Body decode(byte[] encoded) throws MalformedException {
    CborReader reader = CborReader.of(encoded);
    reader.arrayOf(6);
    Optional<RecordId> record = readRecord(reader);
    long kind = reader.uint();
    List<ChangeId> parents = readParents(reader);
    long clock = reader.uint();
    long skewMillis = reader.integer();
    List<Operation> operations = Operations.readAll(reader);
    reader.end();
    if (operations.isEmpty()) {
      throw new MalformedException("body without operations");
    }
    return new Body(record, kind, parents, clock, skewMillis, operations);
  }

  private static Optional<RecordId> readRecord(CborReader reader) throws MalformedException {
    if (reader.nextIsNull()) {
      reader.nul();
      return Optional.empty();
    }
    return Optional.of(RecordId.of(reader.bytesExactly(RecordId.SIZE_BYTES)));
  }

  private static List<ChangeId> readParents(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.BODY_PARENTS_MAX);
    List<ChangeId> parents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parents.add(ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
    }
    if (!ascend(parents)) {
      throw new MalformedException("parents of a body do not ascend");
    }
    return parents;
  }

  private static boolean ascend(List<ChangeId> parents) {
    for (int i = 1; i < parents.size(); i++) {
      if (parents.get(i - 1).compareTo(parents.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Tells sizes, never content. */
  @Override
  public String toString() {
    return "body of " + operations.size() + " operations";
  }
}
