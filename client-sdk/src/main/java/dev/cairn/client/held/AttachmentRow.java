package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attachment's encrypted file in this store.
 *
 * @param id the attachment
 * @param sizeBytes of the encrypted file
 * @param sequence of this device's change that names it; 0 if it is another device's
 * @param sent whether the server has shown to have it; of another device's, whether it was opened
 * @param locationOrNull where its upload goes on
 */
public record AttachmentRow(
    AttachmentId id, long sizeBytes, long sequence, boolean sent, @Nullable String locationOrNull) {

  private static final int FIELDS = 5;
  private static final int LOCATION_BYTES_MAX = 4096;

  /** Where its upload goes on. */
  public Optional<String> location() {
    return Optional.ofNullable(locationOrNull);
  }

  /** Whether it hangs on a change of this device. */
  public boolean isOwn() {
    return sequence > 0;
  }

  /** The same with an upload begun. */
  public AttachmentRow at(@Nullable String location) {
    return new AttachmentRow(id, sizeBytes, sequence, sent, location);
  }

  /** The same, all at the server. */
  public AttachmentRow whole() {
    return new AttachmentRow(id, sizeBytes, sequence, true, null);
  }

  /** The same, to be sent again. */
  public AttachmentRow lost() {
    return new AttachmentRow(id, sizeBytes, sequence, false, null);
  }

  /** Writes it. */
  public void write(SealedRows rows) throws CairnException {
    CborWriter writer =
        new CborWriter().array(FIELDS).bytes(id.bytes()).uint(sizeBytes).uint(sequence).bool(sent);
    if (locationOrNull == null) {
      writer.nul();
    } else {
      writer.text(locationOrNull);
    }
    rows.put(Table.ATTACHMENT, id.bytes(), writer.toBytes());
  }

  /** The row of an attachment. */
  public static Optional<AttachmentRow> read(SealedRows rows, AttachmentId id)
      throws CairnException {
    byte[] row = rows.get(Table.ATTACHMENT, id.bytes());
    return row == null
        ? Optional.empty()
        : Optional.of(StoredForm.read("attachment", row, AttachmentRow::read));
  }

  /** All of them, those of the earliest changes first. */
  public static List<AttachmentRow> readAll(SealedRows rows) throws CairnException {
    List<AttachmentRow> all = new ArrayList<>();
    rows.scan(
        Table.ATTACHMENT,
        0,
        row -> {
          all.add(StoredForm.read("attachment", row, AttachmentRow::read));
          return true;
        });
    all.sort(
        (one, other) ->
            one.sequence != other.sequence
                ? Long.compare(one.sequence, other.sequence)
                : one.id.compareTo(other.id));
    return all;
  }

  private static AttachmentRow read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    AttachmentId id = AttachmentId.of(reader.bytesExactly(AttachmentId.SIZE_BYTES));
    long sizeBytes = reader.uint();
    long sequence = reader.uint();
    boolean sent = reader.bool();
    String location = null;
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      location = reader.text(LOCATION_BYTES_MAX);
    }
    return new AttachmentRow(id, sizeBytes, sequence, sent, location);
  }
}
