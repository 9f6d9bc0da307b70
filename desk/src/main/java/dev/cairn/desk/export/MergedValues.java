package dev.cairn.desk.export;

import dev.cairn.client.casualty.CasualtyValues;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.merge.SetState;
import dev.cairn.protocol.record.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A merged record as the values a casualty document is written from. */
public final class MergedValues implements CasualtyValues {

  private final RecordState state;

  /** Of a record as it is merged. */
  public MergedValues(RecordState state) {
    this.state = state;
  }

  @Override
  public Collection<Field> fields() {
    Set<Field> fields = new LinkedHashSet<>();
    for (FieldState field : state.fields()) {
      if (field.shown().isPresent()) {
        fields.add(field.field());
      }
    }
    state.sets().forEach(set -> fields.add(set.field()));
    return fields;
  }

  @Override
  public Optional<CborValue> register(Field field) {
    return state.shown(field);
  }

  @Override
  public List<CborValue> elements(Field set) {
    List<CborValue> elements = new ArrayList<>();
    for (SetState held : state.sets()) {
      if (held.field().equals(set)) {
        held.present().forEach(element -> elements.add(element.value()));
      }
    }
    return elements;
  }
}
