package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  private static final String SHA_256 =
      "5dea9ff3c290709a9bac182c92f277cbd0e2a8d893b64174cff90bdb8635fb0f";

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
  void dictionary_fitsInHalfOfTheWindow() {
    assertThat(Dictionary.bytes().length).isLessThan(16 * 1024);
  }

  private static byte[] fromSource() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferedReader source =
        new BufferedReader(
            new InputStreamReader(
                DictionaryTest.class.getResourceAsStream("dictionary-1.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = source.readLine(); line != null; line = source.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          out.write(piece(line.charAt(0), line.length() < 3 ? "" : line.substring(3)));
        }
      }
    }
    return out.toByteArray();
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
