package dev.cairn.protocol.record;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an assertion is about: a field of the table, a path without a code, or a count. Equal when
 * the encodings are equal, and ordered by them.
 */
public final class Field implements Comparable<Field> {

  /** What a review names when a record as a whole is in conflict; nothing is asserted of it. */
  public static final Field RECORD = path("record");

  private static final Map<KnownField, Field> KNOWN = new EnumMap<>(KnownField.class);

  static {
    for (KnownField known : KnownField.values()) {
      KNOWN.put(known, new Field(known, null, null));
    }
  }

  private final byte[] encoding;
  private final @Nullable KnownField known;
  private final @Nullable CountKey count;
  private final @Nullable String path;

  private Field(@Nullable KnownField known, @Nullable CountKey count, @Nullable String path) {
    this.known = known;
    this.count = count;
    this.path = path;
    CborWriter writer = new CborWriter();
    if (known != null) {
      writer.uint(known.code());
    } else if (count != null) {
      count.write(writer);
    } else if (path != null) {
      writer.text(path);
    }
    this.encoding = writer.toBytes();
  }

  /** A field of the table. */
  public static Field of(KnownField known) {
    return Objects.requireNonNull(KNOWN.get(known));
  }

  /** A count. */
  public static Field of(CountKey count) {
    return new Field(null, count, null);
  }

  /**
   * A path without a code, whose values are JSON texts. A path that has a code is written so only
   * for a value which does not have that field's form.
   *
   * @throws IllegalArgumentException if it is over the limit or cannot be encoded
   */
  public static Field path(String path) {
    if (path.getBytes(StandardCharsets.UTF_8).length > Limits.PATH_SIZE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "path longer than " + Limits.PATH_SIZE_BYTES_MAX + " bytes");
    }
    return new Field(null, null, path);
  }

  /**
   * Reads a field.
   *
   * @throws MalformedException if it is none, or its code or metric is not known to this program
   */
  public static Field read(CborReader reader) throws MalformedException {
    return switch (reader.peek()) {
      case INTEGER -> {
        KnownField known = KnownField.ofCode(reader.uint()).orElse(null);
        if (known == null) {
          throw new MalformedException("unknown field code");
        }
        yield of(known);
      }
      case TEXT -> path(reader.text(Limits.PATH_SIZE_BYTES_MAX));
      case ARRAY -> of(CountKey.read(reader));
      default -> throw new MalformedException("no field");
    };
  }

  /** Appends this field's encoding. */
  public void write(CborWriter writer) {
    writer.raw(encoding);
  }

  /** This field's one encoding. */
  public byte[] encode() {
    return encoding.clone();
  }

  /** The field of the table, if this is one. */
  public Optional<KnownField> known() {
    return Optional.ofNullable(known);
  }

  /** The count, if this is one. */
  public Optional<CountKey> count() {
    return Optional.ofNullable(count);
  }

  /** The path without a code, if this is one. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** How the values of several people meet. */
  public Merging merging() {
    return known == null ? Merging.REGISTER : known.merging();
  }

  /**
   * Whether a value (of a set: one element) has the form this field asks for, and is no deeper and
   * of no more items than a value may be.
   */
  public boolean fits(CborValue value) {
    if (value.depth() > Limits.VALUE_DEPTH_MAX || value.itemCount() > Limits.VALUE_ITEMS_MAX) {
      return false;
    }
    if (count != null) {
      return CountValue.ofValue(value).isPresent();
    }
    return (known == null ? ValueShape.JSON : known.shape()).fits(value);
  }

  /** The name that people and JSON use; {@link FieldName#parse} reads it back. */
  public String name() {
    return FieldName.of(this);
  }

  @Override
  public int compareTo(Field other) {
    return BytewiseOrder.compare(encoding, other.encoding);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Field field && Arrays.equals(encoding, field.encoding);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoding);
  }

  /** Says no more than a log may hold: paths, areas and sources are what people wrote. */
  @Override
  public String toString() {
    if (known != null) {
      return known.path();
    }
    return count != null ? count.toString() : "path without a code";
  }
}
