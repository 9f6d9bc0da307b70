package dev.cairn.server.http;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.request.Founding;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.stream.Receipts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;

/** Creates spaces, for whoever has a one-time code. */
final class SpaceRoutes {

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
      code = Founding.code(ctx.request().getHeader(HttpNames.SPACE_CODE));
    } catch (ProblemException e) {
      Problems.send(ctx, e);
      return;
    }
    ctx.request().pause();
    // Nobody has signed this request: without a code nothing of its body is read, and of those who
    // have one, one at a time is worth the signatures.
    workers
        .call(() -> checked(code))
        .recover(fault -> Future.failedFuture(Founding.problem(fault)))
        .compose(good -> bodies.ofCodeHolder(ctx, Limits.MOVE_BYTES_MAX))
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
    return workers
        .call(() -> Founding.statements(body))
        .compose(statements -> create(code, statements));
  }

  private Future<byte[]> create(Secret code, List<Statement> statements) {
    SpaceId space = statements.get(0).space();
    return Future.fromCompletionStage(intake.create(code, statements), Vertx.currentContext())
        .recover(fault -> Future.failedFuture(Founding.problem(fault)))
        .compose(
            answers -> workers.call(() -> receipts(space).encode(Receipts.Numbered.all(answers))));
  }

  private Receipts receipts(SpaceId space) {
    return new Receipts(ledger, ledger.snapshot(space).orElseThrow(), 0);
  }
}
