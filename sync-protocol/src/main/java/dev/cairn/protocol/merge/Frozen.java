package dev.cairn.protocol.merge;

import java.util.Collections;
import java.util.List;

/**
 * Lists of a state, which nobody changes any more, in as little room as they take: a state has one
 * or two for every operation, nearly all of them with one item or none.
 */
final class Frozen {

  private Frozen() {}

  static <T> List<T> list(List<T> items) {
    return switch (items.size()) {
      case 0 -> Collections.emptyList();
      case 1 -> Collections.singletonList(items.get(0));
      default -> Collections.unmodifiableList(items);
    };
  }
}
