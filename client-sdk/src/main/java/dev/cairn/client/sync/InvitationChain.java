package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an invitation came with and leans on. A newcomer may meet the server before who invited him
 * does: then he brings all of it, for statements prove themselves whoever carries them.
 */
final class InvitationChain {

  private final Holdings holdings;
  private final SealedRows rows;
  private final Set<StatementId> seen = new HashSet<>();
  private final List<StatementId> chain = new ArrayList<>();

  private InvitationChain(Holdings holdings, SealedRows rows) {
    this.holdings = holdings;
    this.rows = rows;
  }

  /** Puts it into the outbox, each statement after what its signer had seen. */
  static void send(Holdings holdings) throws CairnException {
    holdings
        .store()
        .change(
            rows -> {
              InvitationChain chain = new InvitationChain(holdings, rows);
              for (Statement waiting : holdings.book().outbox()) {
                chain.add(waiting);
              }
              RosterBook.writeOutbox(rows, chain.chain);
            });
    holdings.adoptOutbox();
  }

  /** Depth is bounded by the length of the file the chain came in. */
  private void add(Statement statement) throws CairnException {
    if (!seen.add(statement.id())
        || statement.kind() == StatementKind.GENESIS
        || RosterBook.position(rows, statement.id()).isPresent()) {
      return;
    }
    for (StatementId head : statement.heads()) {
      Optional<Statement> before = holdings.roster().statement(head);
      if (before.isPresent()) {
        add(before.get());
      }
    }
    chain.add(statement.id());
  }
}
