package dev.cairn.protocol.record;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing a change says about its record. Immutable; {@code toString} tells the kind and never
 * the content. {@link Operations} is the codec.
 */
public sealed interface Operation {

  /** The number on the wire; -1 where there is none to be read. */
  int code();

  /** Whether the author needs the role coordinator for this to count. */
  default boolean coordinatorOnly() {
    return false;
  }

  /** States the value of a register. */
  record Assert(Field field, CborValue value) implements Operation {
    /** Refuses a set's field, and a value that does not have the field's form. */
    public Assert {
      if (field.merging() == Merging.SET || !field.fits(value)) {
        throw new IllegalArgumentException(field + " does not take this value");
      }
    }

    @Override
    public int code() {
      return 1;
    }

    @Override
    public String toString() {
      return "assert " + field;
    }
  }

  /** Adds elements to a set, in this order. */
  record Add(Field field, List<CborValue> values) implements Operation {
    /** Refuses a register's field, no element at all, and one that does not fit or stands twice. */
    public Add {
      values = elements(field, values);
    }

    @Override
    public int code() {
      return 2;
    }

    @Override
    public String toString() {
      return "add to " + field;
    }
  }

  /** Takes out of a set what the author had seen in it. */
  record Remove(Field field, List<CborValue> values) implements Operation {
    /** Refuses a register's field, no element at all, and one that does not fit or stands twice. */
    public Remove {
      values = elements(field, values);
    }

    @Override
    public int code() {
      return 3;
    }

    @Override
    public String toString() {
      return "remove from " + field;
    }
  }

  /** A signed statement beside the fields. */
  record Note(String text) implements Operation {
    @Override
    public int code() {
      return 4;
    }

    @Override
    public String toString() {
      return "note";
    }
  }

  /** Takes back what the author's member said. */
  record Retract(Target target, String reason) implements Operation {
    @Override
    public int code() {
      return 5;
    }

    @Override
    public String toString() {
      return "retract";
    }
  }

  /** What a retraction takes back. */
  sealed interface Target {
    /** The record. */
    record Whole() implements Target {}

    /** The member's assertions of one field. */
    record OfField(Field field) implements Target {}

    /** One note: the change and the place of the operation in it, from 0. */
    record OfNote(ChangeId change, int index) implements Target {}
  }

  /** A coordinator settles a field, naming the changes whose assertions are settled. */
  record Decide(Field field, List<ChangeId> settles, Outcome outcome, String reason)
      implements Operation {
    /** Puts the changes in order, each once; refuses a value that does not fit the field. */
    public Decide {
      settles = ascending(settles);
      if (outcome instanceof Outcome.Value other && !field.fits(other.value())) {
        throw new IllegalArgumentException(field + " does not take this value");
      }
    }

    @Override
    public int code() {
      return 6;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "decide " + field;
    }
  }

  /** What a decision comes to. */
  sealed interface Outcome {
    /** The value which this change asserted. */
    record Choose(ChangeId change) implements Outcome {}

    /** Another value. */
    record Value(CborValue value) implements Outcome {}

    /** Every value stays, and there is no conflict any more. */
    record KeepAll() implements Outcome {}
  }

  /** Takes back a decision. */
  record UndoDecision(ChangeId decision, String reason) implements Operation {
    @Override
    public int code() {
      return 7;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "undo decision";
    }
  }

  /** Moves a record on in review. */
  record Review(ReviewState state) implements Operation {
    @Override
    public int code() {
      return 8;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }
  }

  /** Gives a record to a member to look after, or to nobody. */
  record Assign(@Nullable MemberId member) implements Operation {
    @Override
    public int code() {
      return 9;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "assign";
    }
  }

  /** What one coordinator tells the others. */
  record Comment(String text) implements Operation {
    @Override
    public int code() {
      return 10;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "comment";
    }
  }

  /** A question to the reporter; its id is that of its change. */
  record Ask(String text) implements Operation {
    @Override
    public int code() {
      return 11;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "ask";
    }
  }

