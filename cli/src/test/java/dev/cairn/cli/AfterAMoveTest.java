package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server has burnt; what was withdrawn and what was attached comes to the new one. */
final class AfterAMoveTest {

  @TempDir private Path folder;
  private final List<RunningServer> servers = new ArrayList<>();
  private CommandSpace space;
  private String record;
  private AttachmentId file;

  @BeforeEach
  void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.foundRecoverable("desk", "Road", "Lina");
    space.letIn("desk", Role.COORDINATOR, "second");
    space.letIn("desk", Role.REPORTER, "phone");
    space.sync("desk", "second", "phone", "desk");
    confirm("desk", "coordinator");
    space.sync("second");
    record =
        space
            .by("phone", "report", "add", "--set", "code=P1", "--set", "place.en=Umm Qasab")
            .json()
            .path("record")
            .asText();
    byte[] photo = new byte[600_000];
    new Random(4).nextBytes(photo);
    Files.write(space.path("photo.jpg"), photo);
    space.by("phone", "report", "attach", record, space.at("photo.jpg"));
    space.sync("phone", "desk", "second", "phone");
    file = said().get(1).prefix().attachments().get(0).id();
  }

  @AfterEach
  void end() {
    space.close();
    servers.forEach(RunningServer::close);
  }

  private void confirm(String desk, String role) {
    for (JsonNode device : space.by(desk, "device", "list").json()) {
      if (device.path("state").asText().equals("provisional")
          && device.path("role").asText().equals(role)) {
        space.by(desk, "device", "confirm", device.path("device").asText(), "--yes");
      }
    }
    space.sync(desk);
  }

  private String id(String name) throws Exception {
    try (Device device = space.open(name)) {
      return device.profile().device().toString();
    }
  }

  /** What the phone wrote, as the desk has it. */
  private List<Change> said() throws Exception {
    String phone = id("phone");
    List<Change> said = new ArrayList<>();
    try (Device desk = space.open("desk")) {
      desk.openedChanges(
          held -> {
            if (held.change().prefix().device().toString().equals(phone)
                && held.opened().isPresent()) {
              said.add(held.change());
            }
          });
    }
    return said;
  }

  private void destroy(String name) throws IOException {
    try (Stream<Path> files = Files.walk(space.path(name))) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void move(String owner) throws Exception {
    space.close();
    destroy("server");
    ServerConfig.Builder config = ServerConfig.of(space.path("next"));
    servers.add(Server.start(config.listen(new HostPort("127.0.0.1", 0)).build()));
    String file = space.at("next/server-invitation");
    space.by(owner, "space", "move", "--server-invitation", file, "--yes");
  }

  private void tell(String by, String... others) {
    space.by(by, "bundle", "export", "--out", space.at("stick"));
    for (String other : others) {
      space.by(other, "bundle", "import", space.at("stick"));
    }
  }

  private CommandRun synced(String name) {
    return space.attempt("sync", "--data", space.at(name));
  }

  private void isSound(String... names) {
    for (String name : names) {
      CommandRun run = space.attempt("fsck", "--data", space.at(name));
      assertThat(run.exit()).as(name + run.stdout() + run.stderr()).isZero();
    }
  }

  private void serverIsSound() {
    servers.forEach(RunningServer::close);
    isSound("next");
  }

  private String digest(String desk) {
    return space.by(desk, "state").json().path("digests").path("desk").asText();
  }

  private boolean holdsTheFile(String desk) throws Exception {
    try (Device device = space.open(desk)) {
      return device.holdsAttachment(file);
    }
  }

  /** Nothing of the phone waits, nobody is told a lie, and the desks agree. */
  private void allIsLogged(String... desks) {
    for (int round = 0; round < 2; round++) {
      for (String name : desks) {
        space.sync(name);
      }
      CommandRun phone = synced("phone");
      assertThat(phone.exit()).as(phone.stdout() + phone.stderr()).isZero();
      assertThat(phone.json().path("remaining").asLong()).isZero();
      assertThat(phone.json().path("refused").size()).isZero();
    }
    for (String name : desks) {
      space.sync(name);
      assertThat(digest(name)).as(name).isEqualTo(digest(desks[0]));
    }
    isSound(desks);
    isSound("phone");
    serverIsSound();
  }

  private void erase(String desk, String change) {
    space.by(desk, "review", "erase", change, "--reason", "names a witness", "--yes");
    space.sync(desk, "desk", "phone", "desk");
  }

  @Test
  void withdrawnByOneWhoIsSuspendedSince_andThenMoved_everythingIsLogged() throws Exception {
    erase("second", said().get(0).id().toString());
    space.by("desk", "device", "suspend", id("second"), "--yes");
    space.sync("desk", "phone");
    move("desk");
    tell("desk", "phone");
    // The phone comes first: nobody has brought the erasure yet.
    synced("phone");
    allIsLogged("desk");
  }

  @Test
  void withdrawnByAnOwnerWhoWasReplacedSince_andThenMoved_everythingIsLogged() throws Exception {
    erase("desk", said().get(0).id().toString());
    space.sync("second");
    String sheet = space.at("sheet");
    String server = space.at("server/server-invitation");
    space.run(
        "recover",
        "--recovery",
        sheet,
        "--server-invitation",
        server,
        "--data",
        space.at("omar"),
        "--as",
        "Omar");
    space.sync("omar", "second", "phone", "omar");
    move("omar");
    tell("omar", "phone", "second");
    synced("phone");
    allIsLogged("omar", "second");
  }

  /** Nothing of it counts; so it has to be withdrawn by somebody whose word does. */
  @Test
  void withdrawnByOneWhoIsCutOffForAnEarlierTime_andThenMoved_isLoggedOnceWithdrawnAgain()
      throws Exception {
    String erased = said().get(0).id().toString();
    String good =
        space
            .by("second", "review", "comment", record, "--text", "seen")
            .json()
            .path("change")
            .asText();
    erase("second", erased);
    space.by("desk", "device", "suspend", id("second"), "--at", good, "--yes");
    space.sync("desk", "phone");
    move("desk");
    tell("desk", "phone");
    space.sync("desk");
    CommandRun waits = synced("phone");
    assertThat(waits.json().path("refused").toString()).contains("change.body-awaited");

    JsonNode beyond = space.by("desk", "quarantine", "list").json().path("quarantine");
    String gone = beyond.path(0).path("says").path(0).path("withdraws").asText();
    assertThat(gone).isEqualTo(erased);
    space.by("desk", "review", "erase", gone, "--reason", "names a witness", "--yes");
    allIsLogged("desk");
  }

  @Test
  void attachedFile_thatTheDeskHasNotAnyMore_isBroughtByItsAuthor() throws Exception {
    move("desk");
    Files.delete(space.path("desk").resolve("attachments").resolve(file.toString()));
    tell("desk", "phone");
    space.sync("desk", "phone", "desk");
    assertThat(holdsTheFile("desk")).isTrue();
    isSound("desk", "phone");
    serverIsSound();
  }

  @Test
  void attachedFile_ofAPhoneThatIsGone_isFetchedFromTheNewServerByANewDesk() throws Exception {
    assertThat(holdsTheFile("desk")).isTrue();
    move("desk");
    destroy("phone");
    space.sync("desk");
    space.letIn("desk", Role.COORDINATOR, "third");
    space.sync("desk", "third", "desk");
    confirm("desk", "coordinator");
    space.sync("third");
    assertThat(digest("third")).isEqualTo(digest("desk"));
    assertThat(holdsTheFile("third")).isTrue();
    isSound("desk", "third");
    serverIsSound();
  }
}
