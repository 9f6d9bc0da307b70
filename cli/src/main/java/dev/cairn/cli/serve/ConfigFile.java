package dev.cairn.cli.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.console.UsageException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of a server in a file: one JSON object whose keys are the command's options, {@code
 * listen}, {@code address}, {@code tls}, {@code admin-listen}, each with a text. What stands on the
 * command line goes before it. A key that is not known is refused: a misspelt one would leave the
 * server open where it was to be shut.
 */
final class ConfigFile {

  private static final List<String> KEYS = List.of("listen", "address", "tls", "admin-listen");
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Map<String, String> settings;

  private ConfigFile(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Without a file: nothing is set. */
  static ConfigFile none() {
    return new ConfigFile(Map.of());
  }

  static ConfigFile read(Path file) throws IOException {
    byte[] content = SmallFile.read(file);
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      JsonNode document = STRICT.readTree(content);
      if (!document.isObject()) {
        throw wrong(file, "not one JSON object");
      }
      for (Map.Entry<String, JsonNode> field : document.properties()) {
        if (!KEYS.contains(field.getKey())) {
          throw wrong(file, "no such setting: " + field.getKey() + "; there are " + KEYS);
        }
        if (!field.getValue().isTextual()) {
          throw wrong(file, "not a text: " + field.getKey());
        }
        settings.put(field.getKey(), field.getValue().textValue());
      }
    } catch (JsonProcessingException | CharConversionException e) {
      throw wrong(file, "not one JSON object without repeated keys");
    }
    return new ConfigFile(settings);
  }

  private static UsageException wrong(Path file, String what) {
    return new UsageException("config.wrong", what, file.toString());
  }

  /** A setting, if the file has it. */
  Optional<String> value(String key) {
    return Optional.ofNullable(settings.get(key));
  }
}
