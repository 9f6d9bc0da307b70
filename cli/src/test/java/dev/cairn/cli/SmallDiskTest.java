package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program on a real disk that is full, and then on one that may only be read, in processes that
 * see this disk, a server among them. Mounting such a disk takes rights that not every machine
 * gives; what does not need them is tested beside this, step by step.
 */
final class SmallDiskTest {

  private static final int MEGABYTES = 12;
  private static final int REPORTS = 20;
  private static final int PHOTO_BYTES = 200_000;

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static SmallDisk disk;
  private static CairnProcess server;
  private static final Map<String, CommandRun> FULL = new ConcurrentHashMap<>();
  private static final Map<String, CommandRun> READ_ONLY = new LinkedHashMap<>();
  private static final Map<String, CommandRun> LATER = new LinkedHashMap<>();
  private static final Map<String, Long> FILES_BEFORE = new LinkedHashMap<>();
  private static final Map<String, Long> FILES_AFTER = new LinkedHashMap<>();
  private static List<String> leftovers;
  private static JsonNode before;
  private static String[] late;

  @BeforeAll
  static void fillAndSeal() throws Exception {
    Optional<SmallDisk> mounted =
        SmallDisk.mount(Files.createDirectory(folder.resolve("d")), MEGABYTES);
    assumeTrue(
        mounted.isPresent(),
        "neither a user namespace nor the right to mount a file system is to be had here");
    disk = mounted.get();
    space = CommandSpace.in(folder);
    begin();
    disk.fill();
    whileFull();
    disk.clear();
    withRoomAgain();
    disk.readOnly(true);
    whileReadOnly();
    disk.readOnly(false);
    afterwards();
  }

  /** A server, a phone and a desk on the small disk; a second phone and a desk beside it. */
  private static void begin() throws Exception {
    startServer("ready");
    Files.createDirectory(space.path("server"));
    disk.give("server/server-invitation", space.path("server"));
    space.found("desk");
    space.join("desk", "reporter", "phone", "other");
    Files.writeString(space.path("few.jsonl"), lines(REPORTS, "few"));
    Files.writeString(space.path("many.jsonl"), lines(1500, "many"));
    byte[] photo = new byte[PHOTO_BYTES];
    new Random(1).nextBytes(photo);
    Files.write(space.path("photo.jpg"), photo);
    late = joining("late");
    space.sync("desk");
    record("phone");
    space.sync("desk");
    before = space.run("report", "list", "--data", space.at("phone")).json();
    disk.take(space.path("phone"));
    disk.take(space.path("desk"));
    record("other");
  }

  /** Reports that are at the server, and one that is not. */
  private static void record(String name) {
    space.run("report", "import", space.at("few.jsonl"), "--data", space.at(name));
    space.sync(name);
    space.run("report", "add", "--set", "code=unsent", "--data", space.at(name));
  }

