package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.Story.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a body may hold, the canonical state can: it nests what was said deeper than a body. */
class DeepestStateTest {

  /** Body, list, operation: the rest of what the profile nests is free in an operation. */
  private static final int OPERATION_DEPTH_MAX = Limits.CBOR_DEPTH_MAX - 2;

  private static CborValue nested(int depth) {
    CborValue value = CborValue.of(1);
    for (int i = 0; i < depth; i++) {
      value = CborValue.array(value);
    }
    return value;
  }

  /** As a change carries it, every step of the way. */
  private static List<Operation> carried(List<Operation> operations) throws Exception {
    Body body = new Body(Optional.empty(), 1, Collections.emptyList(), 1L << 40, 0, operations);
    return Body.decode(BodyEnvelope.unpack(BodyEnvelope.pack(body.encode()))).operations();
  }

  private static Operation raw(CborWriter writer) throws Exception {
    return Operations.decode(writer.toBytes());
  }

  @Test
  void assertion_ofAnyDepthThatABodyCarries_hasACanonicalState() throws Exception {
    for (int depth = 0; depth < OPERATION_DEPTH_MAX; depth++) {
      CborWriter writer = new CborWriter().array(3).uint(1).uint(28);
      nested(depth).write(writer);
      Story story = new Story();
      story.opens(AMAL, carried(List.of(raw(writer))).toArray(new Operation[0]));

      RecordState state = story.merged();

      assertThat(CborValue.decode(state.canonical()).encode()).isEqualTo(state.canonical());
      assertThat(CircleDigest.of(List.of(state))).isNotNull();
      boolean known = depth <= Limits.VALUE_DEPTH_MAX;
      assertThat(state.fields()).hasSize(known ? 1 : 0);
      assertThat(state.unknown()).hasSize(known ? 0 : 1);
    }
  }

  @Test
  void deepestOfEverything_hasACanonicalState() throws Exception {
    Field fields = Field.of(KnownField.FORM_FIELDS);
    CborValue deepest =
        CborValue.map(Map.of(CborValue.of("k"), nested(Limits.VALUE_DEPTH_MAX - 1)));
    CborWriter later = new CborWriter().array(2).uint(99);
    nested(OPERATION_DEPTH_MAX - 1).write(later);
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Assert(fields, deepest));
    operations.add(raw(later));
    Story story = new Story();
    ChangeId said = story.opens(AMAL, carried(operations).toArray(new Operation[0]));
    story.says(
        DESK,
        seen(said),
        new Operation.Decide(fields, List.of(said), new Outcome.Value(deepest), "why"));

    RecordState state = story.merged();

    assertThat(state.shown(fields)).contains(deepest);
    assertThat(state.unknown()).hasSize(1);
    assertThat(CborValue.decode(state.canonical()).encode()).isEqualTo(state.canonical());
  }

  @Test
  void operation_deeperThanABodyCarries_isNoBody() {
    CborWriter later = new CborWriter().array(2).uint(99);
    nested(OPERATION_DEPTH_MAX).write(later);

    assertThatThrownBy(() -> carried(List.of(raw(later))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
