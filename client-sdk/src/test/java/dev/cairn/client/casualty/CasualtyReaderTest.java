package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.casualty.CasualtyReader.Line;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CasualtyReaderTest {

  static List<Line> lines(byte[] file) {
    return lines(new ByteArrayInputStream(file));
  }

  static List<Line> lines(InputStream file) {
    try {
      CasualtyReader reader = new CasualtyReader(file);
      List<Line> lines = new ArrayList<>();
      for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
      }
      return lines;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static List<Line> lines(String file) {
    return lines(file.getBytes(StandardCharsets.UTF_8));
  }

  static List<Operation> accepted(String line) {
    List<Line> lines = lines(line);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).as(lines.get(0) + " " + line).isInstanceOf(Line.Accepted.class);
    return ((Line.Accepted) lines.get(0)).operations();
  }

  private static Line.Refused refused(String line) {
    List<Line> lines = lines(line);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).as("line").isInstanceOf(Line.Refused.class);
    return (Line.Refused) lines.get(0);
  }

  private static String letters(int count) {
    char[] letters = new char[count];
    Arrays.fill(letters, 'x');
    return new String(letters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|not-an-object|",
        "\"text\"|not-an-object|",
        "null|not-an-object|",
        "7|not-an-object|",
        "{|not-json|",
        "{\"a\":1}}|not-json|",
        "{\"a\":1} {}|not-json|",
        "{'a':1}|not-json|",
        "{\"a\":01}|not-json|",
        "{\"a\":tru}|not-json|",
        "{\"a\":1,}|not-json|",
        "nonsense|not-json|",
        "{\"a\":1,\"a\":1}|duplicate-key|a",
        "{\"place\":{\"en\":\"X\",\"en\":\"X\"}}|duplicate-key|place.en",
        "{\"x\":[{\"y\":1,\"\\u0079\":2}]}|duplicate-key|x[0].y",
        "{\"code\":5}|wrong-type|code",
        "{\"date\":20200101}|wrong-type|date",
        "{\"time_of_day\":{}}|wrong-type|time_of_day",
        "{\"place\":\"Aleppo\"}|wrong-type|place",
        "{\"place\":{\"en\":1}}|wrong-type|place.en",
        "{\"place\":{\"latitude\":\"36.1\"}}|wrong-type|place.latitude",
        "{\"place\":{\"longitude\":true}}|wrong-type|place.longitude",
        "{\"killed\":[]}|wrong-type|killed",
        "{\"killed\":3}|wrong-type|killed",
        "{\"killed\":{\"civilian\":3}}|wrong-type|killed.civilian",
        "{\"killed\":{\"civilian\":{\"min\":\"3\"}}}|wrong-type|killed.civilian.min",
        "{\"killed\":{\"civilian\":{\"min\":2.5}}}|wrong-type|killed.civilian.min",
        "{\"killed\":{\"civilian\":{\"min\":3.0}}}|wrong-type|killed.civilian.min",
        "{\"injured\":{\"men\":{\"max\":1e2}}}|wrong-type|injured.men.max",
        "{\"alleged_perpetrators\":\"A\"}|wrong-type|alleged_perpetrators",
        "{\"alleged_perpetrators\":[\"A\",1]}|wrong-type|alleged_perpetrators[1]",
        "{\"method\":[\"A\"]}|wrong-type|method",
        "{\"narrative_en\":false}|wrong-type|narrative_en",
        "{\"sources\":{}}|wrong-type|sources",
        "{\"sources\":[null,\"x\"]}|wrong-type|sources[1]",
        "{\"sources\":[{\"publisher\":1}]}|wrong-type|sources[0].publisher",
        "{\"killed\":{\"civilian\":{\"min\":4,\"max\":3}}}|min-above-max|killed.civilian",
        "{\"killed\":{\"civilian\":{\"min\":-1,\"max\":3}}}|negative|killed.civilian.min",
        "{\"injured\":{\"women\":{\"max\":-0}}}|negative|injured.women.max",
        "{\"date\":\"2023-02-29\"}|impossible-date|date",
        "{\"date\":\"2023-13\"}|impossible-date|date",
        "{\"date\":\"\"}|impossible-date|date",
        "{\"date\":\"yesterday\"}|impossible-date|date",
        "{\"date\":\"2023-1-1\"}|impossible-date|date",
        "{\"date\":\"2023-05-02/2023-05-01\"}|impossible-date|date",
        "{\"place\":{\"latitude\":90.0000001}}|out-of-range|place.latitude",
        "{\"place\":{\"latitude\":-91}}|out-of-range|place.latitude",
        "{\"place\":{\"longitude\":180.1}}|out-of-range|place.longitude",
        "{\"place\":{\"longitude\":1e99999999999}}|out-of-range|place.longitude",
        "{\"place\":{\"latitude\":NaN}}|not-a-number|place.latitude",
        "{\"x\":-Infinity}|not-a-number|x",
        "{\"code\":\"\\ud800\"}|lone-surrogate|code",
        "{\"code\":\"\\udc00\\ud800\"}|lone-surrogate|code",
        "{\"x\":{\"\\ud83d\":1}}|lone-surrogate|x",
        "{\"killed\":{\"civilian\":{\"max\":1000000001}}}|over-limit|killed.civilian.max",
        "{\"killed\":{\"civilian\":{\"max\":99999999999999999999}}}|over-limit|killed.civilian.max",
      })
  void line_thatBreaksARule_isRefusedWithItsCodeAndPlace(String line, String code, String field) {
    Line.Refused refused = refused(line);

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(field == null ? "" : field);
    assertThat(refused.reason()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"place\":null,\"killed\":null,\"sources\":null,\"alleged_perpetrators\":null}",
        "{\"place\":{},\"killed\":{\"civilian\":null},\"injured\":{\"men\":{}}}",
        "{\"killed\":{\"civilian\":{\"min\":null,\"max\":4}}}",
        "{\"sources\":[null,{},{\"publisher\":null}],\"alleged_perpetrators\":[null,\"\"]}",
        "{\"date\":\"2024-02-29\"}",
        "{\"date\":\"2024-02\"}",
        "{\"date\":\"2024\"}",
        "{\"date\":\"2024-02/2024-02-01\"}",
        "{\"place\":{\"latitude\":90,\"longitude\":-180.000}}",
        "{\"place\":{\"latitude\":-9.0e1,\"longitude\":1e-400}}",
        "{\"killed\":{\"civilian\":{\"min\":1000000000,\"max\":1000000000}}}",
        "{\"title\":5,\"tags\":{},\"verification\":\"who knows\",\"persons\":[\"A\"]}",
        "{\"shape\":1,\"relation\":{},\"fields\":[],\"record\":\"r\",\"cairn\":{}}",
        "{\"x\":1E400,\"y\":-0,\"z\":[[[{}]]],\"\":\"\",\"a.b\":{\"c\":1},\"\\\\\":null}",
        "{\"code\":\"\\ud83d\\ude00 \\u0000 \\u200f\"}",
      })
  void line_withNothingForbidden_isAcceptedAndExportedAgain(String line) throws Exception {
    String exported = CasualtyWriter.write(CasualtyValues.of(accepted(line)));

    assertThat(exported).isEqualTo(JsonWriting.text(JsonReading.read(line)));
  }

  @Test
  void line_inWrongUtf8_isRefused() {
    byte[] latin = "{\"code\":\"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(lines(latin)).hasSize(1);
    assertThat(((Line.Refused) lines(latin).get(0)).code()).isEqualTo("not-json");
  }

  @Test
  void surrogate_inRawBytes_isRefusedAsOne() {
    byte[] line = "{\"code\":\"???\"}".getBytes(StandardCharsets.US_ASCII);
    line[9] = (byte) 0xed;
    line[10] = (byte) 0xa0;
    line[11] = (byte) 0x80;

    assertThat(lines(line).get(0))
        .isInstanceOfSatisfying(
            Line.Refused.class, refused -> assertThat(refused.code()).isEqualTo("lone-surrogate"));
  }

  @Test
  void byte_thatIsNoUtf8_isNoJson() {
    byte[] line = "{\"code\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    line[9] = (byte) 0xff;

    assertThat(lines(line).get(0))
        .isInstanceOfSatisfying(
            Line.Refused.class, refused -> assertThat(refused.code()).isEqualTo("not-json"));
  }

  @Test
  void file_withMarkAndWindowsEndsAndBlankLines_isAcceptedWithTrueNumbers() {
    List<Line> lines = lines("\ufeff{\"code\":\"a\"}\r\n\r\n \t\n\ufeff{\"code\":\"b\"}\r\n\n{}");

    assertThat(lines).extracting(Line::number).containsExactly(1, 4, 6);
    assertThat(lines).allMatch(line -> line instanceof Line.Accepted);
  }

  @Test
  void file_withABadLine_goesOnBehindIt() {
    List<Line> lines = lines("{\"code\":\"a\"}\n{broken\n{\"code\":\"c\"}\n");

    assertThat(lines)
        .extracting(line -> line instanceof Line.Accepted)
        .containsExactly(true, false, true);
  }

  @Test
  void file_thatIsEmpty_hasNoLines() {
    assertThat(lines("")).isEmpty();
  }

  @Test
  void lineSize_atTheLimit_isAccepted() {
    int spaces = Limits.CASUALTY_LINE_SIZE_BYTES_MAX - 2;
    String line = "{" + letters(spaces).replace('x', ' ') + "}";

    assertThat(lines(line + "\n{}")).allMatch(read -> read instanceof Line.Accepted);
  }

  @Test
  void lineSize_overTheLimit_isRefusedAndTheNextIsRead() {
    int spaces = Limits.CASUALTY_LINE_SIZE_BYTES_MAX - 1;
    String line = "{" + letters(spaces).replace('x', ' ') + "}";

    List<Line> lines = lines(line + "\n{}");

    assertThat(((Line.Refused) lines.get(0)).code()).isEqualTo("over-limit");
    assertThat(lines.get(1)).isInstanceOf(Line.Accepted.class);
  }

  @Test
  void lineWithoutEnd_ofAGigabyte_isRefusedWithoutBeingHeld() {
    InputStream endless =
        new InputStream() {
          private long left = 1L << 30;

          @Override
          public int read() {
            throw new AssertionError("read one by one");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
          }
        };

    assertThat(((Line.Refused) lines(endless).get(0)).code()).isEqualTo("over-limit");
  }

  @Test
  void textSize_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    int most = Limits.VALUE_SIZE_BYTES_MAX - 3; // the head of the text
    accepted("{\"narrative\":\"" + letters(most) + "\"}");

    assertThat(refused("{\"narrative\":\"" + letters(most + 1) + "\"}").field())
        .isEqualTo("narrative");
  }

  @Test
  void unknownValueSize_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    int most = Limits.VALUE_SIZE_BYTES_MAX - 5; // the head, and two quotation marks
    accepted("{\"x\":\"" + letters(most) + "\"}");

    assertThat(refused("{\"x\":\"" + letters(most + 1) + "\"}").code()).isEqualTo("over-limit");
  }

  @Test
  void keySize_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    accepted("{\"" + letters(Limits.PATH_SIZE_BYTES_MAX) + "\":1}");

    assertThat(refused("{\"" + letters(Limits.PATH_SIZE_BYTES_MAX + 1) + "\":1}").code())
        .isEqualTo("over-limit");
  }

  private static String nested(int depth) {
    return "{\"x\":"
        + letters(depth - 1).replace("x", "[")
        + letters(depth - 1).replace("x", "]")
        + "}";
  }

  @Test
  void depth_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    accepted(nested(Limits.CASUALTY_DEPTH_MAX));

    assertThat(refused(nested(Limits.CASUALTY_DEPTH_MAX + 1)).code()).isEqualTo("over-limit");
  }

  @Test
  void numberLength_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    String digits = letters(Limits.CASUALTY_NUMBER_CHARS_MAX).replace('x', '7');
    accepted("{\"x\":" + digits + "}");

    assertThat(refused("{\"x\":" + digits + "7}").code()).isEqualTo("over-limit");
  }

  private static String manySources(int count) {
    StringBuilder sources = new StringBuilder("{\"sources\":[");
    for (int i = 0; i < count; i++) {
      sources.append(i == 0 ? "null" : ",null");
    }
    return sources.append("]}").toString();
  }

  @Test
  void setElements_onBothSidesOfTheLimit_areAcceptedAndRefused() {
    accepted(manySources(Limits.SET_ELEMENTS_MAX));

    assertThat(refused(manySources(Limits.SET_ELEMENTS_MAX + 1)).field()).isEqualTo("sources");
  }

  @Test
  void elementsOfAllLists_onBothSidesOfTheLimit_areAcceptedAndRefused() {
    String lists = manySources(Limits.SET_ELEMENTS_MAX);
    StringBuilder tags = new StringBuilder(",\"tags\":[\"t\"");
    for (int i = 1; i < Limits.BODY_ELEMENTS_MAX - Limits.SET_ELEMENTS_MAX; i++) {
      tags.append(",\"t").append(i).append('"');
    }
    String most = lists.substring(0, lists.length() - 1) + tags + "]";
    accepted(most + "}");

    assertThat(refused(most + ",\"methods\":[\"m\"]}").code()).isEqualTo("over-limit");
  }

  /** A report of five texts, the last of so many letters. */
  private static String fiveTexts(int lastLetters) {
    StringBuilder line = new StringBuilder("{");
    for (int i = 0; i < 4; i++) {
      line.append("\"a").append(i).append("\":\"").append(letters(60_000)).append("\",");
    }
    return line.append("\"a4\":\"").append(letters(lastLetters)).append("\"}").toString();
  }

  @Test
  void reportSize_onBothSidesOfTheLimit_isAcceptedAndRefused() {
    int some = 5_000;
    long sizeBytes = sizeBytes(accepted(fiveTexts(some)));
    int most = some + (int) (Limits.CASUALTY_REPORT_SIZE_BYTES_MAX - sizeBytes);

    assertThat(sizeBytes(accepted(fiveTexts(most))))
        .isEqualTo(Limits.CASUALTY_REPORT_SIZE_BYTES_MAX);
    assertThat(refused(fiveTexts(most + 1)).code()).isEqualTo("over-limit");
  }

  private static long sizeBytes(List<Operation> operations) {
    return operations.stream().mapToLong(each -> Operations.encode(each).length).sum();
  }

  @Test
  void refusal_ofAnything_quotesNothingOfTheLine() {
    for (String line :
        Arrays.asList("{\"code\":secret}", "{\"secret", "secret", "{\"code\":\"secret\\q\"}")) {
      assertThat(refused(line).reason()).doesNotContain("secret");
    }
  }

  @Test
  void document_onSeveralLines_isRead() throws Exception {
    byte[] pretty = "\ufeff{\n  \"code\": \"a\"\n}\n".getBytes(StandardCharsets.UTF_8);

    assertThat(CasualtyReader.document(new ByteArrayInputStream(pretty)))
        .isEqualTo(accepted("{\"code\":\"a\"}"));
  }
}