  /** The reporter's answer. */
  record Answer(ChangeId question, String text) implements Operation {
    @Override
    public int code() {
      return 12;
    }

    @Override
    public String toString() {
      return "answer";
    }
  }

  /** Hangs an encrypted file on the record. */
  record Attach(AttachedFile file) implements Operation {
    @Override
    public int code() {
      return 13;
    }

    @Override
    public String toString() {
      return "attach";
    }

    /** The file's id. */
    public AttachmentId attachment() {
      return file.id();
    }
  }

  /**
   * Withdraws the content of a change for everybody; the prefix of its change names it too. It says
   * of that change what a merge must know once its body is gone.
   *
   * @param erased the change
   * @param author the device that wrote it
   * @param opened whether it opened the record
   * @param parents of it
   * @param fields of which it spoke
   * @param reason why
   */
  record Erase(
      ChangeId erased,
      DeviceId author,
      boolean opened,
      List<ChangeId> parents,
      List<Field> fields,
      String reason)
      implements Operation {
    /** Puts parents and fields in order, each once. */
    public Erase {
      parents = ascending(parents);
      fields = ascending(fields);
    }

    @Override
    public int code() {
      return 14;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "erase";
    }
  }

  /**
   * Says that everything a device addressed to the author's circles is opened up to a change.
   *
   * @param device whose changes
   * @param sequence of the last one
   * @param head the last one
   * @param unopened those before it that did not open
   */
  record Confirm(DeviceId device, long sequence, ChangeId head, List<ChangeId> unopened)
      implements Operation {
    /** Puts the changes in order, each once. */
    public Confirm {
      unopened = ascending(unopened);
      if (sequence < 1) {
        throw new IllegalArgumentException("a sequence begins at 1");
      }
    }

    @Override
    public int code() {
      return 15;
    }

    @Override
    public boolean coordinatorOnly() {
      return true;
    }

    @Override
    public String toString() {
      return "confirm";
    }
  }

  /**
   * What this program cannot read: kept byte for byte, counted by nobody, shown as "needs a newer
   * version".
   */
  final class Unknown implements Operation {
    private final byte[] encoding;
    private final int code;

    Unknown(byte[] encoding, int code) {
      this.encoding = encoding;
      this.code = code;
    }

    /** A copy of the bytes: one item. */
    public byte[] encoding() {
      return encoding.clone();
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Unknown unknown && Arrays.equals(encoding, unknown.encoding);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(encoding);
    }

    @Override
    public String toString() {
      return "unknown operation " + code;
    }
  }

  /** The field an operation speaks of, where it speaks of one. */
  default Optional<Field> about() {
    if (this instanceof Assert op) {
      return Optional.of(op.field());
    }
    if (this instanceof Add op) {
      return Optional.of(op.field());
    }
    if (this instanceof Remove op) {
      return Optional.of(op.field());
    }
    return this instanceof Decide op ? Optional.of(op.field()) : Optional.empty();
  }

  private static List<CborValue> elements(Field field, List<CborValue> values) {
    if (field.merging() != Merging.SET || values.isEmpty()) {
      throw new IllegalArgumentException(field + " is no set, or no element is named");
    }
    for (CborValue value : values) {
      if (!field.fits(value)) {
        throw new IllegalArgumentException(field + " does not take this element");
      }
    }
    if (repeats(values)) {
      throw new IllegalArgumentException(field + " is given an element twice");
    }
    return Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Compares encodings: texts can be made whose hash codes are all the same. */
  private static boolean repeats(List<CborValue> values) {
    if (values.size() == 1) {
      return false;
    }
    byte[][] encoded = new byte[values.size()][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = values.get(i).encode();
    }
    Arrays.sort(encoded, BytewiseOrder::compare);
    for (int i = 1; i < encoded.length; i++) {
      if (Arrays.equals(encoded[i - 1], encoded[i])) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Comparable<T>> List<T> ascending(List<T> items) {
    List<T> sorted = new ArrayList<>(new java.util.TreeSet<>(items));
    return Collections.unmodifiableList(sorted);
  }
}
