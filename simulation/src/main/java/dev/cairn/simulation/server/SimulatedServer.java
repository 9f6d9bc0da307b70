package dev.cairn.simulation.server;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Authority;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Founding;
import dev.cairn.server.request.LogAnswers;
import dev.cairn.server.request.Nonces;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.request.Query;
import dev.cairn.server.stream.FeedRun;
import dev.cairn.server.stream.PullPager;
import dev.cairn.server.stream.Receipts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with the real server's logic: its authority, ledger, streams, proofs and
 * parcels. What the HTTP rim adds (connections, backpressure, budgets, uploads) is not here.
 */
public final class SimulatedServer {

  private final ServerMachine machine;

  /** On this machine. */
  public SimulatedServer(ServerMachine machine) {
    this.machine = machine;
  }

  /** The machine beneath. */
  public ServerMachine machine() {
    return machine;
  }

  /**
   * Begins to answer.
   *
   * @throws dev.cairn.simulation.disk.Crash if the machine dies of it
   */
  public Answering answer(Request request) {
    Nonces nonces = new Nonces(machine.macKey(), machine.clock());
    Map<String, String> headers = new HashMap<>();
    headers.put("cairn-nonce", nonces.fresh());
    try {
      return route(request, nonces, headers);
    } catch (ProblemException e) {
      return problem(e.problem(), headers);
    } catch (StoreException e) {
      return problem(
          e instanceof StoreException.Full ? Problem.STORE_FULL : Problem.STORE_FAILED, headers);
    } catch (MalformedException e) {
      return problem(Problem.REQUEST_MALFORMED, headers);
    } catch (CairnException e) {
      Throwable known = Founding.problem(e);
      return problem(
          known instanceof ProblemException told ? told.problem() : Problem.SERVER_FAILED, headers);
    } catch (IOException e) {
      return problem(Problem.STORE_FAILED, headers);
    }
  }

  /** What a server says that cannot answer. */
  public static Answering broken() {
    return problem(Problem.SERVER_FAILED, Map.of());
  }

