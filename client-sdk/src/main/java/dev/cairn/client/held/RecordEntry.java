package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a device keeps of a record it wrote to, sealed or not: never what the record states.
 * Immutable; each method gives another one.
 */
public final class RecordEntry {

  private static final int FIELDS = 9;

  private final RecordId record;
  private final long kind;
  private final @Nullable String label;
  private final boolean sealed;
  private final Audience audience;
  private final List<Long> sequences;
  private final List<ChangeId> heads;
  private final @Nullable Review review;
  private final List<ChangeId> unanswered;

  /**
   * A review state.
   *
   * @param state its code
   * @param word the change that says so
   */
  public record Review(int state, ChangeId word) {}

  private RecordEntry(
      RecordId record,
      long kind,
      @Nullable String label,
      boolean sealed,
      Audience audience,
      List<Long> sequences,
      List<ChangeId> heads,
      @Nullable Review review,
      List<ChangeId> unanswered) {
    this.record = record;
    this.kind = kind;
    this.label = label;
    this.sealed = sealed;
    this.audience = audience;
    this.sequences = List.copyOf(sequences);
    this.heads = List.copyOf(heads);
    this.review = review;
    this.unanswered = List.copyOf(unanswered);
  }

  /** A record this device has not written to yet; to be sealed like its others. */
  public static RecordEntry fresh(
      RecordId record, long kind, @Nullable String label, Audience audience) {
    return new RecordEntry(
        record, kind, label, false, audience, List.of(), List.of(), null, List.of());
  }

  /** Which record. */
  public RecordId record() {
    return record;
  }

  /** Its kind on the wire. */
  public long kind() {
    return kind;
  }

  /** The reporter's own words for it. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** Whether the key to what was written here is destroyed. */
  public boolean sealed() {
    return sealed;
  }

  /** Whom this device's first change to it was for. */
  public Audience audience() {
    return audience;
  }

  /** The sequences of this device's changes to it, ascending. */
  public List<Long> sequences() {
    return sequences;
  }

  /** The heads of what this device knows of its graph, ascending. */
  public List<ChangeId> heads() {
    return heads;
  }

  /** The latest review state that this device was told. */
  public Optional<Review> review() {
    return Optional.ofNullable(review);
  }

  /** Questions that were neither answered nor dismissed. */
  public List<ChangeId> unanswered() {
    return unanswered;
  }

  /** With one more change of this device. */
  public RecordEntry wrote(long sequence, ChangeId change, Collection<ChangeId> parents) {
    List<Long> more = new ArrayList<>(sequences);
    more.add(sequence);
    return copy(sealed, more, after(change, parents), review, unanswered);
  }

  /** With a change of somebody else seen. */
  public RecordEntry saw(ChangeId change, Collection<ChangeId> parents) {
    return copy(sealed, sequences, after(change, parents), review, unanswered);
  }

  private List<ChangeId> after(ChangeId change, Collection<ChangeId> parents) {
    TreeSet<ChangeId> now = new TreeSet<>(heads);
    now.removeAll(parents);
    now.add(change);
    List<ChangeId> ascending = new ArrayList<>(now);
    return ascending.subList(0, Math.min(ascending.size(), Limits.BODY_PARENTS_MAX));
  }

  /** Sealed, or open again because something new was written. */
  public RecordEntry sealed(boolean value) {
    return copy(value, sequences, heads, review, unanswered);
  }

  /** In another review state; null if what said how far it is was withdrawn. */
  public RecordEntry reviewed(@Nullable Review now) {
    return copy(sealed, sequences, heads, now, unanswered);
  }

  /** With one more question. */
  public RecordEntry asked(ChangeId question) {
    TreeSet<ChangeId> more = new TreeSet<>(unanswered);
    more.add(question);
    return copy(sealed, sequences, heads, review, new ArrayList<>(more));
  }

  /** With questions answered or dismissed. */
  public RecordEntry settled(Collection<ChangeId> questions) {
    List<ChangeId> left = new ArrayList<>(unanswered);
    left.removeAll(questions);
    return copy(sealed, sequences, heads, review, left);
  }

  private RecordEntry copy(
      boolean newSealed,
      List<Long> newSequences,
      List<ChangeId> newHeads,
      @Nullable Review newReview,
      List<ChangeId> newUnanswered) {
    return new RecordEntry(
        record, kind, label, newSealed, audience, newSequences, newHeads, newReview, newUnanswered);
  }

  /** The entry of a record. */
  public static Optional<RecordEntry> read(SealedRows rows, RecordId record) throws CairnException {
    byte[] row = rows.get(Table.RECORD, record.bytes());
    return row == null ? Optional.empty() : Optional.of(read(row));
  }

  /** Every entry, in no order. */
  public static List<RecordEntry> readAll(SealedRows rows) throws CairnException {
    List<RecordEntry> all = new ArrayList<>();
    rows.scan(
        Table.RECORD,
        0,
        row -> {
          all.add(read(row));
          return true;
        });
    return all;
  }

  private static RecordEntry read(byte[] row) throws CairnException {
    return StoredForm.read("record", row, RecordEntry::read);
  }

  private static RecordEntry read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    RecordId record = RecordId.of(reader.bytesExactly(RecordId.SIZE_BYTES));
    long kind = reader.uint();
    String label = null;
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      label = reader.text(Integer.MAX_VALUE);
    }
    boolean sealed = reader.bool();
    Audience audience = PlaceForm.readAudience(reader);
    int count = reader.arrayHeader();
    List<Long> sequences = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      sequences.add(reader.uint());
    }
    List<ChangeId> heads = StoredForm.readIds(reader);
    Review review = readReview(reader);
    return new RecordEntry(
        record,
        kind,
        label,
        sealed,
        audience,
        sequences,
        heads,
        review,
        StoredForm.readIds(reader));
  }

  private static @Nullable Review readReview(CborReader reader) throws CairnException {
    if (reader.nextIsNull()) {
      reader.nul();
      return null;
    }
    reader.arrayOf(2);
    return new Review(
        (int) reader.uint(Integer.MAX_VALUE),
        ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
  }

  /** Writes it. */
  public void write(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter().array(FIELDS).bytes(record.bytes()).uint(kind);
    if (label == null) {
      writer.nul();
    } else {
      writer.text(label);
    }
    writer.bool(sealed);
    PlaceForm.write(writer, audience);
    writer.array(sequences.size());
    sequences.forEach(writer::uint);
    StoredForm.write(writer, heads);
    if (review == null) {
      writer.nul();
    } else {
      writer.array(2).uint(review.state()).bytes(review.word().bytes());
    }
    StoredForm.write(writer, unanswered);
    rows.put(Table.RECORD, record.bytes(), writer.toBytes());
  }

  /** The record only. */
  @Override
  public String toString() {
    return "record " + record;
  }
}
