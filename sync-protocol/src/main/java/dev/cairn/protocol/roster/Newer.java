package dev.cairn.protocol.roster;

import dev.cairn.protocol.cbor.CborWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a statement of a kind from a later version says. It is kept, logged and handed on as it is,
 * and has no force here: a device that runs for years must not stop at the first thing it does not
 * know.
 */
public final class Newer implements StatementContent {

  private final long code;
  private final byte[] encoding;

  /** Takes one item of CBOR as it is; the array is handed over. */
  Newer(long code, byte[] encoding) {
    this.code = code;
    this.encoding = encoding;
  }

  @Override
  public StatementKind kind() {
    return StatementKind.NEWER;
  }

  @Override
  public long code() {
    return code;
  }

  @Override
  public void write(CborWriter writer) {
    writer.raw(encoding);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Newer newer
        && code == newer.code
        && Arrays.equals(encoding, newer.encoding);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoding);
  }

  @Override
  public String toString() {
    return "kind " + code;
  }
}
