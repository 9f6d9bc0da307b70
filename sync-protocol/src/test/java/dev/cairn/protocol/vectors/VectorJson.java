package dev.cairn.protocol.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How our vector files are written down, and the bytes without meaning that they are made of. */
public final class VectorJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private VectorJson() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  /** A file as it is committed, the same on every system. */
  public static String text(JsonNode node) throws JsonProcessingException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(node) + "\n";
  }

  /** Up to 32 bytes for each name, or so many times its 32 that it is long enough. */
  public static byte[] named(String name, int size) {
    byte[] hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).bytes();
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; at += hash.length) {
      System.arraycopy(hash, 0, bytes, at, Math.min(hash.length, size - at));
    }
    return bytes;
  }

  /** Bytes written down in our own source. */
  public static byte[] hex(String digits) {
    try {
      return Hex.decode(digits);
    } catch (MalformedException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** So many times the same byte. */
  public static byte[] filled(int value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** A copy with one bit changed. */
  public static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at < 0 ? bytes.length + at : at] ^= 1;
    return flipped;
  }
}
