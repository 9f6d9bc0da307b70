package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.record.KnownField;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  private static final String SHA_256 =
      "44573ac841f70d5985d7d6dcf46403085818cbec8f3f165e91fe21861ff5201c";

  private static final List<String> GOVERNORATES =
      List.of(
          ("Quneitra,Tartus,Latakia,Al-Suwayda,Rif Dimashq,Damascus,Daraa,Homs,Hama,Raqqa,"
                  + "Deir Ezzor,Al-Hasakah,Al Hassakah,Idlib,Aleppo")
              .split(","));

  private static final Set<String> LANGUAGES_AND_PLATFORMS =
      Set.of(
          ("Arabic,English,French,Hebrew,Kurdish,Turkish,Facebook,Telegram,Twitter,Video,t.me,"
                  + "twitter.com,www.facebook.com,www.instagram.com,www.youtube.com,x.com,Unknown")
              .split(","));

  @Test
  void dictionary_ofThisProgram_isTheOneOfTheProtocol() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Dictionary.bytes());

    assertThat(Hex.encode(hash)).isEqualTo(SHA_256);
  }

  @Test
  void dictionary_builtFromItsReadableSource_isTheSame() throws Exception {
    assertThat(fromSource()).isEqualTo(Dictionary.bytes());
  }

  @Test
  void dictionary_assertedWords_areInTheClosedListOfTheirField() throws Exception {
    for (String line : lines()) {
      if (line.startsWith("r: ")) {
        String[] parts = line.substring(3).split(" ", 2);
        KnownField field = KnownField.ofCode(Long.parseLong(parts[0])).orElseThrow();
        assertThat(field == KnownField.PLACE_REGION ? GOVERNORATES : field.words())
            .as(line)
            .contains(parts[1]);
      }
    }
  }

  @Test
  void dictionary_texts_holdNoFigureAndNoHostButThePlatforms() throws Exception {
    for (String line : lines()) {
      if (line.startsWith("t: ")) {
        assertThat(line).doesNotContainPattern("[0-9]{3}|[.][a-z]");
      }
      if (line.startsWith("s: ")) {
        assertThat(LANGUAGES_AND_PLATFORMS).contains(line.substring(3).split(" |\\\\n", 0));
      }
    }
  }

  @Test
  void dictionary_fitsInHalfOfTheWindow() {
    assertThat(Dictionary.bytes().length).isLessThan(16 * 1024);
  }

  private static byte[] fromSource() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines()) {
      out.write(piece(line.charAt(0), line.length() < 3 ? "" : line.substring(3)));
    }
    return out.toByteArray();
  }

  private static List<String> lines() throws Exception {
    try (BufferedReader source =
        new BufferedReader(
            new InputStreamReader(
                DictionaryTest.class.getResourceAsStream("dictionary-1.txt"),
                StandardCharsets.UTF_8))) {
      return source.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }
  }

  private static byte[] piece(char kind, String rest) throws Exception {
    String text = rest.replace("\\n", "\n");
    return switch (kind) {
      case 't' -> text.getBytes(StandardCharsets.UTF_8);
      case 's' -> CborValue.of(text).encode();
      case 'x' -> Hex.decode(text.replace(" ", ""));
      case 'r' -> assertion(text, text.indexOf(' '));
      default -> throw new IllegalArgumentException("unknown kind of piece");
    };
  }

  private static byte[] assertion(String text, int space) {
    CborWriter writer = new CborWriter().array(3).uint(1);
    writer.uint(Long.parseLong(text.substring(0, space))).text(text.substring(space + 1));
    return writer.toBytes();
  }
}
