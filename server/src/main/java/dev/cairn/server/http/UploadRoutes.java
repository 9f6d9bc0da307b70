package dev.cairn.server.http;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.Rechecks;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.attachment.UploadAddresses;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uploads by tus 1.0: a signed request makes the address, and with the address alone any tus client
 * can ask how far it is, send more, or give up. What has arrived stays over restarts of both sides.
 *
 * <p>Source: https://tus.io/protocols/resumable-upload, core, creation, termination, expiration.
 */
final class UploadRoutes {

  private static final String TUS = "Tus-Resumable";
  private static final String TUS_VERSION = "1.0.0";
  private static final String OFFSET = "Upload-Offset";
  private static final String LENGTH = "Upload-Length";
  private static final String EXPIRES = "Upload-Expires";
  private static final String PIECE_TYPE = "application/offset+octet-stream";
  private static final long ADDRESS_SECONDS = 24 * 60 * 60L;

  private final Ledger ledger;
  private final AttachmentRights rights;
  private final AttachmentFiles files;
  private final Rechecks rechecks;
  private final UploadAddresses addresses;
  private final RequestAuthority authority;
  private final Workers workers;
  private final Turnstile turnstile;
  private final BodyBounds bounds;
  private final Clock clock;
  private final Set<Path> beingWritten = ConcurrentHashMap.newKeySet();

  UploadRoutes(
      Ledger ledger,
      AttachmentRights rights,
      AttachmentFiles files,
      UploadAddresses addresses,
      RequestAuthority authority,
      Workers workers,
      Turnstile turnstile,
      BodyBounds bounds,
      Clock clock) {
    this.ledger = ledger;
    this.rights = rights;
    this.files = files;
    this.rechecks = new Rechecks(files);
    this.addresses = addresses;
    this.authority = authority;
    this.workers = workers;
    this.turnstile = turnstile;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** POST: an address for an attachment that this device may send. */
  void create(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              turnstile.enter(caller, ctx);
              checkVersion(ctx.request());
              AttachmentId id = attachmentId(ctx.request());
              long sizeBytes = number(ctx.request(), LENGTH);
              return workers.call(() -> allowed(caller, id, sizeBytes));
            })
        .onSuccess(
            upload ->
                answer(ctx)
                    .setStatusCode(201)
                    .putHeader("Location", "/v1/uploads/" + addresses.token(upload))
                    .putHeader(EXPIRES, httpDate(upload.expiresSeconds()))
                    .end())
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private Upload allowed(Caller caller, AttachmentId id, long sizeBytes) throws StoreException {
    Set<Long> sizes = rights.sizesToSend(caller.snapshot(), caller.device(), id);
    if (sizes.isEmpty()) {
      throw new ProblemException(Problem.ATTACHMENT_UNKNOWN);
    }
    if (!sizes.contains(sizeBytes)) {
      throw new ProblemException(Problem.ATTACHMENT_SIZE);
    }
    Upload upload =
        new Upload(
            caller.snapshot().space(),
            id,
            caller.device(),
            sizeBytes,
            nowSeconds() + ADDRESS_SECONDS);
    try {
      rechecks.look(upload, clock.instant());
      // What fails here would fail the answer to HEAD, which has no room to say why.
      files.offset(upload);
    } catch (IOException e) {
      throw DiskFaults.named(e, files.folder());
    }
    return upload;
  }

  private static AttachmentId attachmentId(HttpServerRequest request) {
    return TusHeaders.attachment(request.getHeader("Upload-Metadata"))
        .orElseThrow(() -> new ProblemException(Problem.REQUEST_MALFORMED));
  }

