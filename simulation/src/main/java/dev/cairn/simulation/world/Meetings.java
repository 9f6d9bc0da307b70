package dev.cairn.simulation.world;

import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.simulation.device.Machine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Two devices meet, far from any server, and may be parted at any byte. */
final class Meetings {

  private static final int TURNS_MAX = 10_000;
  private static final int BYTES_MAX = 60_000;

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;

  Meetings(Stage stage, Attempt attempt, Roads roads) {
    this.stage = stage;
    this.attempt = attempt;
    this.roads = roads;
  }

  /** Lets them meet. */
  void meet(Machine one, Machine other) {
    End caller = new End(one, Side.CALLER);
    End answerer = new End(other, Side.ANSWERER);
    caller.begin();
    answerer.begin();
    Wire wire = new Wire();
    boolean moved = true;
    for (int turn = 0; turn < TURNS_MAX && moved; turn++) {
      byte[] bytes = caller.output();
      End to = answerer;
      if (bytes.length == 0) {
        bytes = answerer.output();
        to = caller;
      }
      moved = bytes.length > 0 && to.take(wire.carry(bytes)) && !wire.isCut();
    }
    caller.end();
    answerer.end();
    roads.promised(one);
    roads.promised(other);
  }

  /** What carries the bytes: whole, cut, or altered by somebody in between. */
  private final class Wire {
    private long left = Long.MAX_VALUE;
    private long untilAltered = Long.MAX_VALUE;
    private boolean cut;

    Wire() {
      if (stage.chance.percent(30)) {
        left = stage.chance.size(BYTES_MAX);
      } else if (stage.chance.percent(10)) {
        untilAltered = stage.chance.size(BYTES_MAX);
      }
    }

    byte[] carry(byte[] bytes) {
      byte[] carried = bytes;
      if (bytes.length > left) {
        carried = Arrays.copyOf(bytes, (int) left);
        cut = true;
        stage.trace.fault(Fault.MEETING_CUT);
      }
      left -= carried.length;
      if (untilAltered < carried.length) {
        carried = carried.clone();
        carried[(int) untilAltered] ^= (byte) (1 << stage.chance.below(8));
        stage.trace.fault(Fault.MEETING_ALTERED);
        untilAltered = Long.MAX_VALUE;
      } else if (untilAltered != Long.MAX_VALUE) {
        untilAltered -= carried.length;
      }
      stage.auditor.overheard(carried);
      return carried;
    }

    boolean isCut() {
      return cut;
    }
  }

  /** One of the two. */
  private final class End {
    private final Machine machine;
    private final Side side;
    private @Nullable Meeting meeting;
    private boolean fell;

    End(Machine machine, Side side) {
      this.machine = machine;
      this.side = side;
    }

    void begin() {
      attempt.on(
          machine, "meet", () -> meeting = machine.device().meeting(side, MeetingListener.NONE));
    }

    byte[] output() {
      Meeting begun = meeting;
      return begun == null || fell ? new byte[0] : begun.output();
    }

    /** Whether it can go on. */
    boolean take(byte[] bytes) {
      Meeting begun = meeting;
      if (begun == null || fell || begun.isOver()) {
        return false;
      }
      fell = !attempt.on(machine, "hear", () -> begun.receive(bytes, 0, bytes.length));
      return !fell;
    }

    void end() {
      Meeting begun = meeting;
      if (begun != null) {
        attempt.on(machine, "part", () -> machine.device().end(begun));
      }
    }
  }
}
