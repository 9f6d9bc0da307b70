package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are cut short or changed, lines that are no reports, words that mean nothing: each is
 * refused with a documented code and the exit code of the contract, and nothing is half written.
 */
final class BadInputTest {

  /** Each line of a file for import, with where and why it is refused; {@code ok} if it is not. */
  private static final String[][] LINES = {
    {"{\"code\":\"first\"}", "ok", ""},
    {"not json", "", "not-json"},
    {"{\"code\":\"unfinished", "", "not-json"},
    {"{\"code\":\"x\"} {\"code\":\"y\"}", "", "not-json"},
    {"[1,2]", "", "not-an-object"},
    {"null", "", "not-an-object"},
    {"{\"code\":\"a\",\"code\":\"b\"}", "code", "duplicate-key"},
    {"{\"date\":5}", "date", "wrong-type"},
    {"{\"sources\":[5]}", "sources[0]", "wrong-type"},
    {"{\"killed\":{\"civilian\":{\"min\":1.5}}}", "killed.civilian.min", "wrong-type"},
    {"{\"killed\":{\"civilian\":{\"min\":5,\"max\":3}}}", "killed.civilian", "min-above-max"},
    {"{\"killed\":{\"civilian\":{\"min\":-1}}}", "killed.civilian.min", "negative"},
    {"{\"date\":\"2025-02-30\"}", "date", "impossible-date"},
    {"{\"date\":\"soon\"}", "date", "impossible-date"},
    {"{\"place\":{\"latitude\":91}}", "place.latitude", "out-of-range"},
    {"{\"place\":{\"longitude\":-181}}", "place.longitude", "out-of-range"},
    {"{\"place\":{\"latitude\":NaN}}", "place.latitude", "not-a-number"},
    {"{\"code\":\"\\ud800\"}", "code", "lone-surrogate"},
    {"{\"code\":\"" + "x".repeat(200_000) + "\"}", "code", "over-limit"},
    {"{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}", "", "over-limit"},
    {"", "ok", ""},
    {"{\"code\":null,\"unheard_of\":[1,{\"of\":null}]}", "ok", ""},
  };

  private static final int ACCEPTED = 2;

