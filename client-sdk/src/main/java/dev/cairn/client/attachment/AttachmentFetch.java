package dev.cairn.client.attachment;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * Fetches an encrypted file in ranges (RFC 9110 section 14), going on where an earlier call was cut
 * off. A file that is not the one its id names is destroyed and refused.
 */
public final class AttachmentFetch {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final int TOLD_BYTES = 256 * 1024;

  private final SignedRequests signed;
  private final SpaceId space;
  private final AttachmentFolder folder;

  /** Fetches from a space into a folder. */
  public AttachmentFetch(SignedRequests signed, SpaceId space, AttachmentFolder folder) {
    this.signed = signed;
    this.space = space;
    this.folder = folder;
  }

  /**
   * Fetches a file; without effect if it is here. What comes is gathered in one place, whatever
   * size is stated: who states a smaller one than the file has must not have thrown away what
   * others have fetched of it.
   *
   * @param sealedBytes the size of the encrypted file, as the change states it
   * @param largerToo whether it is fetched by a larger size if it is not of this one
   * @param arrived hears how many bytes are here
   * @throws dev.cairn.client.transport.TransportException if the link dies; go on later
   * @throws RefusedException if the server does not give it, or {@link AttachmentTrouble#DAMAGED}
   *     if it gives another
   * @throws StoreException if there is no room for it
   */
  public void fetch(AttachmentId id, long sealedBytes, boolean largerToo, LongConsumer arrived)
      throws CairnException {
    if (folder.has(id)) {
      return;
    }
    Path partial = folder.partial(id);
    boolean isOfThisSize;
    long here;
    try (FileChannel out =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      folder.requireRoom(sealedBytes - out.size());
      isOfThisSize = out.size() >= sealedBytes || append(id, out, sealedBytes, arrived);
      here = out.size();
      out.force(true);
    } catch (IOException e) {
      throw folder.failed("writing an attachment", e);
    }
    if (!isOfThisSize || !AttachmentFolder.hash(partial, sealedBytes).equals(id)) {
      if (here <= sealedBytes && !largerToo) {
        folder.remove(id);
      }
      throw damaged();
    }
    folder.cut(partial, sealedBytes);
    folder.keep(partial, id);
  }

  /** That the server has another file under this name. */
  static RefusedException damaged() {
    return new RefusedException(
        AttachmentTrouble.DAMAGED, "the server gave another file than the one its change names");
  }

  /** Fetches what follows; false if the server's file ends elsewhere. */
  private boolean append(AttachmentId id, FileChannel out, long sealedBytes, LongConsumer arrived)
      throws CairnException, IOException {
    Request request =
        Request.of("GET", "/v1/spaces/" + space + "/attachments/" + id)
            .header("Range", "bytes=" + out.size() + "-");
    try (Exchange exchange = signed.send(request)) {
      int status = exchange.status();
      if (status == NO_SUCH_RANGE) {
        return false;
      }
      if (status != OK && status != PARTIAL) {
        throw Refusals.of(exchange);
      }
      out.position(status == OK ? 0 : out.size());
      long told = out.position();
      byte[] piece = exchange.receive();
      while (piece != null) {
        int fitting = (int) Math.min(piece.length, sealedBytes - out.position());
        ByteBuffer buffer = ByteBuffer.wrap(piece, 0, fitting);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        if (out.position() - told >= TOLD_BYTES || out.position() == sealedBytes) {
          told = out.position();
          arrived.accept(told);
        }
        if (fitting < piece.length) {
          return false;
        }
        piece = exchange.receive();
      }
      return true;
    }
  }
}
