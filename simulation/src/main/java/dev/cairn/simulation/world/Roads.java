package dev.cairn.simulation.world;

import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.network.LinkPlan;
import dev.cairn.simulation.network.SimulatedLink;
import dev.cairn.simulation.network.Tap;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How things travel by network: good links, bad links, and requests that come once more. */
final class Roads {

  private static final int BYTES_MAX = 60_000;
  private static final int INTERRUPTED_PERCENT = 2;

  private final Stage stage;
  private final Attempt attempt;
  private final Liar server;
  private final Witness witness;
  private final Set<Machine> putBack = new HashSet<>();
  private final Map<Machine, Map<Long, Set<ChangeId>>> sent = new HashMap<>();
  private boolean interrupting;
  private @Nullable SignedCheckpoint watched;

  Roads(Stage stage, Attempt attempt, Liar server) {
    this.stage = stage;
    this.attempt = attempt;
    this.server = server;
    this.witness = new Witness(stage, attempt, server);
  }

  /** Whether nothing goes on that a good link must not disturb. */
  boolean isQuiet(Machine machine) {
    return !attempt.isBusy(machine);
  }

  /** A link to the honest server that does nothing wrong. */
  Transport good() {
    SimulatedServer honest = new SimulatedServer(stage.server);
    return new SimulatedLink(honest::answer, this::serverDied, LinkPlan.GOOD, stage);
  }

  /** A link as it is in the field. */
  private SimulatedLink bad(Machine machine) {
    Chance chance = stage.chance;
    long up = Long.MAX_VALUE;
    long down = Long.MAX_VALUE;
    if (chance.percent(25)) {
      up = chance.size(BYTES_MAX);
    } else if (chance.percent(25)) {
      down = chance.size(BYTES_MAX);
    }
    boolean duplex = chance.percent(70);
    int piece = chance.percent(50) ? Integer.MAX_VALUE : 1 + (int) chance.size(4096);
    LinkPlan plan = new LinkPlan(up, down, duplex, piece, Integer.MAX_VALUE);
    if (!duplex) {
      stage.trace.fault(Fault.LINK_HALF_DUPLEX);
    }
    return new SimulatedLink(
        request -> answer(machine, request), this::serverDied, plan, interrupted(machine));
  }

  private Answering answer(Machine machine, Request request) {
    Answering answer = server.answer(machine, request);
    // Who was put back does not know what he had sent, and of a server that was nobody does.
    boolean counts = !server.isLiar() && !putBack.contains(machine) && !stage.restored;
    if (!counts) {
      return answer;
    }
    Map<Long, Set<ChangeId>> before = sent.computeIfAbsent(machine, any -> new HashMap<>());
    return Repeats.watched(stage, machine.id(), request, answer, before);
  }

  /** A tap through which somebody else comes in between, now and then. */
  private Tap interrupted(Machine machine) {
    return new Tap() {
      @Override
      public void up(byte[] bytes) {
        stage.up(bytes);
        watch();
        if (stage.chance.percent(INTERRUPTED_PERCENT)) {
          interrupt(machine);
        }
      }

      @Override
      public void down(byte[] bytes) {
        stage.down(bytes);
      }

      @Override
      public void whole(Recorded request) {
        stage.whole(request);
      }
    };
  }

  /** Anybody may ask for the log's newest checkpoint at any time, and remember it. */
  private void watch() {
    if (stage.server.isUp()) {
      SignedCheckpoint now =
          stage.server.ledger().snapshot(stage.space()).orElseThrow().checkpoint();
      if (!now.equals(watched)) {
        watched = now;
        stage.auditor.answered(now.note());
      }
    }
  }

  private void interrupt(Machine machine) {
    Machine other = stage.chance.of(stage.people());
    if (other != machine && !attempt.isBusy(other) && !interrupting) {
      interrupting = true;
      stage.trace.fault(Fault.PUSH_INTERLEAVED);
      syncBadly(other);
      interrupting = false;
    }
  }

  private void serverDied() {
    if (stage.server.isUp()) {
      stage.trace.fault(Fault.SERVER_CRASH);
      stage.server.stop();
    }
  }

  /** Somebody syncs over a link that may be cut. */
  boolean syncBadly(Machine machine) {
    if (!stage.server.isUp()) {
      stage.trace.fault(Fault.SERVER_UNREACHABLE);
      return false;
    }
    server.shuffle(machine);
    SimulatedLink link = bad(machine);
    boolean done = sync(machine, link);
    if (link.isCut()) {
      stage.trace.fault(
          link.plan().upBytesMax() < Long.MAX_VALUE ? Fault.LINK_CUT_UP : Fault.LINK_CUT_DOWN);
    }
    return done;
  }

