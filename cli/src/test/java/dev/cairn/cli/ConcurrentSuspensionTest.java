package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is cut off, and from where on, does not depend on which word came first. */
final class ConcurrentSuspensionTest {

  @TempDir private Path folder;

  private static Map<String, String> states(PeopleSpace space, String desk) {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode device : space.devices(desk)) {
      states.put(device.path("device").asText(), device.path("state").asText());
    }
    return states;
  }

  /** One of them reaches the server first; the other's word goes by hand. */
  @ParameterizedTest
  @CsvSource({"second,third", "third,second"})
  void coordinatorsWhoSuspendEachOther_endTheSame_whoeverIsHeardFirst(String first, String last)
      throws Exception {
    try (PeopleSpace space = PeopleSpace.in(folder)) {
      space.commands.letIn("desk", Role.COORDINATOR, "third", "witness");
      space.sync("desk", "third", "witness", "desk");
      space.confirmAll();
      space.sync("desk", "third", "witness", "second", "desk");
      String second = space.device("second");
      String third = space.device("third");
      space.by("second", "device", "suspend", third, "--yes");
      space.by("third", "device", "suspend", second, "--yes");
      String record = space.record("before");
      space.by(last, "review", "state", record, "--to", "reviewed");

      space.sync(first, "desk");
      assertThat(space.attempt(last, "sync").errorCode()).isEqualTo("device.suspended");
      space.carry(last, "witness");
      space.sync("witness", "desk", "witness");
      space.report("phone", "after");
      space.sync("phone", "desk", "witness", "desk", "witness");

      for (String desk : List.of("desk", "witness")) {
        assertThat(states(space, desk))
            .containsEntry(second, "suspended")
            .containsEntry(third, "suspended");
        assertThat(space.by(desk, "review", "show", record).json().path("state").asText())
            .as("what %s decided since", last)
            .isEqualTo("open");
        assertThat(space.places(desk)).containsExactly("after", "before");
      }
      assertThat(states(space, "witness")).isEqualTo(states(space, "desk"));
    }
  }

  @Test
  void suspensionsAtDifferentChanges_letCountWhatBothLetCount() throws Exception {
    try (PeopleSpace space = PeopleSpace.in(folder)) {
      String phone = space.device("phone");
      space.by("second", "device", "suspend", phone, "--yes");
      space.report("phone", "after");
      space.sync("phone", "desk");
      space.by("desk", "device", "suspend", phone, "--yes");
      assertThat(space.places("desk")).containsExactly("after", "before");

      space.sync("desk", "second", "desk", "second", "desk");
      for (String desk : List.of("desk", "second")) {
        assertThat(space.places(desk)).containsExactly("before");
        assertThat(space.quarantine(desk)).hasSize(1);
        assertThat(space.digests(desk)).isEqualTo(space.digests("desk"));
      }
    }
  }
}
