package dev.cairn.protocol.merge;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import dev.cairn.protocol.record.Operation.Target;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Changes of one record or several as nobody sane would write them: every operation, forged
 * parents, circles through erasures, equal and extreme clocks, devices without a role and without
 * admission, erasures across records and audiences that tell the truth or do not.
 */
final class RandomHistory implements MergeAuthority {

  private static final Field COUNT = Field.of(CountKey.of(Metric.KILLED, "age=child"));
  private static final Field[] REGISTERS = {
    Story.ACT, Story.DATE, Field.of(KnownField.SHAPE), Field.RECORD, Field.path("x"), COUNT
  };
  private static final Field[] SETS = {Story.TAGS, Field.of(KnownField.METHODS)};
  private static final long[] KINDS = {2, 4, 4, 5, 6, 77};
  private static final Field SHAPE = Field.of(KnownField.SHAPE);
  private static final Audience[] AUDIENCES = {
    Story.DESK, Audience.of(Story.circle(2)), Story.DESK_AND_FIELD, Story.DESK_AND_FIELD
  };
  private static final long[] CLOCKS = {0, 1, 65_536, Hlc.MAX - 1, Hlc.MAX};

  /** How wild a history is. */
  enum Kind {
    /** Parents are heads, clocks move on. */
    TAME,
    /** Anything goes. */
    WILD
  }

  final List<MergeChange> changes = new ArrayList<>();
  final List<Label> labels = new ArrayList<>();

  private final Random random;
  private final int records;
  private final Kind kind;
  private final Set<ChangeId> suspended = new HashSet<>();
  private long clock = 1L << 40;

  RandomHistory(long seed, int size, Kind kind) {
    this(seed, size, kind, 1);
  }

  RandomHistory(long seed, int size, Kind kind, int records) {
    this.random = new Random(seed);
    this.kind = kind;
    this.records = records;
    for (int i = 0; i < size; i++) {
      MergeChange change = change(i);
      changes.add(change);
      labels.add(
          new Label(
              change.id(),
              change.device(),
              change.erases() != null && !one(6) ? AUDIENCES[3] : any(AUDIENCES),
              false,
              change.erases()));
      if (kind == Kind.WILD && random.nextInt(25) == 0) {
        suspended.add(changes.get(i).id());
      }
    }
  }

  private RandomHistory(List<MergeChange> written) {
    this(0, 0, Kind.TAME);
    for (MergeChange change : written) {
      changes.add(change);
      labels.add(new Label(change.id(), change.device(), Story.DESK, false, change.erases()));
    }
  }

  /** One that is written by hand. */
  static RandomHistory of(MergeChange... written) {
    return new RandomHistory(Arrays.asList(written));
  }

  /** Members 0 to 2 report, each on two devices; 3 and 4 decide; 5 is not confirmed; 6 nobody. */
  @Override
  public Optional<Author> author(DeviceId device) {
    int number = device.bytes()[0];
    int member = number / 2;
    if (member > 5) {
      return Optional.empty();
    }
    return Optional.of(new Author(People.member(member), member == 3 || member == 4, member == 5));
  }

  @Override
  public boolean counts(ChangeId change, DeviceId device) {
    return !suspended.contains(change);
  }

  Erasures erasures() {
    return Erasures.of(labels, this);
  }

