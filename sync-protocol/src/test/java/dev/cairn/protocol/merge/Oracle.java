package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.OracleForm.array;
import static dev.cairn.protocol.merge.OracleForm.id;
import static dev.cairn.protocol.merge.OracleForm.list;
import static dev.cairn.protocol.merge.OracleForm.tree;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.OracleOperations.Op;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Section 9 read aloud, sentence by sentence and without a thought for speed: what the merge is
 * held against. Shares no code with it.
 */
final class Oracle {

  private final OracleHeld held;
  private final OracleOperations ops;
  private final OracleRegisters registers;

  Oracle(Collection<MergeChange> changes, Collection<Label> labels, MergeAuthority authority) {
    held = new OracleHeld(changes, labels, authority);
    ops = new OracleOperations(held);
    registers = new OracleRegisters(held, ops);
  }

  CborValue canonical(byte[] record) {
    Set<Field> fields = new TreeSet<>();
    for (Op op : ops.all()) {
      op.what().about().ifPresent(fields::add);
    }
    for (ChangeId erased : held.erasedBy().keySet()) {
      held.erasures(erased).forEach(erase -> fields.addAll(erase.fields()));
    }
    fields.add(Field.RECORD);
    List<CborValue> told = new ArrayList<>();
    List<CborValue> sets = new ArrayList<>();
    for (Field field : fields) {
      boolean isSet = field.equals(Story.TAGS) || field.equals(Field.of(KnownField.METHODS));
      CborValue state = isSet ? set(field) : registers.register(field);
      if (state != null) {
        (isSet ? sets : told).add(state);
      }
    }
    Predicate<Op> hidden = ops::hidden;
    List<Op> statements = ops.coded(4, 10, 11, 12, 15);
    statements.removeIf(hidden);
    List<Op> attached = ops.coded(13);
    attached.removeIf(hidden);
    Op review = ops.latest(8);
    Op assigned = ops.latest(9);
    List<Op> badOps = new ArrayList<>(ops.refused().keySet());
    Comparator<Op> byPlace = Comparator.comparing(Op::change).thenComparingInt(Op::place);
    badOps.sort(byPlace);
    List<Op> unknown = new ArrayList<>(ops.unknown());
    unknown.sort(byPlace);
    return array(
        CborValue.of(record),
        CborValue.of(held.kind()),
        CborValue.array(told),
        CborValue.array(sets),
        list(statements, op -> array(id(op.change()), place(op), tree(op.what()))),
        array(
            CborValue.of(visible(told)),
            list(ops.coded(5), op -> array(id(op.change()), place(op)))),
        array(
            review == null ? CborValue.nul() : array(state(review), id(review.change())),
            assigned == null ? CborValue.nul() : array(member(assigned), id(assigned.change()))),
        list(
            attached,
            op ->
                array(
                    CborValue.of(((Operation.Attach) op.what()).attachment().bytes()),
                    id(op.change()),
                    place(op))),
        list(new ArrayList<>(held.erasedBy().keySet()), this::erased),
        list(
            badOps,
            op -> array(id(op.change()), place(op), CborValue.of((int) ops.refused().get(op)))),
        list(unknown, op -> array(id(op.change()), place(op))));
  }

  private @Nullable CborValue set(Field field) {
    List<CborValue> present = new ArrayList<>();
    for (Op op : ops.coded(2)) {
      Operation.Add add = (Operation.Add) op.what();
      for (CborValue value : add.values()) {
        boolean there =
            present.stream()
                .anyMatch(element -> ((CborArray) element).items().get(0).equals(value));
        if (add.field().equals(field) && !there && stands(op, field, value)) {
          present.add(array(value, id(op.change())));
        }
      }
    }
    return present.isEmpty() ? null : array(tree(field), CborValue.array(present));
  }

  private boolean stands(Op add, Field field, CborValue value) {
    for (Op op : ops.coded(3)) {
      Operation.Remove remove = (Operation.Remove) op.what();
      if (remove.field().equals(field)
          && remove.values().contains(value)
          && (op.decides() || op.member().equals(add.member()))
          && ops.saw(op, add)) {
        return false;
      }
    }
    return !ops.hidden(add);
  }

  private boolean visible(List<CborValue> registers) {
    for (CborValue register : registers) {
      List<CborValue> items = ((CborArray) register).items();
      boolean settled =
          items.get(1).equals(CborValue.of(0)) || items.get(1).equals(CborValue.of(3));
      if (items.get(0).equals(CborValue.of("record"))
          && settled
          && items.get(3).equals(array(CborValue.of("retracted")))
          && !ops.wholeRetractions(true).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private CborValue erased(ChangeId change) {
    Set<Field> fields = new TreeSet<>();
    held.erasures(change).forEach(erase -> fields.addAll(erase.fields()));
    List<MergeChange> by = held.standing();
    by.removeIf(one -> !held.erasedBy().get(change).contains(one.id()));
    return array(id(change), list(by, one -> id(one.id())), list(fields, OracleForm::tree));
  }

  private static CborValue state(Op op) {
    return CborValue.of(((Operation.Review) op.what()).state().code());
  }

  private static CborValue member(Op op) {
    MemberId member = ((Operation.Assign) op.what()).member();
    return member == null ? CborValue.nul() : CborValue.of(member.bytes());
  }

  private static CborValue place(Op op) {
    return CborValue.of(op.place());
  }
}