  private static String lines(int count, String what) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"code\":\"").append(what).append(i).append("\",\"date\":\"2025-03-07\"}\n");
    }
    return lines.toString();
  }

  private static void startServer(String name) throws IOException, InterruptedException {
    server = disk.start("serve", "--data", disk.path("server"), "--listen", "127.0.0.1:0");
    assertThat(server.firstLine()).as(name).contains("\"ready\":true");
  }

  /** The words of a command on a store, as scripts use it. */
  private static String[] on(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--passphrase-file", space.at("passphrase"), "--json"));
    return all.toArray(new String[0]);
  }

  private static String[] joining(String name) throws IOException {
    String code =
        space
            .run(
                "invite",
                "--data",
                space.at("desk"),
                "--role",
                "reporter",
                "--out",
                space.at("invitation-" + name))
            .json()
            .path("code")
            .asText();
    return new String[] {
      "join",
      space.at("invitation-" + name),
      "--code",
      code,
      "--data",
      disk.path(name),
      "--as",
      name
    };
  }

  private static void whileFull() throws Exception {
    String[] export = {
      "export", "--data", disk.path("desk"), "--format", "jsonl", "--out", disk.path("out.jsonl")
    };
    CommandSpace.Work<Integer> one = any -> recordWhileFull();
    CommandSpace.Work<Integer> other =
        any -> {
          FULL.putAll(
              disk.run(new CommandSeries().then("join", on(late)).then("export", on(export))));
        };
    CommandSpace.together(List.of(one, other), work -> work.on(0));
    leftovers = new ArrayList<>();
    for (String name :
        List.of(
            "phone/ring.new", "phone/attachments/unfinished", "out.bundle", "late", "out.jsonl")) {
      if (disk.has(name)) {
        leftovers.add(name);
      }
    }
    for (String name : List.of("out.bundle.part", "out.jsonl.part")) {
      if (disk.hasPart(name)) {
        leftovers.add(name);
      }
    }
    FULL.put("push", space.attempt("sync", "--data", space.at("other")));
    FULL.put("pull", space.attempt("sync", "--data", space.at("desk")));
  }

  private static void recordWhileFull() throws Exception {
    String phone = disk.path("phone");
    String record = before.path(0).path("record").asText();
    String[] imports = {"report", "import", space.at("many.jsonl"), "--data", phone};
    String[] attach = {"report", "attach", record, space.at("photo.jpg"), "--data", phone};
    String[] bundle = {"bundle", "export", "--data", phone, "--out", disk.path("out.bundle")};
    FULL.putAll(
        disk.run(
            new CommandSeries()
                .then("import", on(imports))
                .then("attach", on(attach))
                .then("sync", on("sync", "--data", phone))
                .then("bundle", on(bundle))
                .then("fsck", on("fsck", "--data", phone))));
  }

  private static void withRoomAgain() throws Exception {
    LATER.put("push", space.attempt("sync", "--data", space.at("other")));
    LATER.put("pull", space.attempt("sync", "--data", space.at("desk")));
    LATER.put("sync", disk.start(on("sync", "--data", disk.path("phone"))).finish());
    server.terminate();
    LATER.put("serve", server.finish());
  }

  private static void whileReadOnly() throws Exception {
    copyOut("readable");
    sizes("readable", FILES_BEFORE);
    String[] serve = {"serve", "--data", disk.path("server"), "--listen", "127.0.0.1:0", "--json"};
    READ_ONLY.putAll(
        disk.run(
            new CommandSeries()
                .then("list", on("report", "list", "--data", disk.path("phone")))
                .then("join", on(late))
                .then("fsck", on("fsck", "--data", disk.path("server")))
                .then("serve", serve)));
  }

  private static void afterwards() throws Exception {
    copyOut("after");
    sizes("after", FILES_AFTER);
    for (String name : List.of("phone", "desk", "server")) {
      LATER.put("fsck " + name, space.attempt("fsck", "--data", space.at("after/" + name)));
    }
    LATER.put("list", space.attempt("report", "list", "--data", space.at("after/phone")));
    LATER.put("state", space.attempt("state", "--data", space.at("after/server")));
  }

  private static void copyOut(String to) throws IOException {
    Files.createDirectory(space.path(to));
    for (String name : List.of("phone", "desk", "server")) {
      disk.give(name, space.path(to));
    }
  }

  /** Every file by its name, with a hash of what it holds. */
  private static void sizes(String of, Map<String, Long> into) throws IOException {
    try (var files = Files.walk(space.path(of))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        into.put(space.path(of).relativize(file).toString(), (long) content.hashCode());
      }
    }
  }

  @AfterAll
  static void unmount() throws Exception {
    if (disk != null) {
      if (server != null) {
        server.terminate();
      }
      disk.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "attach", "sync", "join"})
  void full_storeCannotGrow_isNamedAndFails(String command) {
    assertThat(FULL.get(command).errorCode()).isEqualTo("store.full");
    assertThat(FULL.get(command).exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundle", "export"})
  void full_outputFileHasNoRoom_isNamedAndFails(String command) {
    assertThat(FULL.get(command).errorCode()).isEqualTo("file.full");
    assertThat(FULL.get(command).exit()).isEqualTo(1);
  }

  @Test
  void full_nothingHalfWritten_isLeft() {
    assertThat(leftovers).isEmpty();
  }

  @Test
  void full_push_isRefusedByType() {
    assertThat(FULL.get("push").json().path("refused").toString()).isEqualTo("[\"store.full\"]");
    assertThat(FULL.get("push").exit()).isEqualTo(75);
  }

  @Test
  void full_pull_isServed() {
    // What it would push in answer is refused; what it came for it gets.
    assertThat(FULL.get("pull").json().path("pulled").asInt()).isGreaterThan(REPORTS);
  }

  @Test
  void full_store_isWhole() {
    assertThat(FULL.get("fsck").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "pull", "sync", "serve"})
  void roomAgain_everything_goesOn(String command) {
    assertThat(LATER.get(command).exit()).isZero();
  }

  @Test
  void roomAgain_push_isAccepted() {
    assertThat(LATER.get("push").json().path("remaining").asInt()).isZero();
    assertThat(LATER.get("push").json().has("refused")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsck phone", "fsck desk", "fsck server"})
  void afterwards_everyStore_isWhole(String check) {
    assertThat(LATER.get(check).json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void afterwards_phone_holdsItsReportsAndNoOthers() {
    assertThat(LATER.get("list").json().findValuesAsText("record"))
        .isEqualTo(before.findValuesAsText("record"))
        .hasSize(REPORTS + 1);
  }

  @Test
  void afterwards_server_holdsWhatWasAcknowledged() {
    // Two phones: their reports and a session statement for each time they began anew.
    assertThat(LATER.get("state").json().path("changes").asInt())
        .isGreaterThanOrEqualTo(2 * (REPORTS + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "serve", "join", "fsck"})
  void readOnly_everyCommand_isNamedAndFails(String command) {
    assertThat(READ_ONLY.get(command).errorCode()).isEqualTo("store.read-only");
    assertThat(READ_ONLY.get(command).exit()).isEqualTo(1);
  }

  @Test
  void readOnly_noFile_changes() {
    assertThat(FILES_AFTER).isEqualTo(FILES_BEFORE).hasSizeGreaterThan(5);
  }

  @Test
  void everyFailure_printsNoTrace() {
    for (Map<String, CommandRun> runs : List.of(FULL, READ_ONLY, LATER)) {
      runs.forEach(
          (name, run) ->
              assertThat(run.stderr() + run.stdout())
                  .as(name)
                  .doesNotContain("\tat ", "Exception in thread"));
    }
  }
}
