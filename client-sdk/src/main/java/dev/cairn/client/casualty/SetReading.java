package dev.cairn.client.casualty;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.ValueShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads lists of texts or record ids where a file happens to use the name of such a set. */
final class SetReading {

  private SetReading() {}

  /** The elements; empty if the value is anything but a list that the set gives back unchanged. */
  static Optional<List<CborValue>> read(KnownField set, Json value) {
    boolean reads = set.shape() == ValueShape.TEXT || set.shape() == ValueShape.RECORD;
    if (set.merging() != Merging.SET
        || !reads
        || !(value instanceof Json.Items list)
        || list.items().isEmpty()) {
      return Optional.empty();
    }
    List<CborValue> elements = new ArrayList<>();
    for (Json item : list.items()) {
      if (!(item instanceof Json.Text text)) {
        return Optional.empty();
      }
      try {
        elements.add(element(set, text.value()));
      } catch (MalformedException noRecord) {
        return Optional.empty();
      }
    }
    return new HashSet<>(elements).size() == elements.size()
        ? Optional.of(elements)
        : Optional.empty();
  }

  /** One element from its text. */
  static CborValue element(KnownField set, String text) throws MalformedException {
    return set.shape() == ValueShape.RECORD
        ? CborValue.of(RecordId.parse(text).bytes())
        : CborValue.of(text);
  }
}
