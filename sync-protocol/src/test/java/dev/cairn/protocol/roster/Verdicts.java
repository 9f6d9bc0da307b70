package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.List;

/** What holders of different parts of a roster have to agree about. */
final class Verdicts {

  private Verdicts() {}

  /** What each statement is worth, and what each device may. */
  static List<String> of(RosterState state) {
    List<String> verdicts = new ArrayList<>();
    state.statements().forEach(each -> verdicts.add(each.id() + " " + state.verdict(each)));
    state.devices().forEach(entry -> verdicts.add(Answers.about(state, entry)));
    return verdicts;
  }

  /**
   * That somebody's part says of every coordinator and of himself what the whole says, and is as
   * well informed of what he writes and reads.
   */
  static void assertAlike(RosterState whole, RosterState part, DeviceId viewer) {
    for (DeviceEntry entry : whole.devices()) {
      DeviceId device = entry.device();
      if (whole.everCoordinated(device) || device.equals(viewer)) {
        assertThat(Answers.about(part, part.device(device).orElseThrow()))
            .isEqualTo(Answers.about(whole, entry));
      }
    }
    List<CircleId> circles = new ArrayList<>(whole.readableBy(viewer));
    circles.add(Circles.device(viewer));
    circles.add(whole.desk().orElseThrow());
    for (CircleId circle : circles) {
      assertThat(part.writingKey(circle)).isEqualTo(whole.writingKey(circle));
    }
    assertThat(part.readableBy(viewer)).containsAll(whole.readableBy(viewer));
    assertThat(part.logs()).isEqualTo(whole.logs());
    assertThat(part.move()).isEqualTo(whole.move());
  }
}
