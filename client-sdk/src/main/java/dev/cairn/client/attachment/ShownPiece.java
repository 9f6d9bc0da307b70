package dev.cairn.client.attachment;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Randomness;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Has the server show a piece of a file that this device still holds. An offset it tells is nothing
 * but a number; a piece whose place it could not foresee it has to have.
 */
final class ShownPiece {

  private static final int PIECE_BYTES = 1024;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final String INCOMPLETE = "attachment.incomplete";

  private final SignedRequests signed;
  private final SpaceId space;
  private final Randomness randomness;

  ShownPiece(SignedRequests signed, SpaceId space, Randomness randomness) {
    this.signed = signed;
    this.space = space;
    this.randomness = randomness;
  }

  /** What the server showed. */
  enum Shown {
    /** The bytes that are here. */
    SAME,
    /** Other bytes, or too few. */
    OTHER,
    /** Nothing: it does not have the file in full. */
    NONE
  }

  /**
   * Asks for a piece somewhere in the file.
   *
   * @param file the encrypted file, whole
   * @throws RefusedException if the server refuses to show it for another reason than lacking it
   */
  Shown ask(AttachmentId id, Path file) throws CairnException {
    try (RandomAccessFile own = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(PIECE_BYTES, own.length());
      long from = anywhere(own.length() - length + 1);
      byte[] expected = new byte[length];
      own.seek(from);
      own.readFully(expected);
      return shown(id, from, expected);
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading an attachment failed", e);
    }
  }

  private long anywhere(long places) {
    return Math.floorMod(ByteBuffer.wrap(randomness.bytes(Long.BYTES)).getLong(), places);
  }

  private Shown shown(AttachmentId id, long from, byte[] expected) throws CairnException {
    Request request =
        Request.of("GET", "/v1/spaces/" + space + "/attachments/" + id)
            .header("Range", "bytes=" + from + "-" + (from + expected.length - 1));
    try (Exchange exchange = signed.send(request)) {
      int status = exchange.status();
      if (status == OK || status == PARTIAL) {
        return matches(exchange, status == OK ? from : 0, expected) ? Shown.SAME : Shown.OTHER;
      }
      RefusedException refused = Refusals.of(exchange);
      if (refused.code().equals(INCOMPLETE)) {
        return Shown.NONE;
      }
      throw refused;
    }
  }

  /** Whether the bytes come after so many that were not asked for. */
  private static boolean matches(Exchange exchange, long skipped, byte[] expected)
      throws CairnException {
    long skip = skipped;
    int count = 0;
    byte[] piece = exchange.receive();
    while (piece != null && count < expected.length) {
      int from = (int) Math.min(skip, piece.length);
      skip -= from;
      int length = Math.min(piece.length - from, expected.length - count);
      byte[] given = Arrays.copyOfRange(piece, from, from + length);
      if (!Arrays.equals(given, Arrays.copyOfRange(expected, count, count + length))) {
        return false;
      }
      count += length;
      piece = count < expected.length ? exchange.receive() : null;
    }
    return count == expected.length;
  }
}