  private static Answering problem(Problem problem, Map<String, String> headers) {
    String body =
        "{\"type\":\""
            + HttpNames.ERROR_PREFIX
            + problem.code()
            + "\",\"title\":\""
            + problem.title()
            + "\",\"status\":"
            + problem.status()
            + ",\"code\":\""
            + problem.code()
            + "\"}";
    return whole(problem.status(), headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private Answering route(Request request, Nonces nonces, Map<String, String> headers)
      throws CairnException, IOException {
    String target = request.target();
    int mark = target.indexOf('?');
    String[] path = (mark < 0 ? target : target.substring(0, mark)).split("/", -1);
    if (path.length == 3 && path[2].equals("spaces") && request.method().equals("POST")) {
      return whole(201, headers, create(request));
    }
    if (path.length != 5 || !path[2].equals("spaces")) {
      throw new ProblemException(Problem.ROUTE_UNKNOWN);
    }
    Authority authority = new Authority(machine.ledger(), nonces);
    if (path[4].equals("checkpoint")) {
      return whole(200, headers, authority.space(path[3]).checkpoint().note());
    }
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(request.headers());
    Caller caller = authority.claim(path[3], request.method(), target, given::get).device();
    Query query = new Query(parameters(mark < 0 ? "" : target.substring(mark + 1))::get);
    return switch (request.method() + " " + path[4]) {
      case "POST push" -> push(caller, query, headers);
      case "GET receipts" -> whole(200, headers, receipts(caller, query));
      case "GET pull" -> whole(200, headers, pull(caller.member(), query));
      case "GET head" -> whole(200, headers, answers().head(caller.member()));
      case "GET proof" -> whole(200, headers, proof(caller.member(), query));
      case "GET log" -> whole(200, headers, new RefillAnswers(machine).account(caller));
      case "POST refill" ->
          whole(
              200,
              headers,
              new RefillAnswers(machine).refill(caller, covered(given, request.body())));
      case "POST parcels" -> parcel(caller.member(), query, given, request.body(), headers);
      default -> throw new ProblemException(Problem.ROUTE_UNKNOWN);
    };
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return parameters;
  }

  private byte[] create(Request request) throws CairnException {
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(request.headers());
    Secret code = Founding.code(given.get(HttpNames.SPACE_CODE));
    long now = machine.clock().millis() / 1000;
    machine.ledger().checkCode(code, now);
    byte[] body = request.body();
    List<Statement> statements = Founding.statements(body == null ? new byte[0] : body);
    List<Answer> answers = machine.ledger().create(code, statements, now);
    SpaceId space = statements.get(0).space();
    return new Receipts(machine.ledger(), machine.ledger().snapshot(space).orElseThrow(), 0)
        .encode(Receipts.Numbered.all(answers));
  }

  private Answering push(Caller caller, Query query, Map<String, String> headers) {
    Push push =
        new Push(
            machine,
            caller,
            caller.bringer(query.has(HttpNames.ALONE)),
            query.seenSize(caller.snapshot()));
    return new Answering() {
      @Override
      public int status() {
        return 200;
      }

      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public byte[] take(byte[] piece) {
        try {
          return push.take(piece);
        } catch (StoreException e) {
          return new byte[0];
        }
      }

      @Override
      public byte[] end() {
        try {
          return push.end();
        } catch (StoreException e) {
          return new byte[0];
        }
      }
    };
  }

  private byte[] receipts(Caller caller, Query query) throws StoreException {
    ChangeId from = query.change("from");
    SpaceId space = caller.snapshot().space();
    Receipts receipts =
        new Receipts(machine.ledger(), caller.snapshot(), query.seenSize(caller.snapshot()));
    List<Long> positions = List.of();
    if (caller.isIn()) {
      try (LedgerView view = machine.ledger().store().view()) {
        positions = FeedRun.positions(view, space, caller.device(), from, Limits.FEED_RECEIPTS_MAX);
      }
    }
    return receipts.encode(Receipts.Numbered.all(List.of(new Answer.Placed(positions))));
  }

  private byte[] pull(Caller caller, Query query) throws StoreException {
    long from = query.number("from", 0);
    long seenSize = query.seenSize(caller.snapshot());
    if (from > caller.snapshot().head().size()) {
      throw Query.behind(caller.snapshot());
    }
    PullPager pager =
        new PullPager(
            machine.ledger(),
            caller.snapshot(),
            caller.device(),
            from,
            seenSize,
            ServerLimits.PULL_BYTES_MAX,
            new PullPager.Show(query.number("hashes", 0) == 1, query.number("own", 0) == 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (!pager.ended()) {
      out.writeBytes(pager.piece());
    }
    return out.toByteArray();
  }

  private LogAnswers answers() {
    return new LogAnswers(machine.ledger(), machine.signer());
  }

  private byte[] proof(Caller caller, Query query) throws StoreException, MalformedException {
    long size = query.number("size");
    long present = query.number("generation", caller.snapshot().head().generation());
    return query.has("from")
        ? answers().consistency(caller, present, query.number("from"), size)
        : answers().receipt(caller, present, query.number("first"), query.number("count"), size);
  }

  /** A body that the request's signature covers. */
  private static byte[] covered(Map<String, String> given, byte @Nullable [] body) {
    String digest = given.get(HttpNames.CONTENT_DIGEST);
    if (body == null || digest == null || !ContentDigest.matches(digest, body)) {
      throw new ProblemException(Problem.DIGEST_MISMATCH);
    }
    return body;
  }

  private Answering parcel(
      Caller caller,
      Query query,
      Map<String, String> given,
      byte @Nullable [] body,
      Map<String, String> headers)
      throws CairnException, IOException {
    byte[] parcel = covered(given, body);
    ParcelTaker taker = taker();
    ParcelContent content;
    try {
      content = taker.open(parcel);
    } catch (UndecryptableException e) {
      throw new ProblemException(Problem.PARCEL_NOT_FOR_US);
    } catch (TooNewException e) {
      return whole(202, headers, new byte[0]);
    } catch (MalformedException e) {
      throw new ProblemException(Problem.PARCEL_MALFORMED);
    }
    if (!content.space().equals(caller.snapshot().space())) {
      throw new ProblemException(Problem.SPACE_OTHER);
    }
    ParcelTaker.Outcome taken;
    try {
      taken = taker.take(content, query.has(HttpNames.ALONE));
    } catch (MalformedException e) {
      throw new ProblemException(Problem.PARCEL_MALFORMED);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    taken.answers().forEach(answer -> out.writeBytes(BundleWriter.parcel(answer)));
    return whole(taken.early() > 0 ? 202 : 200, headers, out.toByteArray());
  }

  /** Takes parcels that somebody carried to the machine itself. */
  public ParcelTaker taker() {
    return new ParcelTaker(
        machine.ledger(),
        submission ->
            machine.ledger().accept(List.of(submission), machine.clock().millis() / 1000).get(0),
        machine.bundleKey(),
        machine.attachments(),
        machine.randomness());
  }

  private static Answering whole(int status, Map<String, String> headers, byte[] body) {
    return new Answering() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public byte[] take(byte[] piece) {
        return new byte[0];
      }

      @Override
      public byte[] end() {
        return body;
      }
    };
  }
}