  private MergeChange change(int number) {
    ChangeId id = id(number);
    if (number > 0 && one(12)) {
      return openerRetracts(id);
    }
    Operation erasure = number > 2 && one(15) ? erase(id) : null;
    List<Operation> operations = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      operations.add(erasure != null && i == 0 ? erasure : operation());
    }
    if (one(10)) {
      operations.addAll(new ArrayList<>(operations));
    }
    ChangeId erases =
        erasure == null ? null : one(8) ? anyId() : ((Operation.Erase) erasure).erased();
    return new MergeChange(
        id,
        People.device(random.nextInt(kind == Kind.TAME ? 10 : 13)),
        Story.record(1 + random.nextInt(records)),
        number == 0 && !one(4),
        recordKind(),
        parents(id),
        clock(),
        random.nextInt(1000) - 500,
        operations,
        erases);
  }

  /** By who wrote the first change, having seen everything. */
  private MergeChange openerRetracts(ChangeId id) {
    List<ChangeId> seen = new ArrayList<>();
    changes.forEach(change -> seen.add(change.id()));
    return new MergeChange(
        id,
        changes.get(0).device(),
        Story.record(1),
        false,
        1,
        seen,
        clock(),
        0,
        Collections.singletonList(new Operation.Retract(new Target.Whole(), "")),
        null);
  }

  /** Forms and links by anybody, and kinds of a later version. */
  private long recordKind() {
    if (kind == Kind.TAME || !one(8)) {
      return 1;
    }
    return KINDS[random.nextInt(KINDS.length)];
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private static ChangeId id(int number) {
    return Story.id(number + 1);
  }

  private ChangeId anyId() {
    if (changes.isEmpty() || one(12)) {
      return Story.id(60_000 + random.nextInt(3));
    }
    return changes.get(random.nextInt(changes.size())).id();
  }

  private long clock() {
    if (kind == Kind.WILD && one(10)) {
      return CLOCKS[random.nextInt(CLOCKS.length)];
    }
    if (!one(4)) {
      clock += 1 + random.nextInt(100_000);
    }
    return kind == Kind.WILD && one(5) ? clock - random.nextInt(1_000_000) : clock;
  }

  private List<ChangeId> parents(ChangeId own) {
    List<ChangeId> parents = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count && !changes.isEmpty(); i++) {
      int back = random.nextInt(Math.min(changes.size(), one(3) ? changes.size() : 4));
      parents.add(changes.get(changes.size() - 1 - back).id());
    }
    if (kind == Kind.WILD && one(10)) {
      parents.add(one(2) ? own : anyId());
    }
    return parents;
  }

  private <T> T any(T[] items) {
    return items[random.nextInt(items.length)];
  }

  private CborValue value(Field field) {
    int which = random.nextInt(3);
    if (field.equals(COUNT)) {
      return CountValue.range((long) which, (long) which).toValue();
    }
    if (field.equals(SHAPE) && one(3)) {
      return nested(1 + random.nextInt(Limits.VALUE_DEPTH_MAX));
    }
    return CborValue.of(one(6) ? "retracted" : "v" + which);
  }

  private static CborValue nested(int depth) {
    CborValue value = CborValue.of("deep");
    for (int i = 0; i < depth; i++) {
      value = CborValue.array(value);
    }
    return value;
  }

  private Operation operation() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6 -> assertion();
      case 7, 8 -> new Operation.Add(any(SETS), elements());
      case 9 -> new Operation.Remove(any(SETS), elements());
      case 10, 11 -> retract();
      case 12, 13, 14 -> decide();
      case 15, 16 -> new Operation.UndoDecision(review(), "");
      case 17 -> new Operation.Review(any(ReviewState.values()));
      case 18 -> new Operation.Assign(one(3) ? null : MemberId.of(People.member(1).bytes()));
      case 19 -> attach();
      case 20 -> unknown();
      default -> statement();
    };
  }

  /** A change with something to undo, mostly. */
  private ChangeId review() {
    ChangeId found = anyId();
    for (MergeChange change : changes) {
      for (Operation operation : change.operations()) {
        boolean counts = operation.code() == 6 || operation.code() == 7;
        found = counts && one(3) ? change.id() : found;
      }
    }
    return found;
  }

  private Operation assertion() {
    Field field = any(REGISTERS);
    return new Operation.Assert(field, value(field));
  }

  private List<CborValue> elements() {
    List<CborValue> elements = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      elements.add(CborValue.of("t" + random.nextInt(4)));
    }
    return new ArrayList<>(new LinkedHashSet<>(elements));
  }

  private Operation retract() {
    Target target =
        switch (random.nextInt(4)) {
          case 0 -> new Target.Whole();
          case 1 -> new Target.OfNote(anyId(), random.nextInt(3));
          case 2 -> new Target.OfField(any(SETS));
          default -> new Target.OfField(any(REGISTERS));
        };
    return new Operation.Retract(target, "");
  }

  private Operation decide() {
    Field field = one(10) ? any(SETS) : any(REGISTERS);
    List<ChangeId> settles = new ArrayList<>();
    int count = one(3) ? changes.size() : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      settles.add(anyId());
    }
    Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> new Outcome.Choose(anyId());
          case 1 -> new Outcome.Value(value(field));
          default -> new Outcome.KeepAll();
        };
    return new Operation.Decide(field, settles, outcome, "");
  }

  private Operation statement() {
    return switch (random.nextInt(5)) {
      case 0 -> new Operation.Comment("c");
      case 1 -> new Operation.Ask("q");
      case 2 -> new Operation.Answer(anyId(), "a");
      case 3 -> new Operation.Confirm(People.device(1), 1, anyId(), Collections.emptyList());
      default -> new Operation.Note("n");
    };
  }

  private Operation attach() {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) random.nextInt(3);
    return new Operation.Attach(
        new AttachedFile(
            AttachmentId.of(bytes),
            AttachmentKey.of(bytes),
            5,
            "f",
            "image/jpeg",
            (CborValue.Bytes) CborValue.of(bytes),
            Collections.emptyMap()));
  }

  /** Of a later version, or over a limit of this one. */
  private Operation unknown() {
    CborWriter writer = new CborWriter();
    switch (random.nextInt(3)) {
      case 0 -> writer.array(2).uint(99).text("later");
      case 1 -> nested(Limits.VALUE_DEPTH_MAX + 1 + random.nextInt(4)).write(shape(writer));
      default -> writer.array(3).uint(2).uint(26).array(2).text("t0").text("t0");
    }
    try {
      return Operations.decode(writer.toBytes());
    } catch (MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static CborWriter shape(CborWriter writer) {
    return writer.array(3).uint(1).uint(28);
  }

  private Operation erase(ChangeId own) {
    List<ChangeId> parents = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      parents.add(anyId());
    }
    if (kind == Kind.WILD && one(4)) {
      parents.add(own);
    }
    ChangeId erased = anyId();
    for (MergeChange change : changes) {
      erased = change.erases() != null && one(4) ? change.id() : erased;
    }
    DeviceId author = People.device(1);
    for (MergeChange change : changes) {
      author = change.id().equals(erased) ? change.device() : author;
    }
    return new Operation.Erase(
        erased,
        one(4) ? People.device(random.nextInt(13)) : author,
        one(3),
        parents,
        Arrays.asList(any(REGISTERS), any(SETS), any(REGISTERS)),
        "");
  }
}
