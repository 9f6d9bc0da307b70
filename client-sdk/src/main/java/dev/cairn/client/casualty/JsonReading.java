package dev.cairn.client.casualty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.cairn.protocol.limits.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document and refuses what two programs might understand differently: keys twice,
 * numbers that are none, half characters.
 */
final class JsonReading {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // keys of strangers fill no table
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse them by their own code
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.CASUALTY_DEPTH_MAX)
                  .maxNumberLength(Limits.CASUALTY_NUMBER_CHARS_MAX)
                  .maxNameLength(Limits.CASUALTY_LINE_SIZE_BYTES_MAX)
                  .maxStringLength(Limits.CASUALTY_LINE_SIZE_BYTES_MAX)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonReading(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a document from its bytes.
   *
   * @throws CasualtyException if it is not exactly one JSON value in UTF-8
   */
  static Json read(byte[] utf8, int from, int length) throws CasualtyException {
    try {
      return read(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(utf8, from, length))
              .toString());
    } catch (CharacterCodingException notUtf8) {
      if (holdsSurrogate(utf8, from, length)) {
        throw loneSurrogate("");
      }
      throw new CasualtyException(CasualtyException.NOT_JSON, "", "not UTF-8");
    }
  }

  /** Whether some bytes are what a surrogate would be if UTF-8 had them (RFC 3629 section 3). */
  private static boolean holdsSurrogate(byte[] utf8, int from, int length) {
    for (int i = from; i + 1 < from + length; i++) {
      if (utf8[i] == (byte) 0xed && (utf8[i + 1] & 0xe0) == 0xa0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads a document.
   *
   * @throws CasualtyException if it is not exactly one JSON value
   */
  static Json read(String text) throws CasualtyException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Json value = new JsonReading(parser).value("");
      if (parser.nextToken() != null) {
        throw new CasualtyException(
            CasualtyException.NOT_JSON, "", "something follows the JSON value");
      }
      return value;
    } catch (StreamConstraintsException tooMuch) {
      throw new CasualtyException(
          CasualtyException.OVER_LIMIT, "", "nested too deep, or a number too long");
    } catch (JsonProcessingException broken) {
      // the parser's own message quotes the document
      throw new CasualtyException(CasualtyException.NOT_JSON, "", "no JSON" + place(broken));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String place(JsonProcessingException broken) {
    return broken.getLocation() == null
        ? ""
        : " at character " + broken.getLocation().getCharOffset();
  }

  private Json value(String path) throws IOException, CasualtyException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new CasualtyException(CasualtyException.NOT_JSON, path, "the JSON ends early");
    }
    return switch (token) {
      case START_OBJECT -> members(path);
      case START_ARRAY -> items(path);
      case VALUE_STRING -> new Json.Text(whole(parser.getText(), path));
      case VALUE_NUMBER_INT -> new Json.Decimal(parser.getText());
      case VALUE_NUMBER_FLOAT -> number(path);
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> new Json.Null();
      default -> throw new CasualtyException(CasualtyException.NOT_JSON, path, "no JSON value");
    };
  }

  private Json number(String path) throws IOException, CasualtyException {
    if (parser.isNaN()) {
      throw new CasualtyException(
          CasualtyException.NOT_A_NUMBER, path, "NaN and infinities are no numbers");
    }
    return new Json.Decimal(parser.getText());
  }

  private Json members(String path) throws IOException, CasualtyException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (nextKey(path) != JsonToken.END_OBJECT) {
      String key = whole(parser.currentName(), path);
      String inside = path.isEmpty() ? key : path + "." + key;
      parser.nextToken();
      if (members.containsKey(key)) {
        throw new CasualtyException(
            CasualtyException.DUPLICATE_KEY, inside, "the key is there twice");
      }
      members.put(key, value(inside));
    }
    return new Json.Members(members);
  }

  /**
   * The parser checks surrogates itself, in keys only, and has no other sign for it than a message.
   */
  private @Nullable JsonToken nextKey(String path) throws IOException, CasualtyException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException broken) {
      if (broken.getOriginalMessage().startsWith("Broken surrogate")) {
        throw loneSurrogate(path);
      }
      throw broken;
    }
  }

  private static CasualtyException loneSurrogate(String path) {
    return new CasualtyException(
        CasualtyException.LONE_SURROGATE, path, "half of a surrogate pair");
  }

  private Json items(String path) throws IOException, CasualtyException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(path + "[" + items.size() + "]"));
    }
    return new Json.Items(items);
  }

  /** Gives back the text if every surrogate in it has its partner. */
  static String whole(String text, String path) throws CasualtyException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        throw loneSurrogate(path);
      }
      i += pair ? 1 : 0;
    }
    return text;
  }
}
