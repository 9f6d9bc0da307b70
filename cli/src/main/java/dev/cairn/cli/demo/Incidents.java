package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * What the demo's reporters record. The figures of the coast in March 2025 are published ones; the
 * single incidents are invented and only look like what reporters write.
 */
final class Incidents {

  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 3, 6);
  private static final int DAYS = 5;
  private static final int SENTENCES = 16;
  private static final List<String> METHODS = List.of("Small arms", "Artillery", "Arson");

  private Incidents() {}

  /** The published figures' incident, as casualty JSON. */
  static byte[] coast() throws IOException {
    return resource("coast.json");
  }

  /** One morning in Baniyas. */
  static byte[] toldByOmar() throws IOException {
    return resource("told-by-omar.json");
  }

  /** Three incidents that travel on a stick. */
  static byte[] toldBySamir() throws IOException {
    return resource("told-by-samir.jsonl");
  }

  /** The same morning by somebody else, and many small incidents, each with a code of its own. */
  static byte[] toldByYara(int first, int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    if (first == 0) {
      lines.append(text("told-by-yara.json").strip()).append('\n');
    }
    String[] places = text("places.txt").strip().split("\n", -1);
    String[] sentences = text("sentences.txt").strip().split("\n", -1);
    for (int i = first; i < first + count; i++) {
      String[] place = places[i % places.length].split("\\|", -1);
      lines.append(incident(i, place, narrative(i, sentences))).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Different from report to report, as people tell things. */
  private static String narrative(int number, String[] sentences) {
    StringBuilder narrative = new StringBuilder("شهادة رقم ").append(number + 1).append('.');
    int step = 5 + 2 * (number % 5);
    for (int i = 0; i < SENTENCES; i++) {
      narrative.append(' ').append(sentences[(number + i * step) % sentences.length]);
    }
    return narrative.toString();
  }

  private static ObjectNode incident(int number, String[] place, String narrative) {
    int killed = number * 7 % 5;
    ObjectNode incident = Output.object();
    incident.put("code", "YARA-B" + number);
    incident.put("date", FIRST_DAY.plusDays(number % DAYS).toString());
    ObjectNode where = incident.putObject("place");
    where.put("en", place[0]).put("ar", place[1]).put("region", place[2]);
    where.put("latitude", Double.parseDouble(place[3]));
    where.put("longitude", Double.parseDouble(place[4]));
    ObjectNode counts = incident.putObject("killed").putObject("civilian");
    counts.put("min", killed).put("max", killed + number % 3);
    incident.put("method", METHODS.get(number % METHODS.size()));
    incident.put("evidence_grade", number % 2 == 0 ? "Weak" : "Fair");
    incident.put("narrative_ar", narrative);
    incident.putArray("sources");
    return incident;
  }

  private static String text(String name) throws IOException {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Incidents.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing in this build: " + name);
      }
      return in.readAllBytes();
    }
  }
}
