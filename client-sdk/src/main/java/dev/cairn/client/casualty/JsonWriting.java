package dev.cairn.client.casualty;

import java.util.Map;

/** Writes JSON on one line, without spaces, with only those escapes that JSON demands. */
final class JsonWriting {

  private static final String HEX = "0123456789abcdef";

  private JsonWriting() {}

  static String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  static void write(Json value, StringBuilder out) {
    if (value instanceof Json.Members object) {
      writeMembers(object, out);
    } else if (value instanceof Json.Items list) {
      out.append('[');
      for (int i = 0; i < list.items().size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(list.items().get(i), out);
      }
      out.append(']');
    } else if (value instanceof Json.Text text) {
      quote(text.value(), out);
    } else if (value instanceof Json.Decimal number) {
      out.append(number.text());
    } else if (value instanceof Json.Bool bool) {
      out.append(bool.value());
    } else {
      out.append("null");
    }
  }

  private static void writeMembers(Json.Members object, StringBuilder out) {
    out.append('{');
    String comma = "";
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      out.append(comma);
      quote(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      comma = ",";
    }
    out.append('}');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\u2028' || c == '\u2029') {
        // ends a line for programs that read JSON Lines as JavaScript or Python text
        out.append("\\u202").append(c == '\u2028' ? '8' : '9');
      } else if (c < ' ' || c == '\u007f' || c == '\u0085') {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
