package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Attachments for the audience of a change that names them. Who may not have one hears the same as
 * if it did not exist.
 */
final class DownloadRoute {

  private static final String BYTES = "bytes";

  private final AttachmentRights rights;
  private final AttachmentFiles files;
  private final RequestAuthority authority;
  private final Workers workers;

  DownloadRoute(
      AttachmentRights rights, AttachmentFiles files, RequestAuthority authority, Workers workers) {
    this.rights = rights;
    this.files = files;
    this.authority = authority;
    this.workers = workers;
  }

  /** GET, whole or one range. */
  void get(RoutingContext ctx) {
    String range = ctx.request().getHeader("Range");
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(caller -> workers.call(() -> find(caller, ctx.pathParam("id"))))
        .onSuccess(
            found -> {
              ctx.request().resume();
              send(ctx, found, ByteRange.parse(range, found.sizeBytes()));
            })
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private Found find(Caller caller, String hex) throws StoreException, IOException {
    AttachmentId id;
    try {
      id = AttachmentId.parse(hex);
    } catch (MalformedException e) {
      throw new ProblemException(Problem.ATTACHMENT_UNKNOWN);
    }
    if (!rights.mayFetch(caller.snapshot(), caller.device(), id)) {
      throw new ProblemException(Problem.ATTACHMENT_UNKNOWN);
    }
    Path path =
        files
            .complete(caller.snapshot().space(), id)
            .orElseThrow(() -> new ProblemException(Problem.ATTACHMENT_INCOMPLETE));
    return new Found(id, path, Files.size(path));
  }

  private static void send(RoutingContext ctx, Found found, Optional<ByteRange> range) {
    HttpServerResponse response =
        ctx.response()
            .putHeader("Accept-Ranges", BYTES)
            .putHeader("Content-Type", "application/octet-stream")
            .putHeader("Cache-Control", "no-store")
            .putHeader("ETag", "\"" + found.id() + "\"");
    ByteRange all = new ByteRange(0, found.sizeBytes());
    ByteRange part = range.orElse(all);
    if (part.isNowhere()) {
      response.putHeader("Content-Range", "bytes */" + found.sizeBytes());
      Problems.send(ctx, Problem.RANGE_INVALID);
      return;
    }
    if (range.isPresent()) {
      response
          .setStatusCode(206)
          .putHeader(
              "Content-Range",
              "bytes " + part.from() + "-" + (part.to() - 1) + "/" + found.sizeBytes());
    }
    response
        .sendFile(found.path().toString(), part.from(), part.to() - part.from())
        .onFailure(fault -> response.reset());
  }

  private record Found(AttachmentId id, Path path, long sizeBytes) {}
}
