package dev.cairn.simulation.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strace 6.1 tells, by hand. */
final class RecordingTest {

  private static final String FOLDER = "/world/phone";
  private static final String FILE = FOLDER + "/a";

  private final Volume volume = new Volume(name -> !name.equals("lock"));

  @TempDir Path folder;
  private Path log;
  private Recording recording;

  @BeforeEach
  void begin() throws IOException {
    log = Files.createFile(folder.resolve("calls"));
    recording = new Recording(log, Path.of("/world"));
    recording.watch(Path.of(FOLDER), volume);
  }

  @AfterEach
  void end() {
    recording.close();
  }

  private static String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "\\x" + HexFormat.ofDelimiter("\\x").formatHex(bytes);
  }

  private static String quoted(String text) {
    return '"' + hex(text) + '"';
  }

  private static String open(String path, String flags) {
    return "7 openat(AT_FDCWD<"
        + hex("/")
        + ">, "
        + quoted(path)
        + ", "
        + flags
        + ", 0600) = 4<"
        + hex(path)
        + ">\n";
  }

  private static String descriptor(String path) {
    return "4<" + hex(path) + ">";
  }

  private Map<String, String> after(String... lines) throws IOException {
    for (String line : lines) {
      Files.writeString(log, line, StandardOpenOption.APPEND);
    }
    recording.catchUp();
    volume.settle(volume.recorded());
    Map<String, String> texts = new java.util.TreeMap<>();
    volume
        .image(Keeping.NOTHING)
        .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private static String synced() {
    return "7 fsync(" + descriptor(FILE) + ") = 0\n7 fsync(" + descriptor(FOLDER) + ") = 0\n";
  }

  @Test
  void writes_oneAfterTheOther_followEachOther() throws IOException {
    assertThat(
            after(
                open(FILE, "O_WRONLY|O_CREAT|O_TRUNC"),
                "7 write(" + descriptor(FILE) + ", " + quoted("ab") + ", 2) = 2\n",
                "7 write(" + descriptor(FILE) + ", " + quoted("cd") + ", 2) = 1\n",
                synced()))
        .containsExactly(Map.entry("a", "abc"));
  }

  @Test
  void write_somewhere_isThere() throws IOException {
    assertThat(
            after(
                open(FILE, "O_RDWR|O_CREAT"),
                "7 pwrite64(" + descriptor(FILE) + ", " + quoted("ab") + ", 2, 1) = 2\n",
                synced()))
        .containsExactly(Map.entry("a", "\0ab"));
  }

  @Test
  void call_toldInTwoParts_isOne() throws IOException {
    assertThat(
            after(
                open(FILE, "O_RDWR|O_CREAT"),
                "7 pwrite64("
                    + descriptor(FILE)
                    + ", "
                    + quoted("ab")
                    + ", 2, 0 <unfinished ...>\n",
                "9 <... futex resumed>) = 0\n",
                "7 <... pwrite64 resumed>)   = 2\n",
                synced()))
        .containsExactly(Map.entry("a", "ab"));
  }

  @Test
  void call_thatFailed_changesNothing() throws IOException {
    assertThat(
            after(
                open(FILE, "O_RDWR|O_CREAT"),
                synced(),
                "7 pwrite64("
                    + descriptor(FILE)
                    + ", "
                    + quoted("ab")
                    + ", 2, 0) = -1 ENOSPC (No"
                    + " space left on device)\n"))
        .containsExactly(Map.entry("a", ""));
  }

  @Test
  void rename_andRemoval_areOfNames() throws IOException {
    assertThat(
            after(
                open(FILE, "O_RDWR|O_CREAT"),
                synced(),
                "7 rename(" + quoted(FILE) + ", " + quoted(FOLDER + "/b") + ") = 0\n",
                "7 unlink(" + quoted(FOLDER + "/c") + ") = -1 ENOENT (No such file or directory)\n",
                "7 fsync(" + descriptor(FOLDER) + ") = 0\n"))
        .containsOnlyKeys("b");
  }

  @Test
  void file_thatDoesNotMatter_isLeftOut() throws IOException {
    assertThat(
            after(
                open(FOLDER + "/lock", "O_WRONLY|O_CREAT"),
                open("/elsewhere/a", "O_WRONLY|O_CREAT"),
                "7 fsync(" + descriptor(FOLDER) + ") = 0\n"))
        .isEmpty();
  }

  @Test
  void record_readAgain_goesOnAfterWhatWasRead() throws IOException {
    String half = "7 write(" + descriptor(FILE) + ", " + quoted("ab");
    after(open(FILE, "O_RDWR|O_CREAT"), half);
    assertThat(after(", 2) = 2\n", synced())).containsExactly(Map.entry("a", "ab"));
  }
}
