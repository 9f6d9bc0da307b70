package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.audit.Peace;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.server.ServerMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One space from its founding to its end, in one thread. */
public final class World implements AutoCloseable {

  private static final int ROUNDS_MAX = 12;

  /** A courier offers again what came too early, less and less often: that moves nothing yet. */
  private static final int PATIENCE_ROUNDS = 9;

  /** One world in so many has a lying server. */
  private static final int LIAR_EVERY = 4;

  /** One world in so many has a device that obeys nothing. */
  private static final int ROGUE_EVERY = 3;

  /** How much a rogue does at a time, at most. */
  private static final int RUN_MAX = 3;

  /** In how many steps of a hundred somebody who means harm does some, beside what happens. */
  private static final int HARM_PERCENT = 20;

  /** After how many of a hundred withdrawals something is withdrawn before it is in the log. */
  private static final int EARLY_PERCENT = 60;

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;
  private final Casting casting;
  private final Reporting reporting;
  private final Coordinating coordinating;
  private final Governing governing;
  private final Withdrawing withdrawing;
  private final Couriers couriers;
  private final Meetings meetings;
  private final Forger forger;
  private final Misleader misleader;
  private final Troubles troubles;
  private final Months months;
  private final Restoring restoring;
  private final Liar liar;
  private final SkippedChange skipped;
  private final boolean hasRogue;
  private final boolean meansHarm;
  private @Nullable Rogue rogue;

  /**
   * A world that has not begun.
   *
   * @param folder an empty folder for what cannot be kept in memory
   * @param disks what its machines remember with
   */
  public World(long seed, Path folder, Auditor auditor, Disks disks) throws CairnException {
    this.stage = new Stage(seed, folder, auditor, Cast.of(seed, folder), disks);
    this.attempt = new Attempt(stage);
    boolean lies = Math.floorMod(seed, LIAR_EVERY) == 0;
    this.liar = new Liar(stage, lies);
    this.hasRogue = Math.floorMod(seed, ROGUE_EVERY) == 1;
    this.meansHarm = lies || hasRogue;
    this.roads = new Roads(stage, attempt, liar);
    this.casting = new Casting(stage, attempt, roads);
    this.reporting = new Reporting(stage, attempt);
    this.coordinating = new Coordinating(stage, attempt, reporting);
    this.withdrawing = new Withdrawing(stage, attempt);
    this.governing = new Governing(stage, attempt);
    this.couriers = new Couriers(stage, attempt, roads);
    this.meetings = new Meetings(stage, attempt, roads);
    this.forger = new Forger(stage, attempt, couriers);
    this.misleader = new Misleader(stage, couriers);
    this.troubles = new Troubles(stage, attempt, roads);
    this.skipped = new SkippedChange(stage, attempt, couriers, liar);
    this.months = new Months(stage, attempt, roads, liar);
    this.restoring = new Restoring(stage, roads, !lies);
  }

  /** What happened. */
  public Trace trace() {
    return stage.trace;
  }

  /**
   * Plays it.
   *
   * @param skipped steps that do not happen
   */
  public List<Finding> play(int steps, Set<Integer> skipped) throws CairnException, IOException {
    stage.server.start();
    for (int number = 0; number < steps; number++) {
      if (!skipped.contains(number)) {
        stage.chance.step(number);
        troubles.passTime();
        Step step = Step.next(stage.chance);
        stage.trace.note(number + " " + step);
        perform(step);
        if (meansHarm && stage.chance.percent(HARM_PERCENT)) {
          mischief();
        }
        restoring.tend();
      }
    }
    stage.chance.step(steps);
    boolean settled = makePeace();
    return stage.auditor.judge(
        new Peace(stage.space(), stage.people(), stage.server, liar.sides(), settled));
  }

