package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record after the merge: everything its members said of it, what of that is shown and why, and
 * what needs somebody to look at it. Immutable; lists cannot be changed.
 */
public final class RecordState {

  /** What the merge fills in. */
  static final class Parts {
    final RecordId record;
    final long kind;
    boolean empty;
    boolean retractedByOpener;
    List<FieldState> fields = Collections.emptyList();
    List<SetState> sets = Collections.emptyList();
    List<Entry> statements = Collections.emptyList();
    List<Entry> attachments = Collections.emptyList();
    List<Entry> retractions = Collections.emptyList();
    @Nullable Entry review;
    @Nullable Entry assignment;
    final List<Erased> erased = new ArrayList<>(0);
    List<Refusal> refused = Collections.emptyList();
    List<Entry> unknown = Collections.emptyList();
    List<ChangeId> heads = Collections.emptyList();

    Parts(RecordId record, long kind) {
      this.record = record;
      this.kind = kind;
    }
  }

  private final Parts parts;
  private byte @Nullable [] canonical;

  RecordState(Parts parts) {
    this.parts = parts;
  }

  /** Which record. */
  public RecordId record() {
    return parts.record;
  }

  /** The number of its kind; 0 where nothing counts. */
  public long kind() {
    return parts.kind;
  }

  /** Whether none of the changes counts: such a record has no part in a digest. */
  public boolean isEmpty() {
    return parts.empty;
  }

  /**
   * Whether to show the record. Not if who opened it retracted it, unless somebody said something
   * against that and no coordinator has settled it, or settled that the record stays.
   */
  public boolean visible() {
    FieldState whole = field(Field.RECORD).orElse(null);
    if (whole == null || !parts.retractedByOpener) {
      return true;
    }
    boolean settled = whole.status() == Status.AGREED || whole.status() == Status.DECIDED;
    return !settled || !whole.shown().equals(Optional.of(WholeRecord.RETRACTED));
  }

  /** Its registers, ascending by the encoding of the field. */
  public List<FieldState> fields() {
    return Collections.unmodifiableList(parts.fields);
  }

  /** One register, if anything was ever said of it. */
  public Optional<FieldState> field(Field field) {
    for (FieldState state : parts.fields) {
      if (state.field().equals(field)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** The value to show for a register, if there is one. */
  public Optional<CborValue> shown(Field field) {
    return field(field).flatMap(FieldState::shown);
  }

  /** The registers that somebody has to look at, ascending by the encoding of the field. */
  public List<FieldState> conflicts() {
    List<FieldState> conflicts = new ArrayList<>();
    for (FieldState state : parts.fields) {
      if (state.status().inConflict()) {
        conflicts.add(state);
      }
    }
    return conflicts;
  }

  /** Its sets, ascending by the encoding of the field. */
  public List<SetState> sets() {
    return Collections.unmodifiableList(parts.sets);
  }

  /** Notes, comments, questions, answers and confirmations, in the order of clocks. */
  public List<Entry> statements() {
    return Collections.unmodifiableList(parts.statements);
  }

  /** Attached files, in the order of clocks. */
  public List<Entry> attachments() {
    return Collections.unmodifiableList(parts.attachments);
  }

  /** What was taken back and why, in the order of clocks. */
  public List<Entry> retractions() {
    return Collections.unmodifiableList(parts.retractions);
  }

  /** The state of review, with who set it. */
  public Optional<Entry> review() {
    return Optional.ofNullable(parts.review);
  }

  /** Who is to look after it, with who said so. */
  public Optional<Entry> assignment() {
    return Optional.ofNullable(parts.assignment);
  }

  /** Changes withdrawn for everybody, ascending by id. */
  public List<Erased> erased() {
    return Collections.unmodifiableList(parts.erased);
  }

  /** Operations that count for nothing, and why, ascending by (change, place). */
  public List<Refusal> refused() {
    return Collections.unmodifiableList(parts.refused);
  }

  /** Operations that need a newer version, ascending by (change, place). */
  public List<Entry> unknown() {
    return Collections.unmodifiableList(parts.unknown);
  }

  /** What a new change of this record names as its parents: ascending, as many as it may. */
  public List<ChangeId> heads() {
    return Collections.unmodifiableList(parts.heads);
  }

  /** The canonical encoding: equal for equal sets of changes under equal rosters. */
  public byte[] canonical() {
    byte[] bytes = canonical;
    if (bytes == null) {
      bytes = CanonicalState.encode(this);
      canonical = bytes;
    }
    return bytes.clone();
  }

  /** SHA-256 of {@link #canonical}. */
  public Digest canonicalDigest() {
    return Sha256.of(canonical());
  }

  /** The id and the number of conflicts, nothing of the content. */
  @Override
  public String toString() {
    return "record " + parts.record + " with " + conflicts().size() + " conflicts";
  }
}
