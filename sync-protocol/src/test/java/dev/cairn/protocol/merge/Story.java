package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import dev.cairn.protocol.record.Operation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the changes of one record by hand; the clock moves on by one with every change. */
final class Story {

  static final Field ACT = Field.of(KnownField.TYPE_OF_ACT);
  static final Field DATE = Field.of(KnownField.DATE);
  static final Field TAGS = Field.of(KnownField.TAGS);

  static final Audience DESK = Audience.of(circle(1));
  static final Audience DESK_AND_FIELD = Audience.of(circle(1), circle(2));

  private final List<MergeChange> changes = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private Audience audience = DESK;
  private final RecordId record;
  private long kind;
  private long clock = Hlc.of(1_700_000_000_000L, 0);

  Story() {
    this(record(1), 1);
  }

  Story(RecordId record, long kind) {
    this.record = record;
    this.kind = kind;
  }

  static CircleId circle(int number) {
    byte[] bytes = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(bytes, (byte) number);
    return CircleId.of(bytes);
  }

  static RecordId record(int number) {
    byte[] bytes = new byte[RecordId.SIZE_BYTES];
    Arrays.fill(bytes, (byte) number);
    return RecordId.of(bytes);
  }

  /** Ids that depend on how many there are already, and are not in order. */
  static ChangeId id(int number) {
    byte[] bytes = new byte[ChangeId.SIZE_BYTES];
    bytes[0] = (byte) (number * 167);
    bytes[1] = (byte) (number >>> 8);
    bytes[2] = (byte) number;
    return ChangeId.of(bytes);
  }

  /** The kind that the changes from here on give themselves. */
  Story ofKind(long another) {
    kind = another;
    return this;
  }

  ChangeId opens(DeviceId device, Operation... operations) {
    return add(device, true, Collections.emptyList(), null, operations);
  }

  /** A change whose author had seen these. */
  ChangeId says(DeviceId device, List<ChangeId> seen, Operation... operations) {
    return add(device, false, seen, null, operations);
  }

  ChangeId erases(DeviceId device, List<ChangeId> seen, Operation.Erase erase) {
    return add(device, false, seen, erase.erased(), erase);
  }

  ChangeId erases(DeviceId device, List<ChangeId> seen, ChangeId erased, Operation... operations) {
    return add(device, false, seen, erased, operations);
  }

  private ChangeId add(
      DeviceId device,
      boolean opens,
      List<ChangeId> seen,
      @Nullable ChangeId erases,
      Operation... operations) {
    ChangeId id = id(changes.size() + 1);
    clock += 1L << 16;
    changes.add(
        new MergeChange(
            id, device, record, opens, kind, seen, clock, 0, Arrays.asList(operations), erases));
    labels.add(new Label(id, device, audience, false, erases));
    return id;
  }

  /** The next change has this clock. */
  Story at(long next) {
    clock = next - (1L << 16);
    return this;
  }

  /** The next changes are addressed to these. */
  Story to(Audience next) {
    audience = next;
    return this;
  }

  List<Label> labels() {
    return labels;
  }

  Erasures erasures() {
    return Erasures.of(labels, new People());
  }

  List<MergeChange> changes() {
    return changes;
  }

  RecordState merged() {
    return RecordMerge.merge(changes, erasures(), new People());
  }

  static List<ChangeId> seen(ChangeId... ids) {
    return Arrays.asList(ids);
  }

  static CborValue text(String value) {
    return CborValue.of(value);
  }

  static Operation act(String value) {
    return new Operation.Assert(ACT, text(value));
  }

  static Operation date(String value) {
    return new Operation.Assert(DATE, text(value));
  }

  static Operation tag(String value) {
    return new Operation.Add(TAGS, Collections.singletonList(text(value)));
  }

  static Operation untag(String value) {
    return new Operation.Remove(TAGS, Collections.singletonList(text(value)));
  }

  static Operation choose(Field field, ChangeId chosen, ChangeId... settles) {
    return new Operation.Decide(field, Arrays.asList(settles), new Outcome.Choose(chosen), "why");
  }

  static Operation decide(Field field, String value, ChangeId... settles) {
    return new Operation.Decide(
        field, Arrays.asList(settles), new Outcome.Value(text(value)), "why");
  }

  static Operation keepAll(Field field, ChangeId... settles) {
    return new Operation.Decide(field, Arrays.asList(settles), new Outcome.KeepAll(), "why");
  }

  static Operation undo(ChangeId change) {
    return new Operation.UndoDecision(change, "why");
  }

  static Operation retract(Field field) {
    return new Operation.Retract(new Target.OfField(field), "wrong");
  }

  static Operation retractRecord() {
    return new Operation.Retract(new Target.Whole(), "wrong");
  }

  static Operation retractPlace(ChangeId change, int index) {
    return new Operation.Retract(new Target.OfNote(change, index), "wrong");
  }
}
