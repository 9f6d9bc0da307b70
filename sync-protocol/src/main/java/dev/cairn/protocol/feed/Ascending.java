package dev.cairn.protocol.feed;

import java.util.List;

/** The one order of every list of ids: strictly ascending, so that a set has one encoding. */
final class Ascending {

  private Ascending() {}

  static <T extends Comparable<? super T>> boolean holds(List<T> list) {
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i - 1).compareTo(list.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
