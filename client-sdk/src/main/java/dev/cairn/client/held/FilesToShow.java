package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Attached files that are here, that nobody looks after any more, and that a server which was
 * replaced or restored may not have. It has to show each of them once; how far that has come is
 * kept, so that a cut costs nothing.
 */
public final class FilesToShow {

  private FilesToShow() {}

  /** Notes that all of them are to be shown, from the first. */
  public static void begin(SealedRows rows) throws CairnException {
    Fact.FILES_TO_SHOW.put(rows, new CborWriter().nul().toBytes());
  }

  /**
   * Those that are left, ascending by id: files that were at a server, and those of others that
   * were opened here.
   *
   * @param others whether those of others are asked for
   */
  public static List<AttachmentRow> left(SealedRows rows, boolean others) throws CairnException {
    byte[] fact = Fact.FILES_TO_SHOW.get(rows);
    List<AttachmentRow> left = new ArrayList<>();
    if (fact == null) {
      return left;
    }
    byte[] last = StoredForm.read("files to show", fact, FilesToShow::read);
    for (AttachmentRow row : AttachmentRow.readAll(rows)) {
      boolean isAfter = last.length == 0 || row.id().compareTo(AttachmentId.of(last)) > 0;
      if (row.sent() && isAfter && (others || row.isOwn())) {
        left.add(row);
      }
    }
    left.sort(Comparator.comparing(AttachmentRow::id));
    return left;
  }

  private static byte[] read(CborReader reader) throws CairnException {
    if (reader.nextIsNull()) {
      reader.nul();
      return new byte[0];
    }
    return reader.bytesExactly(AttachmentId.SIZE_BYTES);
  }

  /** Notes that this one, and all before it, were seen to. */
  public static void seenTo(SealedRows rows, AttachmentId file) throws CairnException {
    Fact.FILES_TO_SHOW.put(rows, new CborWriter().bytes(file.bytes()).toBytes());
  }

  /** Notes that none is left. */
  public static void end(SealedRows rows) throws CairnException {
    Fact.FILES_TO_SHOW.delete(rows);
  }
}
