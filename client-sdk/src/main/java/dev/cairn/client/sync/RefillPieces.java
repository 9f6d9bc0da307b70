package dev.cairn.client.sync;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.LogAccount;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries on their way to a restored server, a piece at a time: each is durable there when it is
 * answered, and the answer says what is missing then. A server that does not know this device,
 * having lost what let it in, takes small pieces only.
 */
final class RefillPieces {

  private static final int PIECE_BYTES = 256 * 1024;
  private static final int STRANGERS_PIECE_BYTES = 32 * 1024;

  private final LogQuestions questions;
  private final List<Entry> waiting = new ArrayList<>();
  private LogAccount account;
  private int bytes;
  private int pieceBytes = PIECE_BYTES;

  RefillPieces(LogQuestions questions, LogAccount account) {
    this.questions = questions;
    this.account = account;
  }

  /** What the server said last. */
  LogAccount account() {
    return account;
  }

  /** Positions of which it knows no leaf. */
  List<LogAccount.Run> leaves() {
    return account.refill().map(LogAccount.Refill::leaves).orElse(List.of());
  }

  /** Positions of which it knows the leaf alone. */
  List<LogAccount.Run> entries() {
    return account.refill().map(LogAccount.Refill::entries).orElse(List.of());
  }

  /** Adds an entry; a receipt goes with the leaves before it. */
  void add(Entry entry) throws CairnException {
    int sizeBytes = new EntryWriter().write(entry).length;
    if (bytes + sizeBytes > pieceBytes && !(entry instanceof Entry.OfReceipt)) {
      flush();
    }
    waiting.add(entry);
    bytes += sizeBytes;
  }

  /** Hands in what was added. */
  void flush() throws CairnException {
    if (waiting.isEmpty()) {
      return;
    }
    List<Entry> piece = new ArrayList<>(waiting);
    waiting.clear();
    bytes = 0;
    try {
      account = questions.refill(written(piece));
    } catch (RefusedException refused) {
      if (!refused.code().equals("request.too-large") || pieceBytes == STRANGERS_PIECE_BYTES) {
        throw refused;
      }
      pieceBytes = STRANGERS_PIECE_BYTES;
      for (Entry entry : piece) {
        add(entry);
      }
      flush();
    }
  }

  private static byte[] written(List<Entry> entries) {
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      byte[] encoded = writer.write(entry);
      out.write(encoded, 0, encoded.length);
    }
    return out.toByteArray();
  }
}