  /** Two changes, the statement that admits their device, and the one that opens its circle. */
  private static final int CARRIED = 4;

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String code;
  private static byte[] invitation;
  private static byte[] bundle;
  private static String errors;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone", "slips");
    String[] invite = {
      "invite", "--data", space.at("desk"), "--role", "reporter", "--out", space.at("invitation")
    };
    code = space.run(invite).json().path("code").asText();
    invitation = Files.readAllBytes(space.path("invitation"));
    space.sync("desk");
    space.run("report", "add", "--set", "code=carried", "--data", space.at("phone"));
    space.run("bundle", "export", "--data", space.at("phone"), "--out", space.at("bundle"));
    bundle = Files.readAllBytes(space.path("bundle"));
    Path here = Path.of("docs", "ERRORS.md");
    errors = Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
  }

  @AfterAll
  static void end() {
    space.close();
  }

  private static void assertRefused(CommandRun run, int exit) {
    assertThat(run.exit()).as(run.stdout()).isEqualTo(exit);
    assertThat(errors).contains("`" + run.errorCode() + "`");
    assertThat(run.json().path("error").path("message").asText()).isNotBlank();
    assertThat(run.stdout() + run.stderr()).doesNotContain("\tat ", "Exception");
  }

  private static byte[] flipped(byte[] whole, int at) {
    byte[] changed = whole.clone();
    changed[at] ^= 4;
    return changed;
  }

  private static List<Integer> spread(int length, int count) {
    return IntStream.range(0, count).map(i -> (int) ((long) i * length / count)).boxed().toList();
  }

  private static CommandRun join(byte[] file, String told) throws IOException {
    Files.write(space.path("broken"), file);
    return space.attempt(
        "join", space.at("broken"), "--code", told, "--data", space.at("newcomer"), "--as", "N");
  }

  @Test
  void join_invitationCutShort_isRefusedAndLeavesNothing() throws Exception {
    for (int length : spread(invitation.length, 40)) {
      assertRefused(join(Arrays.copyOf(invitation, length), code), 1);
      assertThat(space.path("newcomer")).doesNotExist();
    }
  }

  @Test
  void join_invitationWithABitChanged_isRefusedAndLeavesNothing() throws Exception {
    for (int at : spread(invitation.length, 8)) {
      assertRefused(join(flipped(invitation, at), code), 1);
      assertThat(space.path("newcomer")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00000-00000", "", "short", "!!!!!-!!!!!", "0000000000000000000000000000"})
  void join_codeThatIsNotTheOne_isRefusedAndLeavesNothing(String told) throws Exception {
    CommandRun run = join(invitation, told);
    assertRefused(run, run.exit() == 2 ? 2 : 1);
    assertThat(space.path("newcomer")).doesNotExist();
  }

  @Test
  void join_fileOfSomethingElse_isRefused() throws Exception {
    assertRefused(join(bundle, code), 1);
    assertRefused(join(Files.readAllBytes(space.path("server/server-invitation")), code), 1);
    assertThat(space.path("newcomer")).doesNotExist();
  }

  @Test
  void join_intoAFolderWithSomethingInIt_isRefusedAndTouchesNothing() throws Exception {
    Files.createDirectories(space.path("full"));
    Files.writeString(space.path("full/thesis"), "mine");
    CommandRun run =
        space.attempt(
            "join",
            space.at("invitation"),
            "--code",
            code,
            "--data",
            space.at("full"),
            "--as",
            "N");
    assertRefused(run, 1);
    try (Stream<Path> files = Files.list(space.path("full"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("thesis");
    }
  }

  @ParameterizedTest
  @CsvSource({"desk", "server"})
  void bundle_cutOrChanged_isRefusedAndComesOnceWhenItIsWhole(String receiver) throws Exception {
    Path copy = space.path("bundle-" + receiver);
    if (receiver.equals("server")) {
      space.close(); // A folder takes bundles while no server runs on it.
    }
    List<byte[]> broken = new ArrayList<>();
    spread(bundle.length, 4).forEach(length -> broken.add(Arrays.copyOf(bundle, length)));
    spread(bundle.length, 4).forEach(at -> broken.add(flipped(bundle, at)));
    broken.add("no bundle at all".getBytes(StandardCharsets.UTF_8));
    broken.add(new byte[0]);
    broken.add(Arrays.copyOf(bundle, 8));
    for (byte[] file : broken) {
      Files.write(copy, file);
      CommandRun run =
          space.attempt("bundle", "import", copy.toString(), "--data", space.at(receiver));
      if (run.exit() == 3) {
        // A server's folder says how many parcels it refused.
        assertThat(run.json().path("refused").asInt()).isEqualTo(1);
      } else {
        assertRefused(run, 1);
      }
    }
    Files.write(copy, bundle);
    String[] whole = {"bundle", "import", copy.toString(), "--data", space.at(receiver)};
    JsonNode last = space.run(whole).json();
    // Everything comes once, however many broken copies came before: there is one parcel.
    assertThat(last.path("new").asInt()).isEqualTo(CARRIED);
    assertThat(space.run(whole).json().path("new").asInt()).isZero();
    JsonNode state = space.run("state", "--data", space.at(receiver)).json();
    assertThat(state.path("changes").asInt()).isEqualTo(2);
    assertThat(space.attempt("fsck", "--data", space.at(receiver)).exit()).isZero();
    if (receiver.equals("server")) {
      space.serve(0);
    }
  }

  @Test
  void import_badLines_areRefusedOneByOneWithLineFieldAndCode() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < LINES.length; i++) {
      file.writeBytes((LINES[i][0] + "\r\n").getBytes(StandardCharsets.UTF_8));
      if (!LINES[i][1].equals("ok")) {
        expected.add((i + 1) + " " + LINES[i][1] + " " + LINES[i][2]);
      }
    }
    file.writeBytes(new byte[] {(byte) 0xC3, 0x28, '\n'});
    expected.add((LINES.length + 1) + "  not-json");
    Files.write(space.path("lines.jsonl"), file.toByteArray());
    String[] state = {"state", "--data", space.at("phone")};
    int before = space.run(state).json().path("records").asInt();
    CommandRun run =
        space.attempt("report", "import", space.at("lines.jsonl"), "--data", space.at("phone"));
    assertThat(run.exit()).isEqualTo(3);
    List<String> refused = new ArrayList<>();
    for (JsonNode line : run.json().path("refused")) {
      refused.add(
          line.path("line").asInt()
              + " "
              + line.path("field").asText()
              + " "
              + line.path("code").asText());
      assertThat(line.path("reason").asText()).isNotBlank().doesNotContain("unheard_of");
      assertThat(errors).contains("`" + line.path("code").asText() + "`");
    }
    assertThat(refused).isEqualTo(expected);
    assertThat(run.json().path("accepted").asInt()).isEqualTo(ACCEPTED);
    assertThat(space.run(state).json().path("records").asInt()).isEqualTo(before + ACCEPTED);
    assertThat(run.stdout() + run.stderr()).doesNotContain("\tat ", "Exception");
  }

  @Test
  void set_fieldOfNobodysSchema_isKeptAndSaidAloud() throws Exception {
    CommandRun run =
        space.run("report", "add", "--data", space.at("slips"), "--set", "kiled.civilian=5");
    assertThat(run.stderr()).contains("kiled.civilian is no field");
    CommandRun known =
        space.run("report", "add", "--data", space.at("slips"), "--set", "killed.civilian=5");
    assertThat(known.stderr()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "code, bad-path",
    "=x, bad-path",
    "killed..civilian=1, bad-path",
    "killed.civilian=7..5, min-above-max",
    "killed.civilian=-3, negative",
    "killed.civilian=abc, wrong-type",
    "killed.civilian=1..2..3, wrong-type",
    "date=2025-02-30, impossible-date",
    "date=yesterday, impossible-date",
    "place.latitude=91, out-of-range",
    "place.latitude=NaN, not-a-number",
    "verification=perhaps, unknown-word"
  })
  void set_valueThatCannotBe_exitsTwoWithItsCode(String setting, String refusal) {
    CommandRun run = space.attempt("report", "add", "--set", setting, "--data", space.at("phone"));
    assertRefused(run, 2);
    assertThat(run.errorCode()).isEqualTo(refusal);
  }

  private static Stream<String> usages() {
    return Stream.of(
        "frobnicate",
        "report frobnicate",
        "report",
        "sync",
        "sync --data",
        "sync --data PHONE --frobnicate",
        "report list --data PHONE extra",
        "report add --data PHONE",
        "report add --data PHONE --in a --set b=c",
        "report import --data PHONE",
        "report assert RECORD --data PHONE --metric killed --low x --high 5",
        "report assert RECORD --data PHONE --metric killed --low 1 --high 5 --as-of 2025-02-30",
        "report assert RECORD --data PHONE --metric frogs --low 1 --high 5",
        "export --data DESK --format xml --out OUT",
        "join invitation --data NEW --as N",
        "join invitation --code 00000-00000 --data NEW --as N --seal sometimes",
        "invite --data DESK --role king --out OUT",
        "invite --data DESK --role reporter --uses 0 --out OUT",
        "invite --data DESK --role reporter --expires soon --out OUT",
        "bundle export --data PHONE --out OUT --max-bytes 0",
        "bundle export --data PHONE --out OUT --max-bytes many",
        "serve --data NEW --listen nowhere",
        "serve --data NEW --listen 127.0.0.1:99999",
        "serve --data NEW --tls perhaps",
        "serve --data NEW --listen 0.0.0.0:0",
        "space create --data NEW --name N --as A --no-recovery",
        "wipe --data PHONE");
  }

  @ParameterizedTest
  @MethodSource("usages")
  void words_thatMeanNothing_exitTwoAndMakeNothing(String line) {
    String[] words =
        (line + " --json")
            .replace("PHONE", space.at("phone"))
            .replace("DESK", space.at("desk"))
            .replace("NEW", space.at("nothing"))
            .replace("OUT", space.at("no-file"))
            .split(" ");
    assertRefused(CommandRun.of(words), 2);
    assertThat(space.path("nothing")).doesNotExist();
    assertThat(space.path("no-file")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report import MISSING --data PHONE",
        "report attach RECORD MISSING --data PHONE",
        "bundle import MISSING --data PHONE",
        "report show ffffffff --data PHONE",
        "report retract ffffffff --reason x --data PHONE",
        "report list --data NEW",
        "fsck --data NEW",
        "review conflicts --data PHONE",
        "invite --data PHONE --role reporter --out OUT",
        "export --data PHONE --format jsonl --out OUT",
        "bundle export --data PHONE --out NEW/deep/OUT"
      })
  void command_thatCannotBeDone_exitsOneAndMakesNothing(String line) {
    String[] words =
        line.replace("PHONE", space.at("phone"))
            .replace("NEW/deep/OUT", space.at("nothing/deep/file"))
            .replace("NEW", space.at("nothing"))
            .replace("OUT", space.at("no-file"))
            .replace("MISSING", space.at("missing"))
            .split(" ");
    assertRefused(space.attempt(words), 1);
    assertThat(space.path("nothing")).doesNotExist();
    assertThat(space.path("no-file")).doesNotExist();
  }

  @Test
  void mistakeOfThePrograms_isOneErrorDocument() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var output = CommandRun.output(out, new ByteArrayOutputStream());
    int exit =
        Main.guarded(
            output,
            () -> {
              throw new StackOverflowError("secret words");
            },
            "sync",
            "--json");
    assertThat(exit).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"code\":\"internal\"", "StackOverflowError")
        .doesNotContain("secret words");
  }

  @Test
  void everything_afterAllThat_isWhole() {
    for (String name : List.of("phone", "desk")) {
      assertThat(space.attempt("fsck", "--data", space.at(name)).exit()).isZero();
    }
  }
}
