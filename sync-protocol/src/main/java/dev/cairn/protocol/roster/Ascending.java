package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Lists of ids: strictly ascending, so that a set has one encoding. */
final class Ascending {

  private Ascending() {}

  /** Reads one element of a list. */
  @FunctionalInterface
  interface Element<T> {
    T read(CborReader reader) throws MalformedException;
  }

  /** The elements in their order, each once. */
  static <T extends Comparable<? super T>> List<T> of(Collection<? extends T> elements) {
    return List.copyOf(new TreeSet<>(elements));
  }

  /**
   * An immutable copy of a list that must be in order already.
   *
   * @throws IllegalArgumentException if it is not, or has more than {@code countMax} elements
   */
  static <T> List<T> checked(
      String what, List<T> list, int countMax, Function<T, ? extends Comparable<?>> key) {
    if (list.size() > countMax) {
      throw new IllegalArgumentException(what + ": more than " + countMax);
    }
    if (!holds(list, key)) {
      throw new IllegalArgumentException(what + ": not ascending");
    }
    return List.copyOf(list);
  }

  @SuppressWarnings("unchecked")
  private static <T> boolean holds(List<T> list, Function<T, ? extends Comparable<?>> key) {
    for (int i = 1; i < list.size(); i++) {
      Comparable<Object> before = (Comparable<Object>) key.apply(list.get(i - 1));
      if (before.compareTo(key.apply(list.get(i))) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads a list whose elements ascend by their key. */
  static <T> List<T> read(
      CborReader reader,
      String what,
      int countMax,
      Element<T> element,
      Function<T, ? extends Comparable<?>> key)
      throws MalformedException {
    int from = reader.position();
    int count = reader.arrayHeader(countMax);
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.read(reader));
    }
    if (!holds(list, key)) {
      throw new MalformedException(what + ": not ascending", from);
    }
    return list;
  }

  /** Writes ids as an array of byte strings. */
  static <T> void write(CborWriter writer, List<T> ids, Function<T, byte[]> bytes) {
    writer.array(ids.size());
    for (T id : ids) {
      writer.bytes(bytes.apply(id));
    }
  }
}
