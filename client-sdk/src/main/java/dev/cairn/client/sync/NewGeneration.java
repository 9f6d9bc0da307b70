package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.FilesToShow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.held.StatementOrder;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Goes on to the log that an owner has opened. Nothing but the owner's statement moves a device: a
 * server can point to it, and cannot replace it. What was seen of the log before is no measure for
 * the new one; everything this device holds is looked for there, and what is missing is handed in.
 */
final class NewGeneration {

  /** The code of a server whose log was opened anew since this device last saw it. */
  static final String OPENED = "log.generation";

  /** The code of a server that was restored from a backup. */
  static final String REFILLING = "log.refilling";

  private NewGeneration() {}

  /** Whether a refusal is about the log, and not about what was pushed. */
  static boolean concerns(String code) {
    return code.equals(OPENED) || code.equals(REFILLING);
  }

  /**
   * Takes in the statements that a server names as those that opened its log. Those of later
   * generations, which it was told of and never carried out, are nothing to follow.
   *
   * @throws RefusedException {@code generation.unproven} if no owner said so
   */
  static void learn(Holdings holdings, Intake intake, LogAccount account) throws CairnException {
    List<Statement> opened = new ArrayList<>();
    for (Statement statement : statements(account)) {
      if (!isAfter(account.generation(), statement)) {
        opened.add(statement);
      }
    }
    take(holdings, intake, opened);
    if (holdings.roster().logs().lastKey() < account.generation()) {
      throw new RefusedException(
          "generation.unproven",
          "the server shows another log than before, and no statement of an owner that this"
              + " device can judge opened it");
    }
  }

  /**
   * Well-signed statements of generations that a server was told of and that are not open there.
   */
  static List<Statement> told(Holdings holdings, LogAccount account) throws CairnException {
    List<Statement> told = new ArrayList<>();
    for (Statement statement : statements(account)) {
      if (isAfter(account.generation(), statement)
          && statement.space().equals(holdings.identity().space())
          && statement.signaturesValid()) {
        told.add(statement);
      }
    }
    return told;
  }

  private static List<Statement> statements(LogAccount account) throws CairnException {
    List<Statement> statements = new ArrayList<>();
    for (Encoded encoded : account.statements()) {
      statements.add(Statement.decode(encoded.bytes()));
    }
    return statements;
  }

  private static boolean isAfter(long generation, Statement statement) {
    return statement.content() instanceof Generation opens && opens.number() > generation;
  }

  /** Takes in statements of generations whose place in a log is not known. */
  static void take(Holdings holdings, Intake intake, List<Statement> statements)
      throws CairnException {
    IntakeBatch batch =
        holdings
            .store()
            .write(
                rows -> {
                  IntakeBatch begun = intake.begin(rows);
                  for (Statement statement : statements) {
                    begun.statement(statement, OptionalLong.empty());
                  }
                  begun.finish();
                  return begun;
                });
    holdings.store().read(rows -> adopted(batch, rows));
  }

  private static Boolean adopted(IntakeBatch batch, SealedRows rows) throws CairnException {
    batch.adopt(rows);
    return Boolean.TRUE;
  }

  /**
   * Begins with the newest log that an owner has opened, if it is another than the one followed:
   * also where two owners opened two, or what one of them signed is void, as everybody does.
   *
   * @return whether it is
   */
  static boolean begin(Holdings holdings, SyncListener listener) throws CairnException {
    SortedMap<Long, LogKey> logs = holdings.roster().logs();
    long newest = logs.lastKey();
    if (newest == holdings.log().generation() && holdings.log().isOf(logs)) {
      return false;
    }
    LogSight begun = LogSight.begun(newest, holdings.isDesk());
    holdings
        .store()
        .change(
            rows -> {
              begun.write(rows);
              StartingOver.write(holdings, rows);
              RosterBook.forgetPositions(rows);
              OthersChanges.forgetPositions(rows);
              LogLeaves.clear(rows);
              FilesToShow.begin(rows);
              Fact.GAP.delete(rows);
              Fact.UNSHOWN.delete(rows);
              Fact.UNRECONCILED.delete(rows);
              Fact.ANEW.put(rows, new CborWriter().uint(newest).toBytes());
            });
    holdings.adopt(begun);
    holdings.adoptOutbox();
    long again = holdings.store().read(OwnChangesCount::of) + holdings.book().outbox().size();
    listener.onGeneration(newest, again);
    return true;
  }

  /** Leaves a log that is not followed any more under its number, so that it is no measure. */
  static void leaveStrayed(Holdings holdings) throws CairnException {
    if (!holdings.log().isOf(holdings.roster().logs())) {
      begin(holdings, SyncListener.NONE);
    }
  }

  /** Whether what is held is still to be handed to the log. */
  static boolean isUnsettled(Holdings holdings) throws CairnException {
    return holdings.store().read(rows -> Fact.ANEW.get(rows) != null);
  }

  /** Notes that the log has what was held. */
  static void settled(Holdings holdings) throws CairnException {
    holdings.store().change(Fact.ANEW::delete);
  }

  /**
   * Queues what the log, which was just read, lacks of the statements held here, each after what
   * its signer had seen; with what waited anyway.
   */
  static void queueLacking(Holdings holdings) throws CairnException {
    Map<StatementId, Statement> lacking = new LinkedHashMap<>();
    for (Statement statement : holdings.book().outbox()) {
      lacking.put(statement.id(), statement);
    }
    boolean coordinates =
        holdings.roster().device(holdings.device()).map(each -> each.coordinates()).orElse(false);
    for (Statement statement : holdings.roster().statements()) {
      boolean isOwn = statement.signers().contains(holdings.device());
      // An admission that is too late by its invitation is taken from a coordinator only.
      boolean isToSend = isOwn || coordinates || statement.kind() != StatementKind.ADMISSION;
      if (isToSend && isLacking(holdings, statement, coordinates)) {
        lacking.put(statement.id(), statement);
      }
    }
    List<StatementId> order = StatementOrder.of(lacking);
    holdings.store().change(rows -> RosterBook.writeOutbox(rows, order));
    holdings.adoptOutbox();
  }

  /** What lost its force others may have built on: a coordinator hands it in again. */
  private static boolean isLacking(Holdings holdings, Statement statement, boolean coordinates)
      throws CairnException {
    if (statement.kind() == StatementKind.GENESIS
        || statement.kind() == StatementKind.GENERATION
        || holdings.store().read(rows -> RosterBook.position(rows, statement.id()).isPresent())) {
      return false;
    }
    StatementVerdict worth = holdings.roster().worth(statement);
    return worth == StatementVerdict.STANDS
        || worth == StatementVerdict.NEWER
        || (worth == StatementVerdict.VOID && coordinates);
  }

  /** Leaves out the statement that waits first, if it is not this device's own. */
  static boolean dropFirst(Holdings holdings) throws CairnException {
    List<StatementId> rest = new ArrayList<>();
    holdings.book().outbox().forEach(statement -> rest.add(statement.id()));
    if (rest.isEmpty() || holdings.book().outbox().get(0).signers().contains(holdings.device())) {
      return false;
    }
    rest.remove(0);
    holdings.store().change(rows -> RosterBook.writeOutbox(rows, rest));
    holdings.adoptOutbox();
    return true;
  }
}
