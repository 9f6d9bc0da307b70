package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.InvitationUse;
import java.util.Locale;

/** How a device is shown, with the words to compare. */
final class DeviceLines {

  private static final int ID_SHOWN = 12;

  private DeviceLines() {}

  /** Fills in what is known of it. */
  static void describe(ObjectNode line, DeviceInfo info) {
    line.put("device", info.device().toString())
        .put("member", info.member().toString())
        .put("role", word(info.role()))
        .put("state", word(info.state()))
        .put("words", info.words());
    info.pseudonym().ifPresent(name -> line.put("pseudonym", name));
  }

  /** One line for people. */
  static String line(DeviceInfo info) {
    return info.device().toString().substring(0, ID_SHOWN)
        + "  "
        + word(info.role())
        + "  "
        + word(info.state())
        + "  "
        + info.words()
        + (info.invited().filter(InvitationUse::isShared).isPresent() ? "  shared invitation" : "")
        + info.pseudonym().map(name -> "  " + name).orElse("");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
