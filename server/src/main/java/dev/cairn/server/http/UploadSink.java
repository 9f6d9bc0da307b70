package dev.cairn.server.http;

import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes the body of one PATCH to the growing file. At most one piece waits to be written; while it
 * does the sender is held back. What arrived before a cut stays.
 */
final class UploadSink {

  private final AttachmentFiles files;
  private final Upload upload;
  private final FileChannel channel;
  private final Promise<Long> done = Promise.promise();
  private Buffer waiting = Buffer.buffer();
  private long offset;
  private boolean writing;
  private boolean ended;

  private UploadSink(AttachmentFiles files, Upload upload, FileChannel channel, long offset) {
    this.files = files;
    this.upload = upload;
    this.channel = channel;
    this.offset = offset;
  }

  /** Opens the file if it stands where the sender thinks. */
  static UploadSink open(AttachmentFiles files, Upload upload, Path part, long offset)
      throws IOException {
    if (files.offset(upload) != offset) {
      throw new ProblemException(Problem.UPLOAD_OFFSET);
    }
    FileChannel channel = PrivateFiles.openForWriting(part);
    channel.position(offset);
    return new UploadSink(files, upload, channel, offset);
  }

  /** Takes the body; the future gives the new offset, once it is durable. */
  Future<Long> receive(HttpServerRequest request, Workers workers) {
    request.handler(piece -> take(piece, request, workers));
    request.endHandler(
        ignored -> {
          ended = true;
          write(request, workers);
        });
    request.exceptionHandler(
        ignored -> {
          ended = true;
          write(request, workers);
        });
    request.resume();
    return done.future();
  }

  private void take(Buffer piece, HttpServerRequest request, Workers workers) {
    if (offset + waiting.length() + piece.length() > upload.sizeBytes()) {
      request.handler(ignored -> {});
      ended = true;
      fail(new ProblemException(Problem.ATTACHMENT_SIZE));
      return;
    }
    waiting.appendBuffer(piece);
    if (waiting.length() >= ServerLimits.UPLOAD_PIECE_BYTES_MAX) {
      request.pause();
      write(request, workers);
    }
  }

  private void write(HttpServerRequest request, Workers workers) {
    if (writing || done.future().isComplete()) {
      return;
    }
    boolean last = ended;
    byte[] piece = waiting.getBytes();
    waiting = Buffer.buffer();
    writing = true;
    workers
        .call(() -> store(piece, last))
        .onSuccess(
            stored -> {
              writing = false;
              offset = stored;
              if (last) {
                done.tryComplete(stored);
              } else if (ended) {
                write(request, workers);
              } else {
                request.resume();
              }
            })
        .onFailure(this::fail);
  }

  private long store(byte[] piece, boolean last) throws IOException, StoreException {
    long reached;
    try {
      ByteBuffer rest = ByteBuffer.wrap(piece);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      reached = channel.position();
      if (last) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw DiskFaults.named(e, files.folder());
    }
    if (last) {
      channel.close();
      if (reached == upload.sizeBytes()) {
        finish();
      }
    }
    return reached;
  }

  private void finish() throws IOException {
    if (files.complete(upload.space(), upload.id()).isPresent()) {
      files.drop(upload);
    } else if (!files.finish(upload)) {
      throw new ProblemException(Problem.ATTACHMENT_HASH);
    }
  }

  private void fail(Throwable fault) {
    try {
      channel.close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    done.tryFail(fault);
  }
}
