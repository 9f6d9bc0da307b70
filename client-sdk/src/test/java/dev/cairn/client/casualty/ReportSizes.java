package dev.cairn.client.casualty;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * Compares what a sealed report costs on the wire with what gzip makes of its own plain line, for a
 * file of casualty JSON Lines and for the same file altered in ways that a dictionary made to fit
 * it would not survive. Prints one line of a table for each. {@code docs/SIZE.md} holds the
 * results.
 */
final class ReportSizes {

  private static final int TAG_BYTES = 16;

  /** Map head, salt, commitment and the head of the ciphertext, with room for the frame's own. */
  private static final int ITEM_BYTES = 74;

  private static final int REPORTS_A_SESSION = 50;

  /** One session statement with one opening, and the heads of requests, for that many reports. */
  private static final double SHARED_BYTES = (1168 + 250 + 900) / (double) REPORTS_A_SESSION;

  private static final List<String> ARABIC =
      Arrays.asList(
          "سقطت ثلاث قذائف قرب السوق الشعبي وسط البلدة وتأخرت سيارات الإسعاف بسبب انقطاع الطريق.",
          "قال شاهد إن الطائرة حلقت على ارتفاع منخفض قبل أن تستهدف مبنى من طابقين تسكنه عائلتان.",
          "أغلقت المدرسة أبوابها في اليوم التالي ونقل المصابون إلى المشفى الميداني القريب.",
          "لم يتمكن الفريق من الوصول إلى الموقع قبل المساء وتم توثيق آثار الدمار بالصور.",
          "ذكرت مصادر محلية أن أحد الجرحى فارق الحياة متأثراً بإصابته بعد ساعات.");
  private static final List<String> ENGLISH =
      Arrays.asList(
          "Three shells landed near the vegetable market shortly after noon, residents said.",
          "The second strike hit while neighbours were pulling people from a two-storey house.",
          "The road to the clinic was cut by debris and the wounded were carried on foot.",
          "A teacher heard an aircraft circling for about ten minutes before the explosion.",
          "It was not possible to visit the site until the next morning.");

  private final Random random = new Random(20);
  private final PrintStream out;

  private ReportSizes(PrintStream out) {
    this.out = out;
  }

  /** The argument is the file. */
  public static void main(String[] arguments) throws Exception {
    List<Json.Members> reports = new ArrayList<>();
    for (String line : Files.readAllLines(Paths.get(arguments[0]), StandardCharsets.UTF_8)) {
      if (JsonReading.read(line) instanceof Json.Members report) {
        reports.add(report);
      }
    }
    new ReportSizes(System.out).measureAll(reports);
  }

  private void measureAll(List<Json.Members> reports) throws Exception {
    out.println(
        "| reports | body | deflated | padded | sealed | gzip -6 | ratio | gzip -9 | ratio |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    measure("as they are", reports, report -> report);
    measure("without narrative", reports, report -> with(report, "narrative_ar", new Json.Null()));
    measure("other narratives, Arabic", reports, report -> telling(report, ARABIC));
    measure("other narratives, English", reports, report -> telling(report, ENGLISH));
    measure("without sources", reports, ReportSizes::withoutSources);
    measure(
        "without sources, other narratives",
        reports,
        report -> telling(withoutSources(report), ARABIC));
    measure("sources of other reports", reports, report -> foreign(report, reports));
    measure("publishers scrambled", reports, this::scrambled);
  }

  private void measure(
      String name, List<Json.Members> reports, UnaryOperator<Json.Members> altering)
      throws Exception {
    long body = 0;
    long deflated = 0;
    long padded = 0;
    long gzip6 = 0;
    long gzip9 = 0;
    for (Json.Members original : reports) {
      Json.Members report = altering.apply(original);
      byte[] encoded = body(IncidentReading.read(report));
      byte[] packed = BodyEnvelope.pack(encoded);
      byte[] line = spaced(report);
      body += encoded.length;
      deflated += dev.cairn.protocol.envelope.BodyCompression.deflate(encoded).length;
      padded += packed.length;
      gzip6 += gzip(line, 6);
      gzip9 += gzip(line, 9);
    }
    double sealed = padded + reports.size() * (TAG_BYTES + ITEM_BYTES + SHARED_BYTES);
    out.printf(
        java.util.Locale.ROOT,
        "| %s | %d | %d | %d | %.0f | %d | %.3f | %d | %.3f |%n",
        name,
        body,
        deflated,
        padded,
        sealed,
        gzip6,
        sealed / gzip6,
        gzip9,
        sealed / gzip9);
  }

  private byte[] body(List<Operation> operations) {
    long clock = (1_750_000_000_000L + random.nextInt(1 << 30)) << 16;
    return new Body(
            Optional.empty(),
            RecordKind.INCIDENT.code(),
            Collections.emptyList(),
            clock,
            random.nextInt(200) - 100,
            operations)
        .encode();
  }

  /** The line as Python writes it, with a space after comma and colon: what the files have. */
  private static byte[] spaced(Json report) {
    StringBuilder spaced = new StringBuilder();
    boolean inText = false;
    String text = JsonWriting.text(report);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      spaced.append(c);
      if (inText && c == '\\') {
        spaced.append(text.charAt(++i));
      } else if (c == '"') {
        inText = !inText;
      } else if (!inText && (c == ',' || c == ':')) {
        spaced.append(' ');
      }
    }
    return spaced.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int gzip(byte[] plain, int level) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip =
        new GZIPOutputStream(compressed) {
          {
            def.setLevel(level);
          }
        }) {
      gzip.write(plain);
    }
    return compressed.size();
  }

  private static Json.Members with(Json.Members report, String key, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(report.members());
    members.put(key, value);
    return new Json.Members(members);
  }

  private static Json.Members withoutSources(Json.Members report) {
    return with(report, "sources", new Json.Items(Collections.emptyList()));
  }

  private Json.Members telling(Json.Members report, List<String> sentences) {
    List<String> told = new ArrayList<>(sentences);
    Collections.shuffle(told, random);
    String narrative = String.join(" ", told.subList(0, 1 + random.nextInt(told.size() - 1)));
    return with(report, "narrative_ar", new Json.Text(narrative));
  }

  private Json.Members foreign(Json.Members report, List<Json.Members> reports) {
    Json.Members other = reports.get(random.nextInt(reports.size()));
    Json sources = other.members().get("sources");
    return sources == null ? report : with(report, "sources", sources);
  }

  /** Every publisher gets a name that no dictionary can hold. */
  private Json.Members scrambled(Json.Members report) {
    if (!(report.members().get("sources") instanceof Json.Items sources)) {
      return report;
    }
    List<Json> items = new ArrayList<>();
    for (Json item : sources.items()) {
      items.add(
          item instanceof Json.Members source
                  && source.members().get("publisher") instanceof Json.Text publisher
              ? with(source, "publisher", new Json.Text(letters(publisher.value().length())))
              : item);
    }
    return with(report, "sources", new Json.Items(items));
  }

  private String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }
}
