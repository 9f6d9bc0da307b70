package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.space.DeviceProfile;
import java.util.Locale;

/** What a command tells of a device just made. */
final class Newcomer {

  private Newcomer() {}

  static ObjectNode document(DeviceProfile profile) {
    return Output.object()
        .put("space", profile.space().toString())
        .put("device", profile.device().toString())
        .put("member", profile.member().toString())
        .put("role", profile.role().name().toLowerCase(Locale.ROOT))
        .put("words", profile.words());
  }
}
