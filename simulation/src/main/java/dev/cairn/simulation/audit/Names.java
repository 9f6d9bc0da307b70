package dev.cairn.simulation.audit;

import java.util.Locale;

/** Short names of ids for findings. */
final class Names {

  private static final int DIGITS = 8;

  private Names() {}

  /** The beginning of an id. */
  static String of(Object id) {
    String all = id.toString().toLowerCase(Locale.ROOT);
    return all.length() <= DIGITS ? all : all.substring(0, DIGITS);
  }
}
