package dev.cairn.server.http;

import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.GrowingFile;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * Writes the body of one PATCH to the growing file. At most one piece waits to be written; while it
 * does the sender is held back. What arrived before a cut stays.
 */
final class UploadSink {

  private final AttachmentFiles files;
  private final Upload upload;
  private final GrowingFile file;
  private final Pace pace = new Pace();
  private final Promise<Long> done = Promise.promise();
  private Buffer waiting = Buffer.buffer();
  private long offset;
  private boolean writing;
  private boolean ended;
  private boolean tooSlow;

  private UploadSink(AttachmentFiles files, Upload upload, GrowingFile file) {
    this.files = files;
    this.upload = upload;
    this.file = file;
    this.offset = file.offset();
  }

  /** Opens the file if it stands where the sender thinks. */
  static UploadSink open(AttachmentFiles files, Upload upload, long offset) throws StoreException {
    try {
      if (files.offset(upload) != offset) {
        throw new ProblemException(Problem.UPLOAD_OFFSET);
      }
      return new UploadSink(files, upload, files.grow(upload, offset));
    } catch (IOException e) {
      throw DiskFaults.named(e, files.folder());
    }
  }

  /** Takes the body; the future gives the new offset, once it is durable. */
  Future<Long> receive(HttpServerRequest request, Workers workers, BodyBounds bounds) {
    ByteBudget.Share share = bounds.members().share();
    if (!share.resize(ServerLimits.UPLOAD_PIECE_BYTES_MAX)) {
      fail(new ProblemException(Problem.SERVER_BUSY));
      return done.future();
    }
    BodyBounds.Watch watch =
        bounds.watch(
            pace::keptUp,
            () -> {
              tooSlow = true;
              ended = true;
              write(request, workers);
            });
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
    return done.future()
        .onComplete(
            ignored -> {
              share.close();
              watch.close();
            });
  }

  private void take(Buffer piece, HttpServerRequest request, Workers workers) {
    if (ended) {
      return;
    }
    pace.arrived(piece.length());
    if (offset + waiting.length() + piece.length() > upload.sizeBytes()) {
      request.handler(ignored -> {});
      ended = true;
      fail(new ProblemException(Problem.ATTACHMENT_SIZE));
      return;
    }
    waiting.appendBuffer(piece);
    if (waiting.length() >= ServerLimits.UPLOAD_PIECE_BYTES_MAX) {
      request.pause();
      pace.held(true);
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
              pace.held(false);
              if (last && tooSlow) {
                done.tryFail(new ProblemException(Problem.REQUEST_TOO_SLOW));
              } else if (last) {
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
    try {
      file.append(piece);
      if (last) {
        file.sync();
      }
    } catch (IOException e) {
      throw DiskFaults.named(e, files.folder());
    }
    if (last) {
      file.close();
      if (file.offset() == upload.sizeBytes()) {
        finish();
      }
    }
    return file.offset();
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
      file.close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    done.tryFail(fault);
  }
}
