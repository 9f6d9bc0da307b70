package dev.cairn.protocol.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every order of a short list. */
final class Orders {

  private Orders() {}

  static <T> List<List<T>> of(List<T> items) {
    List<List<T>> orders = new ArrayList<>();
    fill(new ArrayList<>(items), 0, orders);
    return orders;
  }

  private static <T> void fill(List<T> items, int from, List<List<T>> orders) {
    if (from >= items.size() - 1) {
      orders.add(new ArrayList<>(items));
      return;
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      fill(items, from + 1, orders);
      Collections.swap(items, from, i);
    }
  }
}
