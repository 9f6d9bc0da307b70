package dev.cairn.client.casualty;

import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Merging;
import java.util.Optional;

/** One {@code PATH=VALUE}, cut in two. */
record Assignment(String path, String value, boolean takesOut) {

  private static final String CLEAR = "null";

  static Assignment of(String expression) throws CasualtyException {
    int equals = signOf(expression);
    if (equals <= 0) {
      throw new CasualtyException(CasualtyException.BAD_PATH, "", "is not PATH=VALUE");
    }
    String path = expression.substring(0, equals);
    String value = JsonReading.whole(expression.substring(equals + 1), path);
    JsonReading.whole(path, "");
    boolean takesOut = isSet(path, "-");
    if (takesOut || isSet(path, "+")) {
      return new Assignment(path.substring(0, path.length() - 1), value, takesOut);
    }
    return new Assignment(path, value, false);
  }

  /** A count's full name holds signs of its own, between brackets. */
  private static int signOf(String expression) {
    int equals = expression.indexOf('=');
    int bracket = expression.indexOf('[');
    if (bracket >= 0 && bracket < equals) {
      int end = expression.indexOf("]=", bracket);
      return end < 0 ? equals : end + 1;
    }
    return equals;
  }

  private static boolean isSet(String path, String sign) {
    if (!path.endsWith(sign)) {
      return false;
    }
    Optional<KnownField> known = KnownField.ofPath(path.substring(0, path.length() - 1));
    return known.isPresent() && known.get().merging() == Merging.SET;
  }

  /** Whether what was said is to be taken back. */
  boolean clears() {
    return value.equals(CLEAR);
  }
}
