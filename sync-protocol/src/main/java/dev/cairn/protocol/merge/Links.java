package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What coordinators say about which records are the same event, or part of one. A view: joining
 * changes no record, and a group in which something is disputed is never joined.
 */
public final class Links {

  private static final Field RELATION = Field.of(KnownField.RELATION);

  /** What two records are to each other; the codes are those of the wire. */
  public enum Relation {
    NONE(0),
    SAME_AS(1),
    PART_OF(2),
    DISTINCT(3);

    private final int code;

    Relation(int code) {
      this.code = code;
    }

    /** The number it has on the wire. */
    public int code() {
      return code;
    }
  }

  /**
   * Records that are said to be the same, ascending, at least two.
   *
   * @param records which
   * @param inConflict whether something inside is disputed, so that they must not be joined
   * @param disputes the links that say so, ascending
   */
  public record Group(List<RecordId> records, boolean inConflict, List<RecordId> disputes) {

    /** Takes lists that nobody changes any more. */
    public Group {
      records = Collections.unmodifiableList(records);
      disputes = Collections.unmodifiableList(disputes);
    }
  }

  /**
   * One record as part of another.
   *
   * @param part the smaller
   * @param whole the larger
   * @param link the record that says so
   */
  public record Part(RecordId part, RecordId whole, RecordId link) {}

  /** What a link says, or all it says while that is not settled. */
  private record Told(RecordId link, RecordId from, RecordId to, boolean settled, Relation is) {}

  private final List<Group> groups = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final TreeSet<RecordId> disputed = new TreeSet<>();
  private final Map<RecordId, RecordId> representative = new HashMap<>();
  private final Map<RecordId, Group> groupOf = new HashMap<>();

  private Links(List<Told> all) {
    for (Told told : all) {
      if (told.is() == Relation.SAME_AS) {
        join(told.from(), told.to());
      } else if (told.is() == Relation.PART_OF && told.settled()) {
        parts.add(new Part(told.from(), told.to(), told.link()));
      }
      if (!told.settled()) {
        disputed.add(told.link());
      }
    }
    Map<RecordId, Set<RecordId>> disputes = disputes(all);
    Map<RecordId, Set<RecordId>> members = new TreeMap<>();
    for (RecordId record : representative.keySet()) {
      members.computeIfAbsent(find(record), any -> new TreeSet<>()).add(record);
    }
    members.forEach((root, records) -> addGroup(records, disputes.get(root)));
    groups.sort((one, other) -> one.records().get(0).compareTo(other.records().get(0)));
  }

  /** Takes the links among these records; all others are passed over. */
  public static Links of(Collection<RecordState> records) {
    Map<RecordId, RecordState> sorted = new TreeMap<>();
    for (RecordState state : records) {
      if (state.kind() == RecordKind.LINK.code() && state.visible()) {
        sorted.put(state.record(), state);
      }
    }
    List<Told> all = new ArrayList<>();
    sorted.values().forEach(state -> read(state, all));
    return new Links(all);
  }

  /** The id of the record that links these two, whichever is named first. */
  public static RecordId id(RecordId one, RecordId other) {
    boolean ordered = one.compareTo(other) <= 0;
    byte[] lower = (ordered ? one : other).bytes();
    byte[] higher = (ordered ? other : one).bytes();
    byte[] hash = Sha256.labelled("cairn/1/link-id", lower, higher).bytes();
    return RecordId.of(Arrays.copyOf(hash, RecordId.SIZE_BYTES));
  }

  private static void read(RecordState state, List<Told> all) {
    FieldState relation = state.field(RELATION).orElse(null);
    if (relation == null) {
      return;
    }
    if (relation.status() == Status.AGREED || relation.status() == Status.DECIDED) {
      relation.shown().ifPresent(value -> read(state.record(), value, true, all));
      return;
    }
    for (FieldValue value : relation.values()) {
      read(state.record(), value.value(), false, all);
    }
  }

  /** A link speaks only of the two records whose ids make its own. */
  private static void read(RecordId link, CborValue value, boolean settled, List<Told> all) {
    List<CborValue> items = ((CborArray) value).items();
    Relation is = Relation.values()[(int) ((CborValue.Int) items.get(0)).value()];
    RecordId from = RecordId.of(((CborValue.Bytes) items.get(1)).value());
    RecordId to = RecordId.of(((CborValue.Bytes) items.get(2)).value());
    if (!from.equals(to) && id(from, to).equals(link)) {
      all.add(new Told(link, from, to, settled, is));
    }
  }

  private void join(RecordId one, RecordId other) {
    representative.putIfAbsent(one, one);
    representative.putIfAbsent(other, other);
    representative.put(find(one), find(other));
  }

  private RecordId find(RecordId record) {
    RecordId root = record;
    for (RecordId next = next(root); !next.equals(root); next = next(root)) {
      root = next;
    }
    RecordId at = record;
    while (!at.equals(root)) {
      RecordId next = next(at);
      representative.put(at, root);
      at = next;
    }
    return root;
  }

  private RecordId next(RecordId record) {
    return representative.getOrDefault(record, record);
  }

  /** Links inside a group that speak against it: unsettled, or anything but "the same". */
  private Map<RecordId, Set<RecordId>> disputes(List<Told> all) {
    Map<RecordId, Set<RecordId>> disputes = new HashMap<>();
    for (Told told : all) {
      boolean against =
          !told.settled() || told.is() == Relation.DISTINCT || told.is() == Relation.PART_OF;
      if (against && find(told.from()).equals(find(told.to()))) {
        disputes.computeIfAbsent(find(told.from()), any -> new TreeSet<>()).add(told.link());
      }
    }
    return disputes;
  }

  private void addGroup(Set<RecordId> records, @Nullable Set<RecordId> disputes) {
    List<RecordId> because = new ArrayList<>();
    if (disputes != null) {
      because.addAll(disputes);
    }
    Group group = new Group(new ArrayList<>(records), !because.isEmpty(), because);
    groups.add(group);
    for (RecordId record : records) {
      groupOf.put(record, group);
    }
  }

  /** Groups of records that are said to be the same, ascending by their first record. */
  public List<Group> groups() {
    return Collections.unmodifiableList(groups);
  }

  /** The group a record is in, if any. */
  public Optional<Group> groupOf(RecordId record) {
    return Optional.ofNullable(groupOf.get(record));
  }

  /** Records that are part of others, ascending by the link. */
  public List<Part> parts() {
    return Collections.unmodifiableList(parts);
  }

  /** Links about which coordinators differ, ascending. */
  public List<RecordId> disputed() {
    return new ArrayList<>(disputed);
  }
}
