package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the repetitions in a list: a set has each element once, and a file may name a source
 * twice.
 */
final class Repetition {

  private final Map<CborValue, Integer> met = new HashMap<>();

  /** The element as the set holds it: itself when it is the first, with its number from 2 on. */
  CborValue number(CborValue element) {
    int count = met.merge(element, 1, Integer::sum);
    if (count == 1) {
      return element;
    }
    if (element instanceof CborArray parts) {
      List<CborValue> numbered = new ArrayList<>(parts.items());
      numbered.add(CborValue.of(count));
      return CborValue.array(numbered);
    }
    return CborValue.array(element, CborValue.of(count));
  }
}
