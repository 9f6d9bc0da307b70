package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that lies, in worlds that have one. Of its lies the lasting ones (two histories, an old
 * one) are told from some moment on; the others spoil single answers.
 */
final class Liar {

  /** How often in a hundred an answer is spoilt, once it has begun. */
  private static final int SPOILT_PERCENT = 20;

  private final Stage stage;
  private final boolean lies;
  private final Map<DeviceId, Boolean> sides = new HashMap<>();
  private final AnswerForger forger;
  private @Nullable ServerMachine side;
  private @Nullable ServerMachine impostor;
  private @Nullable Machine astray;
  private @Nullable Path old;
  private final Set<Fault> spoils = EnumSet.noneOf(Fault.class);
  private boolean lied;
  private boolean ended;

  Liar(Stage stage, boolean lies) {
    this.stage = stage;
    this.lies = lies;
    this.forger = new AnswerForger(stage);
  }

  /** Whether it may lie some day. */
  boolean isLiar() {
    return lies;
  }

  /** Whether it ever showed another history. */
  boolean hasLied() {
    return lied;
  }

  /** Other ledgers it keeps under the log's key. */
  List<ServerMachine> sides() {
    ServerMachine other = side;
    return other == null ? List.of() : List.of(other);
  }

  /** Everything that runs beside the server. */
  List<ServerMachine> machines() {
    List<ServerMachine> all = new ArrayList<>(sides());
    Optional.ofNullable(impostor).ifPresent(all::add);
    return all;
  }

  /** Those of these changes that no log of the space ever held; none while a server is down. */
  List<ChangeId> lacks(Collection<ChangeId> changes) throws StoreException {
    List<ServerMachine> logs = new ArrayList<>(sides());
    logs.add(stage.server);
    boolean allAnswer = logs.stream().allMatch(ServerMachine::isUp);
    return allAnswer ? stage.memory.lacks(changes, logs, stage.space()) : List.of();
  }

  /** Begins another lie, or goes on with one. */
  void lie() throws StoreException {
    if (!lies || !stage.server.isUp()) {
      return;
    }
    switch (stage.chance.below(10)) {
      case 0 -> fork();
      case 1 -> remember();
      case 2 -> rollBack();
      case 3 -> spoil(Fault.SERVER_WITHHOLDS);
      case 4 -> spoil(Fault.SERVER_REWRITES);
      case 5 -> spoil(Fault.SERVER_REPLAYS);
      case 6 -> spoil(Fault.SERVER_REORDERS);
      case 7 -> spoil(Fault.SERVER_ACKNOWLEDGES);
      case 8 -> letIn();
      default -> spoil(Fault.SERVER_FORGES);
    }
  }

  private void spoil(Fault how) {
    spoils.add(how);
    stage.auditor.serverLies(how.name());
    stage.trace.note("the server begins: " + how);
  }

  private void fork() throws StoreException {
    if (side == null) {
      side = stage.server.fork(stage.folder.resolve("side"));
      stage.auditor.serverLies(Fault.SERVER_FORKS.name());
      stage.trace.fault(Fault.SERVER_FORKS);
      lied = true;
    }
  }

  /** Somebody without the log's key takes the server's place for some, now and then. */
  private void letIn() throws StoreException {
    if (impostor == null) {
      impostor = stage.server.impostor(stage.folder.resolve("impostor"));
      stage.auditor.serverLies(Fault.SERVER_IMPOSTOR.name());
    }
  }

  private void remember() throws StoreException {
    old = stage.server.backup();
  }

  private void rollBack() throws StoreException {
    Path before = old;
    if (before != null) {
      old = null;
      stage.memory.keep(stage.server, stage.space());
      stage.memory.show(stage.server, stage.space(), stage.auditor);
      stage.server.putBack(before);
      stage.auditor.serverLies(Fault.SERVER_ROLLS_BACK.name());
      stage.trace.fault(Fault.SERVER_ROLLS_BACK);
      lied = true;
    }
  }

  /** From now on everybody is on one side, and nothing is spoilt. */
  void end() {
    sides.clear();
    spoils.clear();
    sides().forEach(other -> other.plan().heal());
    ended = true;
  }

  /** The machine that a device talks to. */
  ServerMachine machineOf(Machine asks) {
    ServerMachine stranger = impostor;
    if (stranger != null && !ended && asks == astray) {
      return stranger;
    }
    ServerMachine other = side;
    if (other == null || ended) {
      return stage.server;
    }
    return sides.computeIfAbsent(asks.id(), any -> stage.chance.percent(50)) ? other : stage.server;
  }

  /** From now on a device talks to the other side, which is made if there is none. */
  ServerMachine lure(Machine asks) throws StoreException {
    fork();
    sides.put(asks.id(), true);
    return Objects.requireNonNull(side);
  }

  /** Moves somebody to the other side, now and then: the two meet on his device. */
  void shuffle(Machine asks) {
    if (impostor != null) {
      astray = stage.chance.percent(25) ? asks : null;
      if (astray != null) {
        stage.trace.fault(Fault.SERVER_IMPOSTOR);
      }
    }
    if (side != null && stage.chance.percent(15)) {
      sides.merge(asks.id(), Boolean.TRUE, (is, any) -> !is);
    }
  }

  /** What it answers to a device. */
  Answering answer(Machine asks, Request request) {
    Answering honest = answerOf(machineOf(asks), request);
    List<Fault> fitting = new ArrayList<>(spoils);
    fitting.removeIf(how -> !AnswerForger.concerns(how, request));
    if (fitting.isEmpty() || !stage.chance.percent(SPOILT_PERCENT)) {
      return honest;
    }
    Fault how = stage.chance.of(fitting);
    if (how == Fault.SERVER_REPLAYS) {
      stage.auditor.replayedTo(asks.id());
    }
    return forger.spoil(honest, request, how, machineOf(asks));
  }

  /** A side that holds what no honest server would take may break over it, as a liar may. */
  private Answering answerOf(ServerMachine asked, Request request) {
    try {
      return new SimulatedServer(asked).answer(request);
    } catch (IllegalArgumentException broken) {
      if (!asked.equals(side)) {
        throw broken;
      }
      return SimulatedServer.broken();
    }
  }

  /** Whether that is somebody who has not the log's key. */
  boolean isImpostor(ServerMachine asked) {
    return asked.equals(impostor);
  }

  /**
   * Whether what a device has seen of the log contradicts the log of the machine it talks to: both
   * hold so many leaves, and they are not the same.
   */
  boolean contradicts(Machine machine) throws CairnException {
    Optional<CheckpointRef> seen = machine.device().state().checkpoint();
    if (seen.isEmpty()) {
      return false;
    }
    ServerMachine asked = machineOf(machine);
    if (isImpostor(asked)) {
      return false; // It is not believed for its key, whatever its log is.
    }
    return SeenLog.of(seen.get(), asked, stage.space()) == SeenLog.CONTRADICTED;
  }
}
