package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodyTest {

  private static final List<Operation> NOTE = List.of(new Operation.Note("seen"));

  @Test
  void body_thatOpensARecord_isReadAsWritten() throws Exception {
    Body body = new Body(Optional.empty(), 1, List.of(), 5L << 16, -7, NOTE);
    assertThat(Body.decode(body.encode())).isEqualTo(body);
  }

  @Test
  void body_aboutARecord_isReadAsWritten() throws Exception {
    Body body = body(parents(2), NOTE);
    assertThat(Body.decode(body.encode())).isEqualTo(body);
  }

  @Test
  void body_ofAKindThisProgramDoesNotKnow_isKept() throws Exception {
    Body body = new Body(Optional.empty(), 9_999, List.of(), 0, 0, NOTE);
    assertThat(Body.decode(body.encode()).kind()).isEqualTo(9_999);
  }

  @Test
  void body_withAnOperationThisProgramDoesNotKnow_keepsIt() throws Exception {
    CborValue unknown = CborValue.array(CborValue.of(99), CborValue.of("later"));
    byte[] encoded = with(5, CborValue.array(unknown));
    assertThat(Body.decode(encoded).encode()).isEqualTo(encoded);
  }

  @Test
  void body_withTheMostParents_isRead() throws Exception {
    Body body = body(parents(Limits.BODY_PARENTS_MAX), NOTE);
    assertThat(Body.decode(body.encode())).isEqualTo(body);
  }

  @Test
  void body_withOneParentMore_isRefusedByBothEnds() throws Exception {
    List<ChangeId> parents = parents(Limits.BODY_PARENTS_MAX + 1);
    assertThatThrownBy(() -> body(parents, NOTE)).isInstanceOf(IllegalArgumentException.class);
    List<CborValue> values = new ArrayList<>();
    parents.forEach(parent -> values.add(CborValue.of(parent.bytes())));
    refused(with(2, CborValue.array(values)));
  }

  @Test
  void body_withParentsThatDoNotAscend_isRefusedByBothEnds() throws Exception {
    List<ChangeId> falling = new ArrayList<>(parents(2));
    Collections.reverse(falling);
    assertThatThrownBy(() -> body(falling, NOTE)).isInstanceOf(IllegalArgumentException.class);
    refused(
        with(
            2,
            CborValue.array(
                CborValue.of(falling.get(0).bytes()), CborValue.of(falling.get(1).bytes()))));
  }

  @Test
  void body_withTheMostOperations_isRead() throws Exception {
    Body body = body(List.of(), Collections.nCopies(Limits.OPERATIONS_MAX, NOTE.get(0)));
    assertThat(Body.decode(body.encode()).operations()).hasSize(Limits.OPERATIONS_MAX);
  }

  @Test
  void body_withOneOperationMore_isNotMade() {
    assertThatThrownBy(
            () -> body(List.of(), Collections.nCopies(Limits.OPERATIONS_MAX + 1, NOTE.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void body_withoutOperations_isRefusedByBothEnds() throws Exception {
    assertThatThrownBy(() -> body(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    refused(with(5, CborValue.array()));
  }

  @Test
  void body_withAnItemMoreOrLess_isRefused() throws Exception {
    List<CborValue> items = items();
    items.add(CborValue.of(1));
    refused(CborValue.array(items).encode());
    refused(CborValue.array(items.subList(0, 5)).encode());
  }

  @Test
  void body_cutAnywhere_isRefused() throws Exception {
    byte[] encoded = body(parents(1), NOTE).encode();
    for (int length = 0; length < encoded.length; length++) {
      refused(Arrays.copyOf(encoded, length));
    }
  }

  @Test
  void body_inALog_tellsNothingOfItsContent() {
    assertThat(body(List.of(), NOTE).toString()).doesNotContain("seen");
  }

  private static Body body(List<ChangeId> parents, List<Operation> operations) {
    return new Body(Optional.of(RecordId.of(new byte[16])), 2, parents, 1, 0, operations);
  }

  private static List<ChangeId> parents(int count) {
    List<ChangeId> parents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] id = new byte[32];
      id[0] = (byte) i;
      parents.add(ChangeId.of(id));
    }
    return parents;
  }

  private static List<CborValue> items() throws MalformedException {
    byte[] encoded = body(List.of(), NOTE).encode();
    return new ArrayList<>(((CborArray) CborValue.decode(encoded)).items());
  }

  private static byte[] with(int index, CborValue value) throws MalformedException {
    List<CborValue> items = items();
    items.set(index, value);
    return CborValue.array(items).encode();
  }

  private static void refused(byte[] encoded) {
    assertThatThrownBy(() -> Body.decode(encoded)).isInstanceOf(MalformedException.class);
  }
}
