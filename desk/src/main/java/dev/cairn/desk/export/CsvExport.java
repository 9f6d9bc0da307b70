package dev.cairn.desk.export;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line a record, RFC 4180. A cell that a spreadsheet would run as a formula begins with an
 * apostrophe: reports come from anybody, and a coordinator opens the file with a click.
 */
public final class CsvExport {

  private static final List<KnownField> TEXTS =
      List.of(
          KnownField.CODE,
          KnownField.DATE,
          KnownField.TIME_OF_DAY,
          KnownField.TITLE,
          KnownField.PLACE_EN,
          KnownField.PLACE_AR,
          KnownField.PLACE_REGION,
          KnownField.TYPE_OF_ACT,
          KnownField.METHOD,
          KnownField.CAUSE,
          KnownField.ATTRIBUTION,
          KnownField.EVIDENCE_GRADE,
          KnownField.VERIFICATION,
          KnownField.NARRATIVE,
          KnownField.NARRATIVE_AR,
          KnownField.NARRATIVE_EN);
  private static final List<Metric> METRICS = List.of(Metric.KILLED, Metric.INJURED);
  private static final String FORMULA_STARTS = "=+-@\t\r＝＋－＠";

  private final Appendable out;

  /** Writes to what is given; the caller closes it. */
  public CsvExport(Appendable out) {
    this.out = out;
  }

  /** Writes the line of column names. */
  public void header() throws IOException {
    List<@Nullable String> names = new ArrayList<>(List.of("record", "state", "conflicts"));
    TEXTS.forEach(field -> names.add(field.path()));
    names.add("place.latitude");
    names.add("place.longitude");
    for (Metric metric : METRICS) {
      for (String group : FieldName.jsonGroups().keySet()) {
        names.add(metric.word() + "." + group + ".min");
        names.add(metric.word() + "." + group + ".max");
      }
    }
    names.add(KnownField.ALLEGED_PERPETRATORS.path());
    line(names);
  }

  /** Writes one record. */
  public void record(ExportedRecord exported) throws IOException {
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(exported.state().record().toString());
    cells.add(exported.review());
    cells.add(Integer.toString(exported.conflicts()));
    TEXTS.forEach(field -> cells.add(exported.text(field).orElse(null)));
    cells.add(coordinate(exported, 0));
    cells.add(coordinate(exported, 1));
    for (Metric metric : METRICS) {
      for (Map.Entry<String, String> group : FieldName.jsonGroups().entrySet()) {
        cells.add(
            exported.count(metric, group.getValue()).map(count -> text(count.low())).orElse(null));
        cells.add(
            exported.count(metric, group.getValue()).map(count -> text(count.high())).orElse(null));
      }
    }
    cells.add(
        exported.elements(KnownField.ALLEGED_PERPETRATORS).stream()
            .map(CsvExport::name)
            .collect(Collectors.joining("; ")));
    line(cells);
  }

  private static @Nullable String coordinate(ExportedRecord exported, int index) {
    return exported
        .state()
        .shown(Field.of(KnownField.PLACE_POINT))
        .filter(CborArray.class::isInstance)
        .map(point -> ((CborArray) point).items().get(index))
        .filter(CborValue.Text.class::isInstance)
        .map(text -> ((CborValue.Text) text).value())
        .orElse(null);
  }

  private static String name(CborValue element) {
    CborValue name = element instanceof CborArray repeated ? repeated.items().get(0) : element;
    return name instanceof CborValue.Text text ? text.value() : "";
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }

  private void line(List<@Nullable String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      String cell = cells.get(i);
      if (cell != null) {
        out.append(cell(cell));
      }
    }
    out.append("\r\n");
  }

  /** A cell, harmless and quoted where needed. Numbers stay numbers. */
  static String cell(String text) {
    boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?");
    String harmless = !number && startsFormula(text) ? "'" + text : text;
    boolean quoted = harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }

  /** Some programs pass over white space before a formula, some take wide signs for narrow ones. */
  private static boolean startsFormula(String text) {
    return text.codePoints()
        .filter(c -> !Character.isSpaceChar(c) && (c == '\t' || c == '\r' || c > ' '))
        .limit(1)
        .anyMatch(c -> FORMULA_STARTS.indexOf(c) >= 0);
  }
}
