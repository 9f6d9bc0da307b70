package dev.cairn.client.casualty;

import java.util.List;
import java.util.Map;

/** A JSON value that keeps what matters here: the order of keys and the exact text of numbers. */
sealed interface Json {

  /** An object; its map iterates in the order of the document. */
  record Members(Map<String, Json> members) implements Json {}

  /** A list. */
  record Items(List<Json> items) implements Json {}

  /** A text without lone surrogates. */
  record Text(String value) implements Json {}

  /** A number as it was written. */
  record Decimal(String text) implements Json {
    /** Whether it is written without fraction and exponent. */
    boolean isWhole() {
      for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    /** Whether it is whole and has no sign. */
    boolean isCount() {
      return isWhole() && !text.startsWith("-");
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {}

  /** {@code null}. */
  record Null() implements Json {}

  /** Whether it is {@code null}. */
  default boolean isNull() {
    return this instanceof Null;
  }
}
