package dev.cairn.client.report;

import dev.cairn.protocol.cbor.CborValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where and how a file was made, as its recorder tells it: entries of the application's choosing,
 * which travel inside the sealed report.
 *
 * @param entries by name
 */
public record CaptureMetadata(Map<String, CborValue> entries) {

  /** Nothing is told. */
  public static final CaptureMetadata NONE = new CaptureMetadata(Map.of());

  /** Takes a copy. */
  public CaptureMetadata {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Tells how much, never what. */
  @Override
  public String toString() {
    return entries.size() + " entries of capture data";
  }
}