  /** HEAD: how far it is. */
  void offset(RoutingContext ctx) {
    upload(ctx)
        .compose(upload -> workers.call(() -> new Progress(upload, files.offset(upload))))
        .onSuccess(
            at ->
                answer(ctx)
                    .setStatusCode(200)
                    .putHeader(OFFSET, Long.toString(at.offset()))
                    .putHeader(LENGTH, Long.toString(at.upload().sizeBytes()))
                    .putHeader(EXPIRES, httpDate(at.upload().expiresSeconds()))
                    .putHeader("Cache-Control", "no-store")
                    .end())
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  /** PATCH: more bytes, from where it stands. */
  void append(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    request.pause();
    upload(ctx)
        .compose(
            upload -> {
              if (!PIECE_TYPE.equals(request.getHeader("Content-Type"))) {
                throw new ProblemException(Problem.MEDIA_UNSUPPORTED);
              }
              long offset = number(request, OFFSET);
              turnstile.enterMember(upload.device(), ctx);
              return write(upload, offset, request);
            })
        .onSuccess(at -> answer(ctx).setStatusCode(204).putHeader(OFFSET, Long.toString(at)).end())
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private Future<Long> write(Upload upload, long offset, HttpServerRequest request) {
    return workers
        .call(
            () -> {
              checkNamed(upload);
              Path part = files.part(upload);
              if (!beingWritten.add(part)) {
                throw new ProblemException(Problem.UPLOAD_BUSY);
              }
              return part;
            })
        .compose(
            part ->
                workers
                    .call(() -> UploadSink.open(files, upload, offset))
                    .compose(sink -> sink.receive(request, workers, bounds))
                    .onComplete(ignored -> beingWritten.remove(part)));
  }

  /** An erasure may have come since the address was made, or a role gone. */
  private void checkNamed(Upload upload) throws StoreException {
    SpaceSnapshot snapshot = snapshot(upload);
    if (!rights.sizesToSend(snapshot, upload.device(), upload.id()).contains(upload.sizeBytes())) {
      throw new ProblemException(Problem.ATTACHMENT_UNKNOWN);
    }
  }

  private SpaceSnapshot snapshot(Upload upload) {
    return ledger
        .snapshot(upload.space())
        .orElseThrow(() -> new ProblemException(Problem.UPLOAD_UNKNOWN));
  }

  /** DELETE: gives up. */
  void terminate(RoutingContext ctx) {
    upload(ctx)
        .compose(
            upload ->
                workers.call(
                    () -> {
                      files.drop(upload);
                      return upload;
                    }))
        .onSuccess(done -> answer(ctx).setStatusCode(204).end())
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  /** OPTIONS: what is spoken here. */
  void describe(RoutingContext ctx) {
    answer(ctx)
        .setStatusCode(204)
        .putHeader("Tus-Version", TUS_VERSION)
        .putHeader("Tus-Extension", "creation,termination,expiration")
        .putHeader("Tus-Max-Size", Long.toString(ledger.quotas().attachmentSizeBytesMax()))
        .end();
  }

  private Future<Upload> upload(RoutingContext ctx) {
    try {
      checkVersion(ctx.request());
      Upload upload =
          addresses
              .upload(ctx.pathParam("token"))
              .orElseThrow(() -> new ProblemException(Problem.UPLOAD_UNKNOWN));
      if (nowSeconds() >= upload.expiresSeconds()) {
        throw new ProblemException(Problem.UPLOAD_EXPIRED);
      }
      if (snapshot(upload).roster().isSuspended(upload.device())) {
        throw new ProblemException(Problem.DEVICE_SUSPENDED);
      }
      return Future.succeededFuture(upload);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
  }

  private static void checkVersion(HttpServerRequest request) {
    if (!TUS_VERSION.equals(request.getHeader(TUS))) {
      throw new ProblemException(Problem.TUS_VERSION);
    }
  }

  private static long number(HttpServerRequest request, String header) {
    return TusHeaders.number(request.getHeader(header))
        .orElseThrow(() -> new ProblemException(Problem.REQUEST_MALFORMED));
  }

  private static HttpServerResponse answer(RoutingContext ctx) {
    return ctx.response().putHeader(TUS, TUS_VERSION);
  }

  private static String httpDate(long seconds) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private record Progress(Upload upload, long offset) {}
}
