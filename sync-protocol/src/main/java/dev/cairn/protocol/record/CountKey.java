package dev.cairn.protocol.record;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Names one figure: published figures differ in what, whom, where, until when and by whom they
 * count, and figures with different keys never contradict each other.
 *
 * <p>Area, as-of and source compare as they stand. {@link #of} brings what a person wrote into one
 * form (NFC, trimmed); the constructor takes what the wire says, because Unicode tables differ from
 * device to device and every reader must see the same key.
 *
 * @param metric what people are counted as
 * @param filter who is counted, in the form of {@link CountFilter}
 * @param area a code, record id or name; empty for the place of the incident
 * @param asOf ISO date until which is counted; empty when nobody said
 * @param source a code, record id or name; empty for the author's own finding
 */
public record CountKey(Metric metric, String filter, String area, String asOf, String source) {

  private static final int PARTS = 5;

  /** Refuses a filter that is not in its one form, and texts over the limit. */
  public CountKey {
    if (!CountFilter.isCanonical(filter)) {
      throw new IllegalArgumentException("filter is not in its canonical form");
    }
    bounded("filter", filter);
    bounded("area", area);
    bounded("as-of", asOf);
    bounded("source", source);
  }

  /** Everybody of a group at the place of the incident, as the author found it. */
  public static CountKey of(Metric metric, String filter) {
    return of(metric, filter, "", "", "");
  }

  /**
   * A key from what a person wrote.
   *
   * @throws IllegalArgumentException if the filter is none, or a text is over the limit
   */
  public static CountKey of(Metric metric, String filter, String area, String asOf, String source) {
    return new CountKey(
        metric, CountFilter.canonical(filter), tidy(area), tidy(asOf), tidy(source));
  }

  private static String tidy(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).trim();
  }

  private static void bounded(String what, String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX) {
      throw new IllegalArgumentException(
          what + " longer than " + Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX + " bytes");
    }
  }

  /** Appends this key's encoding. */
  public void write(CborWriter writer) {
    writer.array(PARTS).uint(metric.code()).text(filter).text(area).text(asOf).text(source);
  }

  /**
   * Reads a key.
   *
   * @throws MalformedException if it is not one, or counts by a metric this program does not know
   */
  static CountKey read(CborReader reader) throws MalformedException {
    reader.arrayOf(PARTS);
    long code = reader.uint();
    Metric metric = Metric.ofCode(code).orElse(null);
    if (metric == null) {
      throw new MalformedException("unknown metric");
    }
    String filter = reader.text(Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX);
    if (!CountFilter.isCanonical(filter)) {
      throw new MalformedException("filter is not in its canonical form");
    }
    String area = reader.text(Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX);
    String asOf = reader.text(Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX);
    String source = reader.text(Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX);
    return new CountKey(metric, filter, area, asOf, source);
  }

  /** The metric only: area and source may name places and people. */
  @Override
  public String toString() {
    return "count of " + metric.word();
  }
}
