package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Device;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A phone taken unlocked, its app running: neither its files nor the memory of the process name
 * another reporter, or the space. (Every row that was ever written to its disk is searched,
 * decrypted, by {@code OpenedByForceTest} of the client.)
 */
final class UnlockedPhoneTest {

  private static final List<String> OTHERS =
      List.of("Oleander", "Tamarisk", "Sycamore", "Pistachio", "Asphodel");
  private static final String MINE = "Bellflower";
  private static final String SPACE = "Harbourwatch";

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static Path heap;
  private static final List<DeviceInfo> REPORTERS = new ArrayList<>();
  private static DeviceInfo coordinator;

  @BeforeAll
  static void useAPhone() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk", SPACE, "Coordinator", "--no-recovery");
    space.letIn("desk", Role.REPORTER, OTHERS.toArray(new String[0]));
    space.letIn("desk", Role.REPORTER, MINE);
    space.sync("desk", MINE);
    for (String other : OTHERS) {
      space.by(other, "report", "add", "--set", "place.en=Jableh");
      space.sync(other);
    }
    space.sync("desk");
    remember();
    space.by(OTHERS.get(0), "report", "add", "--set", "place.en=Baniyas");
    space.by(OTHERS.get(0), "bundle", "export", "--out", space.at("stick"));
    space.by(MINE, "report", "add", "--set", "place.en=Tartus");
    space.sync(MINE, "desk", MINE);
    heap = space.path("memory.hprof");
    List<String> words =
        CairnProcess.words(
            PhoneInUse.class,
            space.at(MINE),
            CommandSpace.PASSPHRASE,
            space.at("stick"),
            heap.toString());
    words.add(1, "-Xmx256m");
    CommandRun run = CairnProcess.start(words).finish();
    assertThat(run.exit()).as(run.stderr()).isZero();
  }

  private static void remember() throws Exception {
    try (Device desk = space.open("desk")) {
      for (DeviceInfo info : desk.devices()) {
        if (info.role() == Role.OWNER) {
          coordinator = info;
        } else if (!info.pseudonym().orElse("").equals(MINE)) {
          REPORTERS.add(info);
        }
      }
    }
  }

  @AfterAll
  static void end() {
    space.close();
  }

  private static void seek(Needles needles, String name, DeviceId device) {
    needles.bytes(name, device.bytes()).text(name, Hex.encode(device.bytes()));
  }

  private static Needles others() {
    Needles needles = new Needles().text("the space's name", SPACE);
    for (DeviceInfo info : REPORTERS) {
      seek(needles, "another reporter's id", info.device());
      needles.text("another reporter's pseudonym", info.pseudonym().orElseThrow());
    }
    return needles;
  }

  private static Needles own() throws Exception {
    Needles needles = new Needles().text("its own pseudonym", MINE);
    seek(needles, "the coordinator's id", coordinator.device());
    return needles;
  }

  @Test
  void files_nameNobody() throws Exception {
    assertThat(REPORTERS).hasSameSizeAs(OTHERS);
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(space.path(MINE))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.addAll(others().in(file));
        found.addAll(own().in(file));
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void memory_namesNoOtherReporterAndNotTheSpace() throws Exception {
    assertThat(others().in(heap)).isEmpty();
  }

  @Test
  void memory_holdsWhatThePhoneNeeds() throws Exception {
    assertThat(own().in(heap))
        .as("the search finds what is there")
        .contains("its own pseudonym", "the coordinator's id");
  }
}
