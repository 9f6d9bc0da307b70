package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values straight from one author's operations, with nothing to merge. */
final class StatedValues implements CasualtyValues {

  private final Map<Field, CborValue> registers = new LinkedHashMap<>();
  private final Map<Field, Set<CborValue>> sets = new LinkedHashMap<>();

  StatedValues(List<Operation> operations) {
    for (Operation operation : operations) {
      if (operation instanceof Operation.Assert op) {
        state(op);
      } else if (operation instanceof Operation.Add op) {
        sets.computeIfAbsent(op.field(), set -> new LinkedHashSet<>()).addAll(op.values());
      } else if (operation instanceof Operation.Remove op) {
        sets.computeIfAbsent(op.field(), set -> new LinkedHashSet<>()).removeAll(op.values());
      } else if (operation instanceof Operation.Retract op) {
        retract(op.target());
      }
    }
  }

  private void state(Operation.Assert op) {
    if (op.field().merging() == Merging.EARLIEST) {
      registers.putIfAbsent(op.field(), op.value());
    } else {
      registers.put(op.field(), op.value());
    }
  }

  private void retract(Operation.Target target) {
    if (target instanceof Operation.Target.OfField one) {
      registers.remove(one.field());
      sets.remove(one.field());
    } else if (target instanceof Operation.Target.Whole) {
      registers.clear();
      sets.clear();
    }
  }

  @Override
  public Collection<Field> fields() {
    Set<Field> fields = new LinkedHashSet<>(registers.keySet());
    fields.addAll(sets.keySet());
    return fields;
  }

  @Override
  public Optional<CborValue> register(Field field) {
    return Optional.ofNullable(registers.get(field));
  }

  @Override
  public List<CborValue> elements(Field set) {
    return new ArrayList<>(sets.getOrDefault(set, Collections.emptySet()));
  }
}
