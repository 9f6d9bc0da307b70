package dev.cairn.cli.circle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.space.CircleStatus;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the commands about circles have in common: devices as people name them, and answers. */
final class Told {

  private Told() {}

  /** The devices whose ids begin so. */
  static List<DeviceId> devices(Device device, List<String> prefixes) throws RefusedException {
    List<DeviceId> found = new ArrayList<>();
    for (String prefix : prefixes) {
      found.add(
          IdPrefix.find(prefix, device.devices(), info -> info.device().toString(), "device")
              .device());
    }
    return found;
  }

  /** A circle as it is now. */
  static CircleStatus circle(Device device, CircleId id) {
    return device.circleKeys().list().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a circle without keys"));
  }

  /** What it is called, or its id. */
  static String name(CircleStatus circle) {
    return circle.name().orElse(circle.id().toString());
  }

  /** One circle, as {@code circle list} has it. */
  static ObjectNode document(Device device, CircleStatus circle) {
    ObjectNode document = Output.object();
    fill(document, device, circle);
    return document;
  }

  static void fill(ObjectNode document, Device device, CircleStatus circle) {
    document
        .put("circle", circle.id().toString())
        .put("name", circle.name().orElse(null))
        .put("member", circle.member())
        .put("opens", circle.opens())
        .put("keys", circle.current());
    circle
        .members()
        .forEach(
            member ->
                document
                    .withArray("devices")
                    .addObject()
                    .put("device", member.toString())
                    .put("state", state(device, member))
                    .put("behind", circle.behind().contains(member)));
  }

  private static String state(Device device, DeviceId member) {
    return device
        .roster()
        .device(member)
        .map(DeviceEntry::state)
        .map(state -> state.name().toLowerCase(Locale.ROOT))
        .orElse("unknown");
  }

  /** Says what letting phones into a circle costs, if some of these are reporters'. */
  static void sayCost(Output output, Device device, List<DeviceId> devices) {
    boolean isReporters =
        devices.stream()
            .map(each -> device.roster().device(each))
            .flatMap(Optional::stream)
            .anyMatch(entry -> !entry.role().coordinates());
    if (isReporters) {
      output.say(
          "Who is in a circle is given the whole roster, to check who writes there: a reporter's"
              + " phone that is opened by force then lists the organisation.");
    }
  }

  /** A device of a circle, for a person. */
  static String line(Device device, CircleStatus circle, DeviceId member) {
    Optional<DeviceInfo> info =
        device.devices().stream().filter(each -> each.device().equals(member)).findFirst();
    return "  "
        + member.toString().substring(0, 12)
        + "  "
        + info.map(each -> each.role().name().toLowerCase(Locale.ROOT)).orElse("unknown")
        + "  "
        + state(device, member)
        + info.flatMap(DeviceInfo::pseudonym).map(name -> "  " + name).orElse("")
        + (circle.behind().contains(member) ? "  (cannot read the newest keys)" : "");
  }
}