  /** Whether a device knows of a generation of the log. */
  boolean knows(Machine machine, long generation) {
    boolean[] knows = new boolean[1];
    attempt.on(
        machine,
        "look at the log",
        () -> knows[0] = machine.device().roster().logs().lastKey() >= generation);
    return knows[0];
  }

  /** An owner opens the next generation of the log. */
  boolean openGeneration(Machine owner, boolean well) {
    Transport link = well ? good() : bad(owner);
    return attempt.on(
        owner, "open a generation", () -> owner.device().openGeneration(link, SyncListener.NONE));
  }

  /** Somebody syncs. */
  boolean sync(Machine machine, Transport link) {
    boolean[] contradicts = new boolean[1];
    boolean[] isShorter = new boolean[1];
    if (server.hasLied()) {
      attempt.on(machine, "remember", () -> contradicts[0] = server.contradicts(machine));
    }
    if (server.hasLied() || isRefilling()) {
      attempt.on(
          machine, "remember", () -> isShorter[0] = hasLess(server.machineOf(machine), machine));
    }
    stage.disordered = false;
    boolean done =
        attempt.on(
            machine,
            "sync",
            () -> {
              if (machine.coordinates()) {
                machine.desk().sync(link, SyncListener.NONE);
              } else {
                machine.device().sync(link, SyncListener.NONE);
              }
            });
    if (done) {
      stage.auditor.reachedTheServer(machine.id());
    }
    if (contradicts[0] && done) {
      stage.auditor.sidesMet(machine.id());
      stage.auditor.found("P4", "a contradiction was shown to " + machine + " and not told");
    }
    if (stage.disordered && machine.coordinates() && done) {
      // A desk holds every leaf that it is told against the root; a phone is told its own alone.
      stage.auditor.found("P4", "log.disordered: " + machine + " took leaves in another order");
    }
    if (isShorter[0] && done && !(server.hasLied() && caughtUp(machine))) {
      stage.auditor.syncedWithLess(machine.id());
    }
    promised(machine);
    return done;
  }

  private boolean isRefilling() {
    return stage.server.isUp()
        && stage.server.ledger().snapshot(stage.space()).orElseThrow().isRefilling();
  }

  /** Whether a server has less of the log than a device has seen, whatever it knows of that now. */
  private boolean hasLess(ServerMachine asked, Machine machine) throws CairnException {
    Optional<CheckpointRef> now = machine.device().state().checkpoint();
    now.ifPresent(it -> stage.seen.merge(machine, it, Roads::greater));
    CheckpointRef seen = stage.seen.get(machine);
    return seen != null
        && !server.isImpostor(asked)
        && SeenLog.of(seen, asked, stage.space()) == SeenLog.SHORTER;
  }

  /**
   * Whether a log that was shorter than what somebody had seen goes on with that by now: who brings
   * it what another log of the same key had, in the same order, makes it the same.
   */
  private boolean caughtUp(Machine machine) {
    boolean[] isSame = new boolean[1];
    attempt.on(
        machine,
        "remember",
        () -> {
          CheckpointRef seen = stage.seen.get(machine);
          isSame[0] =
              seen != null
                  && SeenLog.of(seen, server.machineOf(machine), stage.space())
                      == SeenLog.CONTINUED;
        });
    return isSame[0];
  }

  private static CheckpointRef greater(CheckpointRef one, CheckpointRef other) {
    boolean isLater =
        other.generation() > one.generation()
            || (other.generation() == one.generation() && other.size() > one.size());
    return isLater ? other : one;
  }

  /** Tells the auditor what a device shows its owner. */
  void promised(Machine machine) {
    witness.look(machine);
  }

  /** Somebody's disk will be that of an old backup. */
  void willBePutBack(Machine machine) {
    putBack.add(machine);
    if (machine.coordinates()) {
      witness.remember(machine);
    }
  }

  /** Whoever recorded a request makes it once more. */
  void replay() throws CairnException {
    if (stage.recorded.isEmpty() || !stage.server.isUp()) {
      return;
    }
    Tap.Recorded again = stage.chance.of(stage.recorded);
    stage.trace.fault(Fault.REQUEST_REPLAYED);
    try {
      Answering answer = new SimulatedServer(stage.server).answer(again.request());
      for (byte[] piece : again.pieces()) {
        answer.take(piece);
      }
      answer.end();
    } catch (Crash crash) {
      serverDied();
    }
  }
}
