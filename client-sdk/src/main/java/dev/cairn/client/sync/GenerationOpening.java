package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An owner opens the next generation of the log: the server names the log that waits, the owner
 * signs that it is the next, the server carries it out. Should anything fail, it is begun again,
 * and names the same log. What was signed is kept until a server has answered: one that is restored
 * in between may have carried it out, and others may follow it. The next generation is then the one
 * after it, and both are told to the server.
 */
final class GenerationOpening {

  private final Holdings holdings;
  private final Intake intake;
  private final ServerLink link;
  private final LogQuestions questions;

  GenerationOpening(Holdings holdings, Intake intake, ServerLink link) {
    this.holdings = holdings;
    this.intake = intake;
    this.link = link;
    this.questions = new LogQuestions(link, holdings.identity().space());
  }

  /**
   * Opens it.
   *
   * @return its number
   */
  long run(SyncListener listener) throws CairnException {
    requireOwner(holdings);
    NewGeneration.begin(holdings, listener);
    LogAccount account = new Refilling(holdings, link).run();
    follow(account, listener);
    LogKey waiting =
        account
            .waiting()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "generation.unready", "the server has no log ready for this device"));
    UnansweredGenerations lost =
        holdings
            .store()
            .read(UnansweredGenerations::read)
            .maybeLost(account, waiting, holdings.roster().logs().lastKey());
    // A restored server was told also of generations that it lost and that this device may have
    // lost, or that were never open.
    List<Statement> later = new ArrayList<>(NewGeneration.told(holdings, account));
    later.addAll(lost.statements());
    RosterState roster = holdings.roster().with(later);
    long number = roster.logs().lastKey() + 1;
    Statement statement =
        new RosterWriter(roster, holdings.host().randomness())
            .sign(generation(number, waiting, account), holdings.identity().signingKey());
    UnansweredGenerations unanswered = lost.and(statement);
    holdings.store().change(unanswered::write);
    later.add(statement);
    Optional<String> refusal = push(account, later);
    LogAccount opened = questions.account();
    if (opened.generation() < number) {
      throw new RefusedException(
          refusal.orElse("generation.other"), "the server does not open this generation");
    }
    follow(opened, listener);
    holdings.store().change(Fact.OPENING::delete);
    return number;
  }

  /** Refuses a device that is not an owner's. */
  static void requireOwner(Holdings holdings) throws RefusedException {
    boolean isOwner =
        holdings
            .roster()
            .device(holdings.device())
            .map(entry -> entry.role() == Role.OWNER && entry.coordinates())
            .orElse(false);
    if (!isOwner) {
      throw new RefusedException("role.owner", "this needs an owner's device");
    }
  }

  private void follow(LogAccount account, SyncListener listener) throws CairnException {
    NewGeneration.learn(holdings, intake, account);
    NewGeneration.begin(holdings, listener);
  }

  /** What ends is what the server has now; of a log that it lost, what was seen of it. */
  private Generation generation(long number, LogKey waiting, LogAccount account)
      throws CairnException {
    long before = number - 1;
    Optional<Checkpoint> ended = Optional.empty();
    if (account.generation() == before) {
      ended = Optional.of(signed(account, before));
    } else if (holdings.log().generation() == before) {
      ended = holdings.log().checkpoint().map(SignedCheckpoint::checkpoint);
    }
    return new Generation(
        number,
        waiting,
        before,
        ended.map(Checkpoint::size).orElse(0L),
        ended.map(Checkpoint::root).orElse(CompactTree.empty().root()));
  }

  private Checkpoint signed(LogAccount account, long generation) throws CairnException {
    LogKey key = holdings.roster().logs().get(generation);
    try {
      if (key != null) {
        return SignedCheckpoint.open(account.checkpoint().bytes(), key).checkpoint();
      }
    } catch (MalformedException e) {
      throw LogTrust.lie(
          "the server shows a log that its key did not sign",
          new byte[0],
          account.checkpoint().bytes());
    }
    throw new IllegalStateException("the roster does not have the log it follows");
  }

  /**
   * Pushes what was signed, and before it the statements of generations that a restored server
   * lost.
   */
  private Optional<String> push(LogAccount account, List<Statement> signed) throws CairnException {
    Set<Statement> all = new LinkedHashSet<>(signed);
    for (Statement known : holdings.roster().statements()) {
      if (known.kind() == StatementKind.GENERATION
          && ((Generation) known.content()).number() > account.generation()) {
        all.add(known);
      }
    }
    List<Statement> statements = new ArrayList<>(all);
    statements.sort(
        (one, other) ->
            Long.compare(
                ((Generation) one.content()).number(), ((Generation) other.content()).number()));
    // Without saying what was seen: a restored server has less, and a new log is not seen yet. What
    // the statements name as seen is handed to the new log.
    String target = "/v1/spaces/" + holdings.identity().space() + "/push?" + HttpNames.ALONE + "=1";
    Request request = Request.of("POST", target).streamed(HttpNames.STREAM);
    try (Exchange exchange = link.stream(request)) {
      EntryWriter writer = new EntryWriter();
      for (Statement each : statements) {
        exchange.send(
            writer.write(new Entry.Statement(Encoded.of(each.encode()), OptionalLong.empty())));
      }
      exchange.finish();
      if (exchange.status() / 100 != 2) {
        throw Refusals.of(exchange);
      }
      link.renewed(exchange);
      return lastRefusal(exchange);
    }
  }

  private Optional<String> lastRefusal(Exchange exchange) throws CairnException {
    Answers answers = new Answers(holdings.identity().space());
    Optional<String> last = Optional.empty();
    Answers.Answer answer = answers.next(exchange);
    while (answer != null) {
      if (answer instanceof Answers.Answer.No no) {
        last = Optional.of(no.refusal().code());
      }
      answer = answers.next(exchange);
    }
    return last;
  }
}
