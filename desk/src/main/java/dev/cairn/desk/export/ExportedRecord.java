package dev.cairn.desk.export;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.merge.SetState;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import java.util.List;
import java.util.Optional;

/**
 * A record as it goes out.
 *
 * @param state the merged record
 * @param review the word for its review state
 * @param signers ids of the members who said something of it, ascending
 */
public record ExportedRecord(RecordState state, String review, List<String> signers) {

  /** How many of its fields are in conflict. */
  public int conflicts() {
    return state.conflicts().size();
  }

  /** The text shown for a field, if it is a text. */
  public Optional<String> text(KnownField field) {
    return state
        .shown(Field.of(field))
        .filter(CborValue.Text.class::isInstance)
        .map(value -> ((CborValue.Text) value).value());
  }

  /** The count shown under a key without area, time and source. */
  public Optional<CountValue> count(Metric metric, String filter) {
    return state.shown(Field.of(CountKey.of(metric, filter))).flatMap(CountValue::ofValue);
  }

  /** The elements of a set, in order. */
  public List<CborValue> elements(KnownField field) {
    for (SetState set : state.sets()) {
      if (set.field().equals(Field.of(field))) {
        return set.present().stream().map(SetState.Element::value).toList();
      }
    }
    return List.of();
  }
}
