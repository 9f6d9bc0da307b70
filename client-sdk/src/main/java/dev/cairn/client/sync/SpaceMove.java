package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Move;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An owner leads the space to another server, whose log is its next generation: he founds the space
 * there with the few statements that prove him the owner, and with those that say where it is now.
 * Once the server has answered under the log's key this device follows like any other, and hands in
 * what it holds.
 *
 * <p>What is sent is kept until there is an answer: should it be lost, the same is sent again, and
 * the server answers the same.
 */
final class SpaceMove {

  private static final int MILLIS = 1000;

  private final Holdings holdings;
  private final Intake intake;
  private final ServerInvitation invitation;

  SpaceMove(Holdings holdings, Intake intake, ServerInvitation invitation) {
    this.holdings = holdings;
    this.intake = intake;
    this.invitation = invitation;
  }

  /**
   * Moves the space, unless that was done.
   *
   * @param transport to the server of the invitation
   * @return the generation that its log is
   */
  long run(Transport transport, SyncListener listener) throws CairnException {
    GenerationOpening.requireOwner(holdings);
    long newest = holdings.roster().logs().lastKey();
    if (invitation.log().equals(holdings.roster().logs().get(newest))) {
      if (!holdings.roster().move().filter(this::isHere).isPresent()) {
        throw new RefusedException("move.needless", "the space is on this server already");
      }
      return newest;
    }
    if (holdings.roster().logs().containsValue(invitation.log())) {
      throw new RefusedException(
          "move.stale", "the space was on this server, and its log there has ended");
    }
    List<Statement> founding = begun();
    if (founding.isEmpty()) {
      founding = begin(newest);
    } else {
      requireFollowed(holdings.roster().with(founding));
    }
    try (Exchange exchange =
        transport.open(FirstContact.founding(invitation.spaceCode(), founding))) {
      if (exchange.status() / 100 != 2) {
        throw Refusals.of(exchange);
      }
      verify(exchange, founding);
    }
    NewGeneration.take(holdings, intake, founding);
    NewGeneration.begin(holdings, listener);
    holdings
        .store()
        .change(
            rows -> {
              Fact.MOVING.delete(rows);
              Fact.OPENING.delete(rows);
            });
    return holdings.roster().logs().lastKey();
  }

  /**
   * Refuses what would lead nobody here: of two owners who moved the space at once everybody
   * follows one, and this device may have heard of the other since it signed.
   */
  private void requireFollowed(RosterState roster) throws RefusedException {
    boolean isFollowed =
        invitation.log().equals(roster.logs().get(roster.logs().lastKey()))
            && roster.move().filter(this::isHere).isPresent();
    if (!isFollowed) {
      throw new RefusedException(
          "move.overtaken",
          "another owner moved the space elsewhere at the same time, and everybody goes there:"
              + " sync, and leave this server unused. To move it all the same start another new"
              + " server");
    }
  }

  private boolean isHere(Move move) {
    return move.log().equals(invitation.log());
  }

  /** What this server was sent before and is not known to have answered; else nothing. */
  private List<Statement> begun() throws CairnException {
    List<Statement> sent =
        holdings
            .store()
            .read(rows -> SignedAway.read(Fact.MOVING, rows, Limits.MOVE_STATEMENTS_MAX));
    boolean isForIt =
        sent.stream()
            .anyMatch(statement -> statement.content() instanceof Move move && isHere(move));
    return isForIt ? sent : List.of();
  }

  private List<Statement> begin(long newest) throws CairnException {
    if (invitation.isExpired(holdings.host().nowMillis() / MILLIS)) {
      throw new RefusedException(
          "invitation.expired", "the server's invitation has expired; start the server again");
    }
    SigningKey key = holdings.identity().signingKey();
    // Generations that were signed here and that the lost server may have carried out come before.
    UnansweredGenerations earlier =
        holdings.store().read(UnansweredGenerations::read).maybeOpened(invitation.log(), newest);
    RosterState roster = holdings.roster().with(earlier.statements());
    Statement opening =
        new RosterWriter(roster, holdings.host().randomness())
            .sign(generation(roster.logs().lastKey() + 1), key);
    roster = roster.with(opening);
    Statement move =
        new RosterWriter(roster, holdings.host().randomness())
            .move(invitation.address(), invitation.log(), invitation.bundleKey(), key);
    roster = roster.with(move);
    requireFollowed(roster);
    List<Statement> founding = MoveFounding.of(roster, move);
    UnansweredGenerations unanswered = earlier.and(opening);
    holdings
        .store()
        .change(
            rows -> {
              unanswered.write(rows);
              SignedAway.write(Fact.MOVING, rows, founding);
            });
    return founding;
  }

  /** What is said of the log that ends is what this device saw of it. */
  private Generation generation(long number) {
    long before = number - 1;
    Optional<Checkpoint> ended =
        holdings.log().generation() == before
            ? holdings.log().checkpoint().map(SignedCheckpoint::checkpoint)
            : Optional.empty();
    return new Generation(
        number,
        invitation.log(),
        before,
        ended.map(Checkpoint::size).orElse(0L),
        ended.map(Checkpoint::root).orElse(CompactTree.empty().root()));
  }

  /** Who answers has the log's key, and has signed for what was sent; else nothing is followed. */
  private void verify(Exchange exchange, List<Statement> founding) throws CairnException {
    List<Digest> leaves = new ArrayList<>();
    founding.forEach(statement -> leaves.add(statement.leafHash()));
    LogKey log = invitation.log();
    for (Entry entry : FirstContact.entries(exchange, holdings.identity().space())) {
      if (entry instanceof Entry.OfReceipt given) {
        Receipt receipt = Receipt.decode(given.receipt().bytes());
        if (receipt.proof().first() == 0) {
          receipt.verify(leaves, log);
          return;
        }
      }
    }
    throw new MalformedException("the server's answer holds no receipt");
  }
}
