package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code docs/OPERATIONS.md} about losing everything, run as it is printed. What is
 * destroyed in between is all that this test does by itself, and what people write meanwhile.
 */
final class LostEverythingTest {

  private static final Path PAGE = Path.of("..", "docs", "OPERATIONS.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private PageShell shell;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void begin() throws Exception {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "three stones\n");
    shell = new PageShell(folder, passphrase, 3);
    variables.put("ADDRESS", address());
    variables.put("LISTEN", variables.get("ADDRESS"));
    run(
        "cairn serve --data server --listen $LISTEN > server.ready & until [ -s server.ready ]; do sleep 1; done");
    run(
        "cairn space create --server-invitation server/server-invitation --data desk --name Road"
            + " --as Lina --recovery-out recovery.txt");
    for (String phone : List.of("phone", "late")) {
      run(
          "cairn invite --data desk --role reporter --out " + phone + ".invitation --json > code",
          "cairn sync --data desk",
          "cairn join "
              + phone
              + ".invitation --data "
              + phone
              + " --as "
              + phone
              + " --code $(sed 's/.*\"code\":\"\\([^\"]*\\)\".*/\\1/' code)");
    }
  }

  @AfterEach
  void end() throws Exception {
    shell.close();
    for (String server : List.of("server", "server2", "server3")) {
      stop(server);
    }
  }

  private static String address() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    }
  }

  private String run(String... lines) throws Exception {
    return shell.run(String.join("\n", lines), variables);
  }

  /** Runs every block under a heading. */
  private void follow(String heading) throws Exception {
    String page = Files.readString(PAGE);
    int from = page.indexOf("### " + heading + "\n");
    assertThat(from).as(heading).isPositive();
    int end = page.indexOf("\n##", from);
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page.substring(from, end));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      run(block);
    }
  }

  private void stop(String server) throws Exception {
    Path ready = folder.resolve(server + ".ready");
    if (!Files.isRegularFile(ready) || Files.size(ready) == 0) {
      return;
    }
    long pid = JSON.readTree(Files.readString(ready)).path("pid").asLong();
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    Files.delete(ready);
  }

  private void destroy(String... names) throws Exception {
    for (String name : names) {
      try (Stream<Path> files = Files.walk(folder.resolve(name))) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private JsonNode json(String command) throws Exception {
    return JSON.readTree(run(command + " --json"));
  }

  /** Writes a report and gives it to the server, which acknowledges it. */
  private void report(String phone, String code) throws Exception {
    run("cairn report add --set code=" + code + " --data " + phone);
    JsonNode sync = json("cairn sync --data " + phone + " 2> said");
    assertThat(sync.path("remaining").asLong()).isZero();
  }

  private List<String> codes(String desk) throws Exception {
    run("cairn export --format jsonl --out out.jsonl --data " + desk);
    List<String> codes = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out.jsonl"))) {
      codes.add(JSON.readTree(line).path("code").asText());
    }
    codes.sort(Comparator.naturalOrder());
    return codes;
  }

  private String digest(String desk) throws Exception {
    return json("cairn state --data " + desk).path("digests").path("desk").asText();
  }

  private void isSound(String... stores) throws Exception {
    for (String store : stores) {
      assertThat(json("cairn fsck --data " + store).path("ok").asBoolean()).as(store).isTrue();
    }
  }

  @Test
  void page_followedThroughAllThreeLosses_losesNothingThatAnybodyHolds() throws Exception {
    report("phone", "first");
    run("cairn sync --data desk");
    report("late", "second");
    destroy("desk");

    follow("Every desk is lost, the server is well");

    assertThat(codes("desk")).containsExactly("first", "second");
    assertThat(digest("desk2")).isEqualTo(digest("desk"));
    isSound("desk", "desk2");

    report("phone", "third");
    run("cairn sync --data desk", "cairn sync --data desk2");
    String before = digest("desk");
    // Acknowledged, and on no desk.
    report("phone", "fourth");
    report("late", "fifth");
    stop("server");
    destroy("server");
    variables.put("ADDRESS", address());
    variables.put("LISTEN", variables.get("ADDRESS"));

    follow("The server is gone, and left no backup");

    List<String> all = List.of("fifth", "first", "fourth", "second", "third");
    assertThat(codes("desk")).isEqualTo(all);
    assertThat(digest("desk")).isNotEqualTo(before);
    run("cairn sync --data desk2");
    assertThat(digest("desk2")).isEqualTo(digest("desk"));
    isSound("desk", "desk2", "phone", "late");
    aFreshDeskFetches(all);

    stop("server2");
    isSound("server2");
    destroy("server2", "desk", "desk2", "fresh");
    variables.put("ADDRESS", address());
    variables.put("LISTEN", variables.get("ADDRESS"));

    follow("Server and desks are gone");

    assertThat(codes("desk3")).isEqualTo(all);
    for (String phone : List.of("phone", "late")) {
      run("cairn sync --data " + phone);
      for (JsonNode each : json("cairn report list --data " + phone)) {
        assertThat(each.path("state").asText()).isEqualTo("confirmed");
      }
    }
    stop("server3");
    isSound("desk3", "phone", "late", "server3");
  }

  /** What a desk makes of the new server alone, with nothing of its own. */
  private void aFreshDeskFetches(List<String> codes) throws Exception {
    run(
        "cairn recover --recovery recovery.txt --server-invitation server2/server-invitation"
            + " --data fresh --as Nour",
        "cairn sync --data fresh",
        "cairn sync --data desk2",
        "cairn sync --data fresh");
    assertThat(codes("fresh")).isEqualTo(codes);
    assertThat(digest("fresh")).isEqualTo(digest("desk2"));
  }
}
