package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone whose folder was put back as it once was: it says so, goes on, and nobody is accused. */
final class PhoneFromOldBackupTest {

  @TempDir private Path folder;

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static int forks(PeopleSpace space, String name) {
    return space.by(name, "state").json().path("forks").asInt();
  }

  @Test
  void phone_putBack_isRecognised_goesOn_andIsNotBranded() throws Exception {
    try (PeopleSpace space = PeopleSpace.in(folder)) {
      Path phone = space.commands.path("phone");
      copy(phone, space.commands.path("backup"));
      space.report("phone", "gone");
      space.sync("phone", "desk");
      Files.move(phone, space.commands.path("newer"));
      Files.move(space.commands.path("backup"), phone);

      space.report("phone", "since");
      space.sync("phone", "desk", "second");
      assertThat(List.of(forks(space, "phone"), forks(space, "desk"))).containsExactly(1, 1);
      space.report("phone", "joined");
      space.sync("phone", "desk", "second");
      assertThat(List.of(forks(space, "phone"), forks(space, "desk"))).containsExactly(0, 0);

      for (String desk : List.of("desk", "second")) {
        assertThat(space.places(desk)).containsExactly("before", "gone", "joined", "since");
        assertThat(space.quarantine(desk)).isEmpty();
        for (JsonNode device : space.devices(desk)) {
          assertThat(device.path("state").asText()).isEqualTo("confirmed");
        }
      }
    }
  }
}
