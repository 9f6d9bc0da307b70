package dev.cairn.cli.circle;

import dev.cairn.cli.console.Said;
import dev.cairn.cli.store.Circles;
import dev.cairn.client.Device;
import dev.cairn.client.space.CircleKeys;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which circle is to change, and what it is called from then on. */
final class ChangeOptions {

  @Parameters(
      index = "0",
      paramLabel = "CIRCLE",
      description = "The circle, by name, by id or how the id begins.")
  private String circle = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = Said.class,
      description = {
        "What it is called from now on.",
        "Needed where this desk is not in it: new keys carry the name, which it cannot read."
      })
  private @Nullable String name;

  CircleId in(Device device) throws RefusedException {
    return Circles.named(device, List.of(circle)).get(0);
  }

  CircleKeys keys(Device device) {
    String named = name;
    return named == null ? device.circleKeys() : device.circleKeys().naming(named);
  }
}
