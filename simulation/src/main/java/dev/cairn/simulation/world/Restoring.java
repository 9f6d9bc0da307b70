package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.ServerMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of an honest server: it is backed up, loses its disk and is put back, and goes on
 * when an owner opens a generation, or when its operator says that nothing is missing. The operator
 * says so only where it is true: somebody who held more would rightly call the server a liar.
 */
final class Restoring {

  private static final int BACKUPS_MAX = 3;

  /** How often in a hundred a step ends the refilling. */
  private static final int ENDS_PERCENT = 14;

  private final Stage stage;
  private final Roads roads;
  private final boolean happens;
  private final List<ServerMachine.Backup> backups = new ArrayList<>();
  private long generationSeen;
  private long sizeSeen;

  Restoring(Stage stage, Roads roads, boolean happens) {
    this.stage = stage;
    this.roads = roads;
    this.happens = happens;
  }

  private SpaceSnapshot log() {
    return stage.server.ledger().snapshot(stage.space()).orElseThrow();
  }

  /** Whether the server runs and is being refilled. */
  boolean isRefilling() {
    return stage.server.isUp() && log().isRefilling();
  }

  /** The operator takes a backup. */
  void backUp() throws CairnException {
    if (!happens) {
      return;
    }
    if (backups.size() == BACKUPS_MAX) {
      backups.remove(stage.chance.below(BACKUPS_MAX));
    }
    backups.add(stage.server.backedUp());
    stage.trace.note("the server is backed up");
  }

  /** The server loses its disk, and is put back from a backup. */
  void restore() throws CairnException {
    if (backups.isEmpty()) {
      return;
    }
    stage.server.plan().heal();
    stage.server.start();
    LogHead lost = log().head();
    if (lost.generation() > generationSeen
        || (lost.generation() == generationSeen && lost.size() > sizeSeen)) {
      generationSeen = lost.generation();
      sizeSeen = lost.size();
    }
    stage.memory.keep(stage.server, stage.space());
    stage.server.restore(stage.chance.of(backups));
    LogHead now = log().head();
    stage.trace.fault(Fault.SERVER_RESTORED);
    stage.restored = true;
    stage.trace.note(
        "the server is put back from "
            + lost.generation()
            + "."
            + lost.size()
            + " to "
            + now.generation()
            + "."
            + now.size());
    stage.auditor.serverRestored(now.generation(), leaves(now));
  }

  private List<Digest> leaves(LogHead head) {
    try (LedgerView view = stage.server.ledger().store().view()) {
      return view.leaves(stage.space(), head.generation(), 0, (int) head.size());
    } catch (StoreException e) {
      throw new IllegalStateException("what was put back cannot be read", e);
    }
  }

  /** Something may end the refilling. */
  void tend() throws CairnException {
    if (isRefilling() && stage.chance.percent(ENDS_PERCENT) && !mayOpenTwice()) {
      end(false);
    }
  }

  /** An owner opens a generation, whether there is need or not. */
  void open() throws CairnException {
    openUnasked(false);
  }

  /**
   * The same.
   *
   * @param atLast over a good link
   */
  void openUnasked(boolean atLast) throws CairnException {
    if (happens && stage.server.isUp() && !mayOpenTwice()) {
      open(atLast);
    }
  }

  /**
   * Whether the server lost a generation that the owner, put back as well, does not know of any
   * more: he would give its number to another. Then others sync first, as the operator is told to.
   */
  private boolean mayOpenTwice() {
    Machine owner = stage.desks.get(0);
    return isRefilling()
        && generationSeen > log().head().generation()
        && stage.auditor.wasRestored(owner.id())
        && !roads.knows(owner, generationSeen);
  }

  /**
   * The refilling ends, if nothing goes wrong.
   *
   * @param atLast over a good link
   */
  void end(boolean atLast) throws CairnException {
    LogHead now = log().head();
    boolean isTrue = now.generation() == generationSeen && now.size() >= sizeSeen;
    if (isTrue && stage.chance.percent(50)) {
      resume();
    } else {
      open(atLast);
    }
  }

  private void resume() throws CairnException {
    stage.server.stop();
    stage.server.start();
    try {
      stage.server.ledger().refills().resume(stage.space());
      stage.trace.fault(Fault.SERVER_RESUMED);
      stage.trace.note("the operator lets the server go on");
    } catch (RefusedException | StoreException no) {
      stage.trace.note("the operator may not: " + no.code());
    } catch (Crash crash) {
      stage.trace.fault(Fault.SERVER_CRASH);
      stage.server.stop();
    }
  }

  private void open(boolean atLast) {
    Machine owner = stage.desks.get(0);
    SpaceSnapshot before = log();
    boolean whole = roads.openGeneration(owner, atLast);
    if (stage.server.isUp() && log().head().generation() > before.head().generation()) {
      stage.trace.fault(
          before.isRefilling() ? Fault.GENERATION_AFTER_RESTORE : Fault.GENERATION_OPENED);
      stage.trace.note(
          "generation "
              + log().head().generation()
              + " begins with "
              + log().head().size()
              + (whole ? "" : ", and its owner does not know yet"));
    }
  }
}
