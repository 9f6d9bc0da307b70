package dev.cairn.client.attachment;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sends an encrypted file by tus 1.0 (tus.io/protocols/resumable-upload): creation by a signed
 * request, then pieces to the address it gave, each from the offset the server has. A link that
 * dies costs at most the piece it carried.
 */
public final class TusUpload {

  /** One piece; a link that carries it whole before it dies has moved forward. */
  static final int PIECE_BYTES = 256 * 1024;

  private static final String VERSION_HEADER = "Tus-Resumable";
  private static final String VERSION = "1.0.0";
  private static final String OFFSET = "Upload-Offset";
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;
  private static final int STALLS_MAX = 3;
  private static final Pattern ADDRESS = Pattern.compile("/v1/uploads/[A-Za-z0-9._~-]{1,1024}");

  /** Hears how far an upload has come. */
  @FunctionalInterface
  public interface Listener {
    /** So many bytes are at the server. */
    void sent(long bytes, long total);
  }

  private final Transport transport;
  private final SignedRequests signed;
  private final SpaceId space;

  /** Sends to a space over a transport. */
  public TusUpload(Transport transport, SignedRequests signed, SpaceId space) {
    this.transport = transport;
    this.signed = signed;
    this.space = space;
  }

  /**
   * Sends a file from wherever the server says to have it to its end. Nothing of what it says is
   * signed: whether the file is there is for {@link ShownPiece} to find out.
   *
   * @param address where an earlier call was told to send it; empty for the first
   * @param kept is told a new address, to go on there if a later call has to
   * @throws dev.cairn.client.transport.TransportException if the link dies; go on later
   * @throws RefusedException if the server does not take it, with its code
   */
  public void send(
      AttachmentId id, Path file, Optional<String> address, Addresses kept, Listener listener)
      throws CairnException {
    try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = content.size();
      Optional<String> old = address.filter(TusUpload::isAddress);
      String target = old.isPresent() ? old.get() : create(id, size, kept);
      Optional<Long> known = offset(target, old.isPresent());
      if (!known.isPresent()) {
        target = create(id, size, kept);
        known = offset(target, false);
      }
      long offset = known.orElse(0L);
      int stalls = 0;
      int losses = 0;
      while (offset < size) {
        long next = piece(target, content, offset, size);
        stalls = next > offset ? 0 : stalls + 1;
        // A server that goes back and forth would keep a device sending for ever.
        losses += next < offset ? 1 : 0;
        if (stalls > STALLS_MAX || losses > STALLS_MAX) {
          throw new RefusedException("upload.stalled", "the server does not take the file");
        }
        offset = next;
        listener.sent(offset, size);
      }
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading an attachment failed", e);
    }
  }

  /** Where the address of an upload is kept while it lasts. */
  @FunctionalInterface
  public interface Addresses {
    /** Keeps it, durable on return. */
    void keep(String address) throws CairnException;
  }

  private String create(AttachmentId id, long size, Addresses kept) throws CairnException {
    String metadata = "id " + Base64.getEncoder().encodeToString(id.bytes());
    Request request =
        Request.of("POST", "/v1/spaces/" + space + "/attachments")
            .header(VERSION_HEADER, VERSION)
            .header("Upload-Length", Long.toString(size))
            .header("Upload-Metadata", metadata);
    try (Exchange exchange = signed.send(request)) {
      if (exchange.status() != CREATED) {
        throw Refusals.of(exchange);
      }
      String location =
          exchange
              .header("Location")
              .filter(TusUpload::isAddress)
              .orElseThrow(
                  () -> new RefusedException("upload.unknown", "the server gave no address"));
      kept.keep(location);
      return location;
    }
  }

  /**
   * Where the server has it; empty if the address is not good any more.
   *
   * @param old whether the address is of an earlier call: then a server that fails is asked for a
   *     new one, because its answer to that says why, and an answer to HEAD has no room for it
   */
  /** Section 7: a part of this server's own, whatever it is. It is kept, and asked for again. */
  private static boolean isAddress(String location) {
    return ADDRESS.matcher(location).matches();
  }

  private Optional<Long> offset(String target, boolean old) throws CairnException {
    Request request = Request.of("HEAD", target).header(VERSION_HEADER, VERSION);
    try (Exchange exchange = transport.open(request)) {
      int status = exchange.status();
      if (status == GONE || status == NOT_FOUND || (old && status >= FAILED)) {
        return Optional.empty();
      }
      if (status != OK && status != NO_CONTENT) {
        throw Refusals.of(exchange);
      }
      return Optional.of(offset(exchange));
    }
  }

  private long piece(String target, FileChannel content, long offset, long size)
      throws CairnException, IOException {
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, size - offset)];
    ByteBuffer buffer = ByteBuffer.wrap(piece);
    while (buffer.hasRemaining()) {
      if (content.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("attachment became shorter");
      }
    }
    Request request =
        Request.of("PATCH", target)
            .header(VERSION_HEADER, VERSION)
            .header(OFFSET, Long.toString(offset))
            .body("application/offset+octet-stream", piece);
    try (Exchange exchange = transport.open(request)) {
      if (exchange.status() == CONFLICT) {
        return offset(target, false).orElse(0L);
      }
      if (exchange.status() != NO_CONTENT) {
        throw Refusals.of(exchange);
      }
      return offset(exchange);
    }
  }

  private static long offset(Exchange exchange) throws CairnException {
    String offset = exchange.header(OFFSET).orElse("");
    try {
      long number = Long.parseLong(offset);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new RefusedException("upload.offset", "the server gave no offset");
    }
    throw new RefusedException("upload.offset", "the server gave no offset");
  }
}
