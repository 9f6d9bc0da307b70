package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a body costs who opens it is bounded by the bytes of its ciphertext: 336 of them once made
 * 19 megabytes of trees. What is kept is counted, each object at more than it takes; no heap is
 * measured.
 */
class HostileBodyTest {

  /** The threat model says so. */
  private static final int MEMORY_PER_CIPHERTEXT_BYTE_MAX = 512;

  private static final int OPERATION = 64;
  private static final int LEAF = 56;
  private static final int ARRAY = 48;
  private static final int MAP = 120;
  private static final int ENTRY = 48;
  private static final int REFERENCE = 4;

  /** As a hostile writer would: no limit is asked. */
  private static byte[] packed(List<byte[]> operations) {
    CborWriter writer = new CborWriter().array(6).bytes(new byte[16]).uint(1).array(0);
    writer.uint(1).integer(0).array(operations.size());
    operations.forEach(writer::raw);
    return BodyEnvelope.pack(writer.toBytes());
  }

  private static byte[] asserting(CborValue value) {
    CborWriter writer = new CborWriter().array(3).uint(1).uint(28);
    value.write(writer);
    return writer.toBytes();
  }

  private static byte[] note(String text) {
    return new CborWriter().array(2).uint(4).text(text).toBytes();
  }

  private static Body opened(byte[] packed) throws Exception {
    return Body.decode(BodyEnvelope.unpack(packed));
  }

  private static long kept(Body body) {
    long kept = 0;
    for (Operation operation : body.operations()) {
      kept += REFERENCE + OPERATION;
      if (operation instanceof Operation.Assert said) {
        kept += kept(said.value());
      } else if (operation instanceof Operation.Note note) {
        kept += LEAF + 2L * note.text().length();
      } else if (operation instanceof Operation.Unknown unknown) {
        kept += LEAF + unknown.encoding().length;
      }
    }
    return kept;
  }

  private static long kept(CborValue value) {
    if (value.equals(CborValue.array()) || value instanceof CborValue.Null) {
      return 0;
    }
    if (value instanceof CborArray array) {
      return ARRAY + array.items().stream().mapToLong(item -> REFERENCE + kept(item)).sum();
    }
    if (value instanceof CborMap map) {
      return MAP + map.entries().values().stream().mapToLong(item -> ENTRY + kept(item)).sum();
    }
    return LEAF + (value instanceof CborValue.Text text ? 2L * text.value().length() : 0);
  }

  private static void assertAffordable(List<byte[]> operations) throws Exception {
    byte[] packed = packed(operations);

    assertThat(kept(opened(packed)))
        .isPositive()
        .isLessThanOrEqualTo((long) MEMORY_PER_CIPHERTEXT_BYTE_MAX * packed.length);
  }

  private static List<byte[]> values(int count, int items, CborValue item) {
    CborValue value = CborValue.array(Collections.nCopies(items, item));
    return new ArrayList<>(Collections.nCopies(count, asserting(value)));
  }

  @Test
  void valuesOfTensOfThousandsOfArrays_areNoTrees() throws Exception {
    byte[] packed = packed(values(4, 65_300, CborValue.array()));

    assertThat(packed).hasSize(32 * 1024);
    assertThat(opened(packed).operations())
        .hasSize(4)
        .allMatch(Operation.Unknown.class::isInstance);
  }

  @Test
  void memory_ofHostileBodies_isBoundedByTheirCiphertexts() throws Exception {
    assertAffordable(values(4, 65_300, CborValue.array()));
    assertAffordable(values(4, 8191, CborValue.of("a")));
    assertAffordable(values(4, 8191, CborValue.of(1L << 20)));
    assertAffordable(values(4, 4095, CborValue.array(CborValue.nul())));
    assertAffordable(values(4, 2730, CborValue.map(Map.of(CborValue.of(0), CborValue.nul()))));
    assertAffordable(Collections.nCopies(4096, note("")));
    assertAffordable(Collections.nCopies(100, note("")));
    assertAffordable(Collections.nCopies(3, note("a".repeat(65_400))));
  }

  @Test
  void neighbours_ofABomb_areRead() throws Exception {
    List<byte[]> operations = values(1, Limits.VALUE_ITEMS_MAX, CborValue.array());
    operations.add(note("heard"));
    Body body = opened(packed(operations));

    assertThat(body.operations().get(0)).isInstanceOf(Operation.Unknown.class);
    assertThat(body.operations().get(1)).isEqualTo(new Operation.Note("heard"));
  }
}
