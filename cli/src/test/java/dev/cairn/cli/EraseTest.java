package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report said goes from everywhere that it can be had from, by commands. */
final class EraseTest {

  private static final String NAMED = "Umm Qasab";
  private static final String REASON = "names a witness";

  @TempDir private Path folder;
  private CommandSpace space;
  private int port;
  private String record;
  private Change named;
  private Change attached;

  @BeforeEach
  void begin() throws Exception {
    space = CommandSpace.in(folder);
    port = space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.COORDINATOR, "second");
    space.letIn("desk", Role.REPORTER, "phone");
    space.sync("desk", "second", "phone", "desk");
    record =
        space
            .by("phone", "report", "add", "--set", "place.en=" + NAMED, "--set", "code=P1")
            .json()
            .path("record")
            .asText();
    byte[] photo = new byte[100_000];
    new Random(4).nextBytes(photo);
    Files.write(space.path("photo.jpg"), photo);
    space.by("phone", "report", "attach", record, space.at("photo.jpg"));
    space.by("phone", "bundle", "export", "--out", space.at("before"));
    space.sync("phone", "desk", "phone");
    List<Change> said = said();
    named = said.get(0);
    attached = said.get(1);
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** What the phone wrote, as the desk has it. */
  private List<Change> said() throws Exception {
    List<Change> said = new ArrayList<>();
    try (Device phone = space.open("phone");
        Device desk = space.open("desk")) {
      desk.openedChanges(
          held -> {
            if (held.change().prefix().device().equals(phone.profile().device())
                && held.opened().isPresent()) {
              said.add(held.change());
            }
          });
    }
    return said;
  }

  private void confirmSecond() {
    for (JsonNode device : space.by("desk", "device", "list").json()) {
      if (device.path("state").asText().equals("provisional")
          && device.path("role").asText().equals("coordinator")) {
        space.by("desk", "device", "confirm", device.path("device").asText(), "--yes");
      }
    }
    space.sync("desk", "second");
  }

  private CommandRun erase(String desk, String change) {
    return space.attempt(
        "review", "erase", change, "--reason", REASON, "--data", space.at(desk), "--yes");
  }

  private void erased(String desk, Change change) {
    CommandRun run = erase(desk, change.id().toString().substring(0, 12));
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
    assertThat(run.json().path("erased").asText()).isEqualTo(change.id().toString());
    assertThat(run.json().path("tells_author").asBoolean()).isTrue();
  }

  private static String part(Change change) {
    byte[] body = change.ciphertext().orElseThrow().bytes();
    return new String(body, body.length / 2, 24, StandardCharsets.ISO_8859_1);
  }

  /** The files of a store, or a file, that hold these bytes. */
  private List<Path> holding(String name, String bytes) throws IOException {
    return StoreBytes.holding(space.path(name), bytes);
  }

  private void isSound(String name) {
    CommandRun run = space.attempt("fsck", "--data", space.at(name));
    assertThat(run.exit()).as(name + run.stdout() + run.stderr()).isZero();
  }

  private JsonNode shown(String desk) {
    return space.by(desk, "review", "show", record).json();
  }

  private String digest(String desk) {
    return space.by(desk, "state").json().path("digests").path("desk").asText();
  }

  private static CommandRun operate(String... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
    return run;
  }

  @Test
  void erasedChange_onceAllHaveSynced_isInNoFileAndEverythingStillVerifies() throws Exception {
    confirmSecond();
    space.sync("second", "phone");
    List<String> deskRows = StoreBytes.rows(space.path("desk"));
    List<String> phoneRows = StoreBytes.rows(space.path("phone"));
    String file = attached.prefix().attachments().get(0).id().toString();
    operate("backup", "--data", space.at("server"), "--out", space.at("older"));
    assertThat(holding("server", part(named))).isNotEmpty();
    operate("restore", space.at("older"), "--data", space.at("older-restored"));
    assertThat(holding("older-restored", part(named))).isNotEmpty();
    for (String name : List.of("server", "desk", "second", "phone")) {
      assertThat(StoreBytes.named(space.path(name), file)).as(name).isNotEmpty();
    }

    erased("desk", named);
    erased("desk", attached);
    space.sync("desk", "second", "phone", "desk");
    operate("backup", "--data", space.at("server"), "--out", space.at("newer"));
    operate("restore", space.at("newer"), "--data", space.at("newer-restored"));
    space.close();

    for (Change change : List.of(named, attached)) {
      assertThat(holding("server", part(change))).isEmpty();
      assertThat(holding("newer-restored", part(change))).isEmpty();
    }
    for (String name : List.of("server", "desk", "second", "phone")) {
      assertThat(StoreBytes.named(space.path(name), file)).as(name).isEmpty();
    }
    assertThat(StoreBytes.named(space.path("older-restored"), file)).isNotEmpty();
    assertThat(StoreBytes.named(space.path("newer-restored"), file)).isEmpty();
    assertThat(StoreBytes.gone(deskRows, space.path("desk"))).hasSizeGreaterThanOrEqualTo(2);
    assertThat(StoreBytes.left(deskRows, space.path("desk"))).isEmpty();
    assertThat(StoreBytes.gone(phoneRows, space.path("phone"))).hasSizeGreaterThanOrEqualTo(2);
    assertThat(StoreBytes.left(phoneRows, space.path("phone"))).isEmpty();
    isSound("server");
    space.serve(port);

    space.letIn("desk", Role.COORDINATOR, "third");
    space.sync("desk", "third", "desk");
    confirmThird();
    for (String name : List.of("desk", "second", "third", "phone")) {
      isSound(name);
    }
    assertThat(digest("second")).isEqualTo(digest("desk"));
    assertThat(digest("third")).isEqualTo(digest("desk"));
    assertThat(shown("third").path("erased")).hasSize(2);
  }

