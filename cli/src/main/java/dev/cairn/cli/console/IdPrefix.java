package dev.cairn.cli.console;

import dev.cairn.protocol.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds what a person meant by the beginning of an id. */
public final class IdPrefix {

  private IdPrefix() {}

  /**
   * The one thing whose id begins so.
   *
   * @param id the id of each, as hexadecimal digits
   * @param what it is: {@code device}, used in the code of the refusal
   * @throws RefusedException {@code device.unknown} or {@code device.ambiguous}
   */
  public static <T> T find(
      String prefix, Collection<T> all, Function<? super T, String> id, String what)
      throws RefusedException {
    String typed = prefix.trim().toLowerCase(Locale.ROOT);
    List<T> found =
        all.stream().filter(one -> !typed.isEmpty() && id.apply(one).startsWith(typed)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty()
        ? new RefusedException(what + ".unknown", "no " + what + " begins with " + prefix)
        : new RefusedException(
            what + ".ambiguous", found.size() + " of kind " + what + " begin with " + prefix);
  }
}
