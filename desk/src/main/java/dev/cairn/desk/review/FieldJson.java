package dev.cairn.desk.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of fields as JSON, in the form the exported documents use. */
public final class FieldJson {

  private static final JsonNodeFactory NODES = new JsonNodeFactory(true);
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(NODES)
          .build();

  private FieldJson() {}

  /** A value of a field. */
  public static JsonNode of(Field field, CborValue value) {
    Optional<CountValue> count = field.count().flatMap(key -> CountValue.ofValue(value));
    if (count.isPresent()) {
      return count(count.get());
    }
    if (field.path().isPresent() && value instanceof CborValue.Text text) {
      return raw(text.value());
    }
    if (field.known().filter(known -> known == KnownField.PLACE_POINT).isPresent()
        && value instanceof CborArray point
        && point.items().size() == 2) {
      ObjectNode node = NODES.objectNode();
      node.set("latitude", decimal(point.items().get(0)));
      node.set("longitude", decimal(point.items().get(1)));
      return node;
    }
    return any(value);
  }

  private static JsonNode count(CountValue count) {
    ObjectNode node = NODES.objectNode();
    put(node, "min", count.low());
    put(node, "best", count.best());
    put(node, "max", count.high());
    if (count.qualifier() != null) {
      node.put("qualifier", count.qualifier().word());
    }
    if (count.grade() != null) {
      node.put("grade", count.grade());
    }
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Long number) {
    if (number != null) {
      node.put(name, number);
    }
  }

  /** The JSON text of a path that has no code; damaged text is shown as text. */
  private static JsonNode raw(String json) {
    try {
      return EXACT.readTree(json);
    } catch (JsonProcessingException e) {
      return NODES.textNode(json);
    }
  }

  private static JsonNode decimal(CborValue text) {
    if (text instanceof CborValue.Text number) {
      try {
        return NODES.numberNode(new BigDecimal(number.value()));
      } catch (NumberFormatException e) {
        return NODES.textNode(number.value());
      }
    }
    return NODES.nullNode();
  }

  private static JsonNode any(CborValue value) {
    return switch (value.type()) {
      case INTEGER -> NODES.numberNode(((CborValue.Int) value).value());
      case TEXT -> NODES.textNode(((CborValue.Text) value).value());
      case BYTES -> NODES.textNode(Hex.encode(((CborValue.Bytes) value).value()));
      case BOOL -> NODES.booleanNode(((CborValue.Bool) value).value());
      case NULL -> NODES.nullNode();
      case ARRAY -> array(((CborArray) value).items());
      case MAP -> map((CborMap) value);
    };
  }

  private static ArrayNode array(List<CborValue> items) {
    ArrayNode node = NODES.arrayNode();
    items.forEach(item -> node.add(any(item)));
    return node;
  }

  private static ObjectNode map(CborMap map) {
    ObjectNode node = NODES.objectNode();
    map.entries()
        .forEach(
            (key, value) ->
                node.set(
                    key instanceof CborValue.Text text ? text.value() : any(key).asText(),
                    any(value)));
    return node;
  }
}
