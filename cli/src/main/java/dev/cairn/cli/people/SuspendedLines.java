package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.leaving.Suspended;
import dev.cairn.client.space.CircleInfo;
import dev.cairn.protocol.id.CircleId;
import java.util.ArrayList;
import java.util.List;

/** What came of a suspension, as a document and in words. */
final class SuspendedLines {

  private SuspendedLines() {}

  static ObjectNode document(Suspended suspended, Device desk) {
    ObjectNode document =
        Output.object()
            .put("device", suspended.device().toString())
            .put("state", "suspended")
            .put("counting", suspended.counting())
            .put("quarantined", suspended.quarantined());
    ArrayNode rekeyed = document.putArray("rekeyed");
    for (CircleId circle : suspended.rekeyed()) {
      rekeyed.addObject().put("circle", circle.toString()).put("name", name(circle, desk));
    }
    ArrayNode unkeyed = document.putArray("unkeyed");
    suspended.unkeyed().forEach(circle -> unkeyed.add(circle.toString()));
    return document;
  }

  static List<String> lines(Suspended suspended, Device desk) {
    List<String> lines = new ArrayList<>();
    lines.add("suspended " + suspended.device());
    lines.add("  " + suspended.counting() + " changes of it held here count");
    if (suspended.quarantined() > 0) {
      lines.add(
          "  "
              + suspended.quarantined()
              + " changes are in quarantine; look at them with: cairn quarantine list");
    }
    for (CircleId circle : suspended.rekeyed()) {
      lines.add("  new keys for circle " + name(circle, desk) + ", which it does not get");
    }
    for (CircleId circle : suspended.unkeyed()) {
      lines.add(
          "  it still reads circle "
              + circle
              + ", which this desk is not in: a coordinator who is has to re-key it");
    }
    lines.add("  sync now: until the server has heard, the device can still fetch and write");
    return lines;
  }

  private static String name(CircleId circle, Device desk) {
    return desk.circles().stream()
        .filter(each -> each.id().equals(circle))
        .findFirst()
        .flatMap(CircleInfo::name)
        .orElse(circle.toString());
  }
}
