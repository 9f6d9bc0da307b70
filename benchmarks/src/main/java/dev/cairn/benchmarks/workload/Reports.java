package dev.cairn.benchmarks.workload;

import dev.cairn.client.casualty.CasualtyReader;
import dev.cairn.protocol.record.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Made-up reports in the common layout of casualty JSON, each a line of about 1 KB: a place, a
 * date, figures, a narrative of 40 to 46 words, two or three sources. Publishers and hosts are
 * letters by chance, so that no dictionary helps with them. The same seed gives the same reports.
 */
public final class Reports {

  private static final String[] PLACES = {
    "Aqiba", "Tharwat", "Kafr Nabl", "Ras al-Ayn", "Jarablus", "Maarat", "Tal Rifaat", "Ariha"
  };
  private static final String[] METHODS = {"Airstrike", "Artillery", "Small Arms", "Drone Strike"};
  private static final String[] GRADES = {"Weak", "Fair", "Confirmed"};
  private static final String[] WORDS = {
    "سقطت", "قذائف", "قرب", "السوق", "وسط", "البلدة", "وتأخرت", "سيارات", "الإسعاف", "بسبب",
    "الطريق", "قال", "شاهد", "إن", "الطائرة", "حلقت", "على", "ارتفاع", "منخفض", "قبل",
    "أن", "تستهدف", "مبنى", "من", "طابقين", "تسكنه", "عائلتان", "ونقل", "المصابون", "إلى",
    "المشفى", "الميداني", "في", "الصباح", "الباكر", "ولم", "يتمكن", "الفريق", "الوصول", "مساء"
  };

  private final Random random;

  /** Reports of a seed. */
  public Reports(long seed) {
    random = new Random(seed);
  }

  /** The next report as its line. */
  public String line() {
    int year = 2014 + random.nextInt(10);
    String date =
        String.format(
            Locale.ROOT, "%d-%02d-%02d", year, 1 + random.nextInt(12), 1 + random.nextInt(28));
    int low = random.nextInt(9);
    return "{\"code\": \"BM"
        + (1000 + random.nextInt(9000))
        + "\", \"date\": \""
        + date
        + "\", \"time_of_day\": null, \"place\": {\"en\": \""
        + PLACES[random.nextInt(PLACES.length)]
        + "\", \"ar\": \""
        + words(2)
        + "\", \"region\": \"Aleppo\", \"latitude\": "
        + coordinate(35)
        + ", \"longitude\": "
        + coordinate(37)
        + "}, \"killed\": {\"civilian\": {\"min\": "
        + low
        + ", \"max\": "
        + (low + random.nextInt(4))
        + "}}, \"injured\": {}, \"alleged_perpetrators\": [], \"method\": \""
        + METHODS[random.nextInt(METHODS.length)]
        + "\", \"cause\": null, \"evidence_grade\": \""
        + GRADES[random.nextInt(GRADES.length)]
        + "\", \"attribution\": null, \"narrative_ar\": \""
        + words(34 + random.nextInt(7))
        + "\", \"sources\": ["
        + source()
        + ", "
        + source()
        + "]}";
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private String coordinate(int degrees) {
    return String.format(Locale.ROOT, "%d.%06d", degrees, random.nextInt(1_000_000));
  }

  private String source() {
    return "{\"publisher\": \""
        + letters(10 + random.nextInt(8))
        + "\", \"language\": \"Arabic\", \"host\": \"www."
        + letters(9)
        + ".com\", \"published\": null}";
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  /** The next report as what opens its record. */
  public List<Operation> next() {
    return operations(line());
  }

  /** What opens the record of a line. */
  public static List<Operation> operations(String line) {
    try {
      CasualtyReader reader =
          new CasualtyReader(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      if (reader.next().orElseThrow() instanceof CasualtyReader.Line.Accepted accepted) {
        return accepted.operations();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a line in memory cannot be read", e);
    }
    throw new IllegalStateException("a generated report was refused");
  }

  /** What gzip makes of a line, in bytes. */
  public static int gzipped(String line) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(line.getBytes(StandardCharsets.UTF_8));
      }
      return out.size();
    } catch (IOException e) {
      throw new IllegalStateException("a stream in memory failed", e);
    }
  }
}
