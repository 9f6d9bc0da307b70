package dev.cairn.cli.demo;

import java.util.List;

/** Who takes part, by the name of the folder of their store. */
final class Cast {

  /** Owner of the space, at the first desk. */
  static final String LINA = "lina";

  /** Coordinator, at the second desk. */
  static final String KARIM = "karim";

  /** Reporter who is online now and then. */
  static final String OMAR = "omar";

  /** Reporter with much to send. */
  static final String YARA = "yara";

  /** Reporter without any network. */
  static final String SAMIR = "samir";

  /** The desks. */
  static final List<String> DESKS = List.of(LINA, KARIM);

  /** The reporters. */
  static final List<String> REPORTERS = List.of(OMAR, YARA, SAMIR);

  private Cast() {}
}
