package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.space.CircleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Circles that a device is in and whose newest keys it lacks: it misses what is written now. */
public final class UnreadKeys {

  /** Names them in a document; not there if there is none. */
  public static final String KEY = "unread_keys";

  private static final String DESK = "desk";

  private final List<String> circles;

  private UnreadKeys(List<String> circles) {
    this.circles = circles;
  }

  /** As a device holds it. */
  public static UnreadKeys of(Device device) {
    List<String> circles = new ArrayList<>();
    boolean coordinates = device.profile().role().coordinates() && device.profile().confirmed();
    for (CircleInfo circle : device.circles()) {
      boolean isIn = circle.member() || (coordinates && circle.name().equals(Optional.of(DESK)));
      if (isIn && !device.opens(circle.id())) {
        circles.add(circle.name().orElse(circle.id().toString()));
      }
    }
    return new UnreadKeys(circles);
  }

  /** Adds their names to a document. */
  public void fill(ObjectNode document) {
    if (!circles.isEmpty()) {
      circles.forEach(document.putArray(KEY)::add);
    }
  }

  /** Says it to a person. */
  public void say(Output output) {
    circles.forEach(circle -> output.say(words(circle)));
  }

  /** What is said of a circle. */
  static String words(String circle) {
    return "this device cannot read the newest keys of "
        + circle
        + "; ask another coordinator to run: cairn circle rekey "
        + circle;
  }
}
