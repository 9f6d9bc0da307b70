package dev.cairn.client.intake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a frame or statement.
 *
 * @param fresh changes or statements that are held from now on
 * @param known held already
 * @param refused not kept
 * @param codeOrNull why some were refused
 */
public record Taken(int fresh, int known, int refused, @Nullable String codeOrNull) {

  static Taken fresh(int count) {
    return new Taken(count, 0, 0, null);
  }

  static Taken known(int count) {
    return new Taken(0, count, 0, null);
  }

  static Taken refused(int count, String code) {
    return new Taken(0, 0, count, code);
  }

  /** Why some were refused: a stable code. */
  public Optional<String> code() {
    return Optional.ofNullable(codeOrNull);
  }
}