  private void perform(Step step) throws CairnException, IOException {
    Chance chance = stage.chance;
    Machine phone = chance.of(stage.phones);
    Machine desk = chance.of(stage.desks);
    Machine any = chance.of(stage.people());
    switch (step) {
      case RECORD -> reporting.record(chance.percent(90) ? phone : desk);
      case EDIT -> reporting.edit(phone);
      case RETRACT -> reporting.retract(phone);
      case ANSWER -> reporting.answer(phone);
      case PHONE_SYNC -> roads.syncBadly(phone);
      case DESK_SYNC -> roads.syncBadly(desk);
      case DESK_EDIT -> coordinating.edit(desk);
      case SAME_MOMENT -> coordinating.atOnce(desk, stage.people());
      case RESOLVE -> coordinating.resolve(desk);
      case UNDO -> coordinating.undo(desk);
      case ASK -> coordinating.ask(desk);
      case REVIEW -> coordinating.review(desk);
      case COMMENT -> coordinating.comment(desk);
      case LINK -> coordinating.link(desk);
      case ERASE -> {
        withdrawing.erase(desk);
        if (chance.percent(EARLY_PERCENT)) {
          withdrawEarly(phone, desk);
        }
      }
      case CONFIRM -> casting.confirm(desk);
      case INVITE -> invite(desk);
      case SUSPEND -> governing.suspend(desk);
      case REKEY -> governing.rekey(desk);
      case BUNDLE_OUT -> couriers.write(any);
      case BUNDLE_IN -> couriers.deliver();
      case MEET -> meet(phone, any);
      case REPLAY -> roads.replay();
      case DEVICE_CRASH -> troubles.crashSoon(any);
      case DEVICE_FULL -> troubles.fill(any);
      case LOCK -> troubles.lock(any);
      case IMAGE -> troubles.image(any);
      case RESTORE -> troubles.restore(any);
      case CLOCK -> troubles.clock(any);
      case MONTHS -> months.pass(any);
      case SERVER_CRASH -> troubles.crashServer();
      case SERVER_FULL -> troubles.fillServer();
      case SERVER_START -> troubles.startServer();
      case SERVER_BACKUP -> restoring.backUp();
      case SERVER_RESTORED -> restoring.restore();
      case GENERATION_OPENED -> restoring.open();
      case MISCHIEF -> mischief();
    }
  }

  private void mischief() throws CairnException, IOException {
    liar.lie();
    if (!hasRogue) {
      skipped.log();
      return;
    }
    Rogue known = rogue;
    if (known == null) {
      Machine desk = stage.chance.of(stage.desks);
      attempt.on(
          desk,
          "invite",
          () -> {
            Rogue let = casting.rogue(desk, couriers::carry);
            roads.syncBadly(desk);
            let.enter();
            rogue = let;
          });
    } else if (stage.chance.percent(6)) {
      governing.cutOff(stage.chance.of(stage.desks), known.id());
    } else if (stage.chance.percent(30)) {
      forger.forge(stage.chance.of(stage.phones));
      misleader.mislead(stage.chance.of(stage.people()));
    } else {
      for (int more = stage.chance.below(RUN_MAX); more >= 0; more--) {
        known.misbehave();
      }
    }
  }

  private void invite(Machine desk) {
    attempt.on(desk, "invite", () -> casting.reporter(desk, false));
  }

  /** Somebody brings a desk what no log has, and the log has that it is withdrawn before it. */
  private void withdrawEarly(Machine phone, Machine desk) {
    reporting.record(phone);
    couriers.hand(phone, desk);
    withdrawing.eraseEarly(desk);
    roads.syncBadly(desk);
  }

  private void meet(Machine one, Machine other) {
    if (one != other) {
      meetings.meet(one, other);
    }
  }

  /** Every fault ends, and everybody syncs until nothing moves any more. */
  private boolean makePeace() throws CairnException {
    troubles.end();
    liar.end();
    stage.trace.note("peace");
    Optional<Hermit> hermit = Hermit.among(stage, couriers, !liar.isLiar());
    if (hermit.isPresent() && rest(hermit)) {
      hermit.get().judge();
    }
    return rest(Optional.empty());
  }

  private boolean rest(Optional<Hermit> hermit) throws CairnException {
    String before = "";
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Optional<Machine> courier = hermit.isPresent() ? hermit.get().send() : Optional.empty();
      for (Machine machine : stage.people()) {
        if (!hermit.isPresent() || !hermit.get().is(machine)) {
          roads.sync(machine, roads.good());
        }
      }
      if (hermit.isPresent() && courier.isPresent()) {
        hermit.get().receive(courier.get());
      }
      if (restoring.isRefilling()) {
        if (hermit.isPresent()) {
          return false; // What the server lost may be with him alone.
        }
        restoring.end(round > 0);
        before = "";
        continue;
      }
      String now = state();
      boolean waits = hermit.isPresent() && hermit.get().waits() && round < PATIENCE_ROUNDS;
      if (now.equals(before) && !waits) {
        stage.trace.note("at rest after " + round + " rounds");
        return true;
      }
      before = now;
    }
    return false;
  }

  private String state() throws CairnException {
    StringBuilder state = new StringBuilder();
    LogHead head = stage.server.ledger().snapshot(stage.space()).orElseThrow().head();
    state.append(head.generation()).append('.').append(head.size());
    for (Machine machine : stage.people()) {
      state.append(' ').append(machine.device().state().setDigest());
      state.append(' ').append(machine.device().state().pending());
    }
    return state.toString();
  }

  @Override
  public void close() {
    stage.people().forEach(Machine::close);
    liar.machines().forEach(ServerMachine::close);
    stage.server.close();
  }
}
