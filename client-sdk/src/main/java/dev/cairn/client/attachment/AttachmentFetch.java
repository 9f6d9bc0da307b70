package dev.cairn.client.attachment;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fetches an encrypted file in ranges (RFC 9110 section 14), going on where an earlier call was cut
 * off. A file that is not the one its id names is destroyed and refused.
 */
public final class AttachmentFetch {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int PIECE_BYTES = 64 * 1024;

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
   * Fetches a file; without effect if it is here.
   *
   * @param sealedBytes the size of the encrypted file, as the change states it
   * @throws dev.cairn.client.transport.TransportException if the link dies; go on later
   * @throws RefusedException if the server does not give it, or gives another
   */
  public void fetch(AttachmentId id, long sealedBytes) throws CairnException {
    if (folder.has(id)) {
      return;
    }
    Path partial = folder.partial(id);
    try (FileChannel out =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (out.size() < sealedBytes) {
        append(id, out, sealedBytes);
      }
      out.force(true);
    } catch (IOException e) {
      throw folder.failed("writing an attachment", e);
    }
    if (!hash(partial).equals(id)) {
      folder.remove(id);
      throw new RefusedException("attachment.hash", "the server gave another file");
    }
    folder.keep(partial, id);
  }

  private void append(AttachmentId id, FileChannel out, long sealedBytes)
      throws CairnException, IOException {
    Request request =
        Request.of("GET", "/v1/spaces/" + space + "/attachments/" + id)
            .header("Range", "bytes=" + out.size() + "-");
    try (Exchange exchange = signed.send(request)) {
      int status = exchange.status();
      if (status != OK && status != PARTIAL) {
        throw Refusals.of(exchange);
      }
      out.position(status == OK ? 0 : out.size());
      byte[] piece = exchange.receive();
      while (piece != null) {
        if (out.position() + piece.length > sealedBytes) {
          throw new RefusedException("attachment.size", "the server gave a larger file");
        }
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        piece = exchange.receive();
      }
    }
  }

  private static AttachmentId hash(Path file) throws StoreException {
    Sha256 hash = new Sha256();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        hash.update(piece, 0, count);
      }
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading an attachment failed", e);
    }
    return AttachmentId.of(hash.digest().bytes());
  }
}
