package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.Digest;

/**
 * An owner opens another life of the log, for everyone to see: leaves of the one before are gone
 * for good, or its key is.
 *
 * @param number from 1; genesis names generation 0
 * @param log the new log, which begins again with the genesis as leaf 0
 * @param previousNumber the generation that ends, one less
 * @param previousSize how many leaves of it are known
 * @param previousRoot the root over them
 */
public record Generation(
    long number, LogKey log, long previousNumber, long previousSize, Digest previousRoot)
    implements StatementContent {

  /** Refuses numbers that do not follow one another. */
  public Generation {
    if (previousNumber < 0 || number != previousNumber + 1 || number > Limits.GENERATION_MAX) {
      throw new IllegalArgumentException("generation that follows none");
    }
    if (previousSize < 0) {
      throw new IllegalArgumentException("log of negative size");
    }
  }

  @Override
  public StatementKind kind() {
    return StatementKind.GENERATION;
  }

  static Generation read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "generation", 4);
    int at = reader.position();
    long number = fields.value(1).uint(Limits.GENERATION_MAX);
    LogKey log = Keys.log(fields, 2);
    fields.value(4).arrayOf(3);
    long previousNumber = reader.uint(Limits.GENERATION_MAX);
    long previousSize = reader.uint(Limits.LOG_LEAVES_MAX);
    Digest previousRoot = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    fields.end();
    if (number != previousNumber + 1) {
      throw new MalformedException("generation that follows none", at);
    }
    return new Generation(number, log, previousNumber, previousSize, previousRoot);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(4);
    writer.uint(1).uint(number);
    writer.uint(2).text(log.origin().text());
    writer.uint(3).bytes(log.key().bytes());
    writer.uint(4).array(3).uint(previousNumber).uint(previousSize).bytes(previousRoot.bytes());
  }
}
