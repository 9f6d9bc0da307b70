package dev.cairn.server.http;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.stream.Receipts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Creates spaces, for whoever has a one-time code. */
final class SpaceRoutes {

  private static final int CODE_BYTES_MAX = 64;

  private final Ledger ledger;
  private final Intake intake;
  private final Workers workers;
  private final Bodies bodies;
  private final Clock clock;
  private final OneAtATime creation = new OneAtATime();

  SpaceRoutes(Ledger ledger, Intake intake, Workers workers, Bodies bodies, Clock clock) {
    this.ledger = ledger;
    this.intake = intake;
    this.workers = workers;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** POST: the first statements of a space; answers with their receipt. */
  void create(RoutingContext ctx) {
    Secret code;
    try {
      code = code(ctx.request());
    } catch (ProblemException e) {
      Problems.send(ctx, e);
      return;
    }
    ctx.request().pause();
    // Nobody has signed this request: without a code nothing of its body is read, and of those who
    // have one, one at a time is worth the signatures.
    workers
        .call(() -> checked(code))
        .recover(fault -> Future.failedFuture(problem(fault)))
        .compose(good -> bodies.ofStranger(ctx, ServerLimits.SPACE_BYTES_MAX))
        .compose(body -> creation.run(() -> create(code, body)))
        .onSuccess(
            stream ->
                ctx.response()
                    .setStatusCode(201)
                    .putHeader("Content-Type", HttpNames.STREAM)
                    .end(Buffer.buffer(stream)))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private Secret checked(Secret code) throws CairnException {
    ledger.checkCode(code, clock.instant().getEpochSecond());
    return code;
  }

  private Future<byte[]> create(Secret code, byte[] body) {
    return workers.call(() -> statements(body)).compose(statements -> create(code, statements));
  }

  private static Secret code(HttpServerRequest request) {
    String text = Optional.ofNullable(request.getHeader(HttpNames.SPACE_CODE)).orElse("");
    try {
      byte[] code = Base64.getUrlDecoder().decode(text);
      if (code.length > 0 && code.length <= CODE_BYTES_MAX) {
        return Secret.take(code);
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.SPACE_CODE_UNKNOWN);
    }
    throw new ProblemException(Problem.SPACE_CODE_UNKNOWN);
  }

  private static List<Statement> statements(byte[] body)
      throws MalformedException, TooNewException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(body);
    // No frame can stand in this stream, so which space it is for is not needed to read it.
    EntryReader reader = new EntryReader(SpaceId.of(new byte[SpaceId.SIZE_BYTES]));
    List<Statement> statements = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      if (!(reader.read(next.get()) instanceof Entry.Statement entry)) {
        throw new MalformedException("a space begins with statements only");
      }
      if (statements.size() == ServerLimits.SPACE_STATEMENTS_MAX) {
        throw new ProblemException(Problem.SPACE_INVALID);
      }
      Statement statement = Statement.decode(entry.statement().bytes());
      if (!statement.signaturesValid()) {
        throw new ProblemException(Problem.SPACE_INVALID);
      }
      statements.add(statement);
    }
    if (strings.pendingBytes() > 0 || statements.isEmpty()) {
      throw new MalformedException("the stream is not whole");
    }
    return statements;
  }

  private Future<byte[]> create(Secret code, List<Statement> statements) {
    SpaceId space = statements.get(0).space();
    return Future.fromCompletionStage(intake.create(code, statements), Vertx.currentContext())
        .recover(fault -> Future.failedFuture(problem(fault)))
        .compose(
            answers ->
                workers.call(() -> new Receipts(ledger, space, 0).encode(numbered(answers))));
  }

  private static Throwable problem(Throwable fault) {
    if (!(fault instanceof RefusedException refused)) {
      return fault;
    }
    return new ProblemException(
        switch (refused.code()) {
          case Ledger.CODE_UNKNOWN -> Problem.SPACE_CODE_UNKNOWN;
          case Ledger.CODE_EXPIRED -> Problem.SPACE_CODE_EXPIRED;
          default -> Problem.SPACE_INVALID;
        });
  }

  private static List<Receipts.Numbered> numbered(List<Answer> answers) {
    List<Receipts.Numbered> numbered = new ArrayList<>();
    for (Answer answer : answers) {
      numbered.add(new Receipts.Numbered(numbered.size(), answer));
    }
    return numbered;
  }
}
