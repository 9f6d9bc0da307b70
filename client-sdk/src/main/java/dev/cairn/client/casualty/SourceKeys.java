package dev.cairn.client.casualty;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The keys of a source, in the order in which the wire has their values. */
final class SourceKeys {

  static final List<String> KEYS =
      Collections.unmodifiableList(Arrays.asList("publisher", "language", "host", "published"));
  static final int COUNT = KEYS.size();

  private SourceKeys() {}
}