  private void confirmThird() {
    confirmSecond();
    space.sync("desk", "third", "second", "phone", "third");
  }

  @Test
  void erasedChange_isShownAsWithdrawn_andExportedByNothing() throws Exception {
    assertThat(exported("jsonl") + exported("csv")).contains(NAMED);
    erased("desk", named);
    space.sync("desk", "phone");

    JsonNode gone = shown("desk").path("erased").get(0);
    assertThat(gone.path("change").asText()).isEqualTo(named.id().toString());
    assertThat(gone.path("by").get(0).path("reason").asText()).isEqualTo(REASON);
    assertThat(gone.path("by").get(0).path("time").asText()).isNotEmpty();
    assertThat(shown("desk").path("fields").findValuesAsText("status")).contains("withdrawn");
    for (String format : List.of("jsonl", "csv", "geojson")) {
      assertThat(exported(format)).doesNotContain(NAMED).doesNotContain("P1");
    }
    assertThat(space.by("desk", "review", "conflicts").json()).isEmpty();

    JsonNode own = space.by("phone", "report", "show", record).json();
    assertThat(own.path("withdrawals").get(0).path("change").asText())
        .isEqualTo(named.id().toString());
    assertThat(own.path("withdrawals").get(0).path("reason").asText()).isEqualTo(REASON);
    JsonNode listed = space.by("phone", "report", "list").json().get(0);
    assertThat(listed.path("withdrawn").asInt()).isEqualTo(1);
    assertThat(listed.path("state").asText()).isEqualTo("confirmed");
  }

  private String exported(String format) throws IOException {
    Path out = space.path(format + System.nanoTime());
    space.by("desk", "export", "--format", format, "--out", out.toString());
    return Files.readString(out);
  }

  @Test
  void bundleMadeBefore_importedAfter_bringsNothingBack() throws Exception {
    confirmSecond();
    erased("desk", named);
    space.sync("desk", "second", "phone", "desk");
    String before = digest("desk");

    for (String name : List.of("desk", "second")) {
      space.by(name, "bundle", "import", space.at("before"));
      assertThat(digest(name)).as(name).isEqualTo(before);
      isSound(name);
    }
    space.close();
    operate("bundle", "import", space.at("before"), "--data", space.at("server"), "--json");
    assertThat(holding("server", part(named))).isEmpty();
    isSound("server");
  }

  /** The desk has the erasure first, by hand, and then the change. */
  @Test
  void bundleMadeBefore_atADeskThatNeverHadTheChange_givesTheSame() throws Exception {
    confirmSecond();
    erased("desk", named);
    space.by("desk", "bundle", "export", "--out", space.at("after"));
    for (String stick : List.of("before", "after", "before")) {
      space.by("second", "bundle", "import", space.at(stick));
    }
    assertThat(shown("second").path("erased")).hasSize(1);
    assertThat(shown("second").toString()).doesNotContain(NAMED);
    space.sync("desk", "second", "desk");

    assertThat(digest("second")).isEqualTo(digest("desk"));
  }

  @Test
  void serverRestoredFromABackupOfBefore_isToldOfTheErasure_andDropsTheBody() throws Exception {
    operate("backup", "--data", space.at("server"), "--out", space.at("older"));
    erased("desk", named);
    space.sync("desk", "phone", "desk");
    space.close();
    Files.move(space.path("server"), space.path("lost"));
    operate("restore", space.at("older"), "--data", space.at("server"), "--json");
    assertThat(holding("server", part(named))).isNotEmpty();

    space.serve(port);
    space.attempt("sync", "--data", space.at("desk"));
    space.attempt("sync", "--data", space.at("phone"));
    space.close();
    operate("admin", "resume", "--data", space.at("server"), "--yes", "--json");

    assertThat(holding("server", part(named))).isEmpty();
    isSound("server");
    space.serve(port);
    space.sync("desk", "phone");
    isSound("desk");
    isSound("phone");
  }

  @Test
  void whatCannotBeErased_isRefusedWithItsOwnCode() throws Exception {
    assertThat(
            space
                .attempt("review", "erase", "00", "--reason", "x", "--data", space.at("desk"))
                .errorCode())
        .isEqualTo("yes.missing");
    assertThat(erase("phone", named.id().toString()).errorCode()).isEqualTo("role.missing");
    assertThat(erase("second", named.id().toString()).errorCode())
        .isIn("role.missing", "change.unknown");
    assertThat(erase("desk", "zz").errorCode()).isEqualTo("change.unknown");
    assertThat(erase("desk", session()).errorCode()).isEqualTo("change.session");
    erased("desk", named);
    assertThat(erase("desk", named.id().toString()).errorCode()).isEqualTo("change.erased");
    String erasure = shown("desk").path("erased").get(0).path("by").get(0).path("change").asText();
    assertThat(erase("desk", erasure).errorCode()).isEqualTo("change.erasure");
    assertThat(space.by("desk", "review", "show", record).stdout()).doesNotContain(NAMED);
  }

  private String session() throws Exception {
    List<String> sessions = new ArrayList<>();
    try (Device desk = space.open("desk")) {
      desk.openedChanges(
          held -> {
            if (held.change().opensSession()) {
              sessions.add(held.change().id().toString());
            }
          });
    }
    return sessions.get(0);
  }
}
