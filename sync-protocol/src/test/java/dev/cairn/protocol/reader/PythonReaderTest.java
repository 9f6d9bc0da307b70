package dev.cairn.protocol.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what Java writes against the reader in docs/reader, which shares no code with it. */
class PythonReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS_MAX = 300;

  @TempDir private Path folder;
  private String python = "";

  @BeforeEach
  void findPython() throws Exception {
    for (String candidate : List.of("python3", "/usr/bin/python3")) {
      if (starts(candidate)) {
        python = candidate;
        return;
      }
    }
    String why = "Python reader: did not run, because no python3 with cryptography is here";
    System.out.println(why);
    Assumptions.abort(why);
  }

  @Test
  void freshStream_readByPython_holdsTheSameChanges() throws Exception {
    RandomStream stream = new RandomStream(20).withFeeds(3, 30).withEveryOperation(12);
    Run run = read(stream, stream.withOtherEntries(), stream.keys());
    assertThat(run.exit).as(run.errors).isZero();
    Map<String, JsonNode> lines = run.lines();
    int opened = 0;
    for (Change change : stream.changes()) {
      JsonNode line = lines.remove(Hex.encode(change.id().bytes()));
      assertThat(line).isNotNull();
      Optional<Opened> content = stream.opened(change);
      assertThat(told(line)).isEqualTo(told(change, content));
      opened += content.isPresent() ? 1 : 0;
    }
    assertThat(lines).isEmpty();
    System.out.println(
        "Python reader: ran, "
            + stream.changes().size()
            + " changes verified and opened ("
            + opened
            + " held a body)");
  }

  @Test
  void stream_withOneBitFlipped_isRefusedByPython() throws Exception {
    RandomStream stream = new RandomStream(21).withFeeds(2, 6);
    byte[] bytes = stream.framesOnly();
    Random random = new Random(22);
    for (int i = 0; i < 3; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(read(stream, flipped, stream.keys()).exit).isEqualTo(1);
    }
  }

  @Test
  void stream_underAnotherFirstKey_isNotOpenedByPython() throws Exception {
    RandomStream stream = new RandomStream(23).withEveryOperation(1);
    Map<String, String> keys = new HashMap<>(stream.keys());
    keys.replaceAll((session, key) -> "00".repeat(32));
    Run run = read(stream, stream.framesOnly(), keys);
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors).contains("ck0 is not that of the session");
  }

  @Test
  void publishedVectors_readByPython_hold() throws Exception {
    Path vectors =
        Path.of(PythonReaderTest.class.getResource("/vectors/change-1.json").toURI()).getParent();
    Run run = run(script().toString(), "--vectors", vectors.toString());
    assertThat(run.exit).as(run.errors).isZero();
    assertThat(run.output)
        .contains(
            "cbor-1.json: 88 hold",
            "ed25519-strict.json: 13 hold",
            "body-1.json: 170 hold",
            "frames-1.json: 139 hold",
            "bundle-1.json: 107 hold",
            "request-1.json: 78 hold",
            "suspended-1.json: 40 hold",
            "log-1.json: 120 hold",
            "attachment.json: 24 hold",
            "merge-1.json: 25 hold",
            "merge-2.json: 101 hold",
            "change-1.json: 6 hold",
            "roster-1.json: 26 hold",
            "roster-2.json: 98 hold");
  }

  /** What Python says of a change. */
  private static List<String> told(JsonNode line) {
    List<String> told = new ArrayList<>();
    told.add(line.required("device").textValue());
    told.add(line.required("sequence").asText());
    told.add(line.required("leaf").textValue());
    if (line.required("state").textValue().equals("opened")) {
      told.add(line.required("record").textValue());
      told.add(line.required("kind").asText());
      told.add(line.required("clock").asText());
      for (JsonNode operation : line.required("operations")) {
        boolean known = !operation.required("name").textValue().equals("unknown");
        told.add((known ? "known " : "unknown ") + operation.required("cbor").textValue());
      }
    }
    return told;
  }

  /** What Java says of it. */
  private static List<String> told(Change change, Optional<Opened> content) {
    List<String> told = new ArrayList<>();
    told.add(Hex.encode(change.prefix().device().bytes()));
    told.add(Long.toString(change.prefix().sequence()));
    told.add(Hex.encode(change.leafHash().bytes()));
    if (content.isPresent()) {
      told.add(Hex.encode(content.get().record().bytes()));
      told.add(Long.toString(content.get().body().kind()));
      told.add(Long.toString(content.get().body().clock()));
      for (Operation operation : content.get().body().operations()) {
        boolean known = !(operation instanceof Operation.Unknown);
        told.add((known ? "known " : "unknown ") + Hex.encode(Operations.encode(operation)));
      }
    }
    return told;
  }

  private Run read(RandomStream stream, byte[] bytes, Map<String, String> keys) throws Exception {
    Path file = folder.resolve("stream");
    Path keysFile = folder.resolve("keys.json");
    Files.write(file, bytes);
    Files.write(keysFile, JSON.writeValueAsBytes(keys));
    return run(
        script().toString(),
        file.toString(),
        "--keys",
        keysFile.toString(),
        "--space",
        stream.spaceId());
  }

  private Run run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python, "-B"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the Python reader did not end");
    }
    return new Run(process.exitValue(), text(output), text(errors));
  }

  private static boolean starts(String candidate) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(candidate, "-c", "import cryptography")
              .redirectErrorStream(true)
              .start();
      return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static Path script() {
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path candidate = above.resolve("docs").resolve("reader").resolve("cairn_reader.py");
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError(
        "no docs/reader/cairn_reader.py above " + Path.of("").toAbsolutePath());
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** How a run of the reader ended. */
  private record Run(int exit, String output, String errors) {

    Map<String, JsonNode> lines() throws IOException {
      Map<String, JsonNode> lines = new HashMap<>();
      for (String line : output.lines().toList()) {
        JsonNode node = JSON.readTree(line);
        lines.put(node.required("id").textValue(), node);
      }
      return lines;
    }
  }
}
