package dev.cairn.simulation.world;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.protocol.CairnException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Crash;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets somebody do something on a machine, and sees to what becomes of it. */
final class Attempt {

  /** What must always go well, but for a disk. */
  static final String RECORD = "record";

  private static final String BEHIND = "log.behind";

  private final Stage stage;
  private final Deque<Machine> busy = new ArrayDeque<>();

  Attempt(Stage stage) {
    this.stage = stage;
  }

  /** What somebody does. */
  @FunctionalInterface
  interface Act {
    /** Does it. */
    void run() throws CairnException, IOException;
  }

  /** Whether somebody is in the middle of something on this machine. */
  boolean isBusy(Machine machine) {
    return busy.contains(machine);
  }

  /**
   * Does it.
   *
   * @return whether it was done to its end
   */
  boolean on(Machine machine, String what, Act act) {
    busy.push(machine);
    boolean done = false;
    String result = "done";
    try {
      act.run();
      done = true;
    } catch (Crash crash) {
      result = "died: " + crash.getMessage();
      stage.trace.fault(Fault.DEVICE_CRASH);
      machine.died();
      stage.auditor.interrupted(machine.id());
    } catch (LyingServerException lie) {
      result = "accuses: " + lie.getMessage();
      stage.auditor.accused(machine.id(), String.valueOf(lie.getMessage()));
    } catch (CairnException told) {
      result = told.code();
      if (result.equals(BEHIND)) {
        stage.auditor.partedFromTheServer(machine.id());
      }
      // Whoever is in the field and cannot write down what he sees has nothing.
      if (what.equals(RECORD) && !(told instanceof StoreException)) {
        stage.auditor.found("P1", "record.refused: " + machine + " did not record: " + result);
      }
    } catch (IOException broken) {
      result = "I/O: " + broken.getMessage();
    } catch (RuntimeException bug) {
      result = "bug: " + bug;
      stage.auditor.found("P5", what + " on " + machine + " failed with " + describe(bug));
      machine.died();
    } finally {
      busy.pop();
    }
    stage.trace.note(what + " on " + machine + ": " + result);
    return done;
  }

  private static String describe(RuntimeException bug) {
    StringBuilder text = new StringBuilder(bug.getClass().getName());
    for (StackTraceElement element : bug.getStackTrace()) {
      if (element.getClassName().startsWith("dev.cairn.")
          && !element.getClassName().startsWith("dev.cairn.simulation.world.")) {
        return text.append(" at ").append(element).toString();
      }
    }
    return text.toString();
  }
}
