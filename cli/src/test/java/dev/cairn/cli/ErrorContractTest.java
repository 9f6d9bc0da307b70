package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and error documents, as scripts rely on them. */
final class ErrorContractTest {

  @TempDir private Path folder;

  @Test
  void command_unknown_exitsTwo() {
    assertThat(CommandRun.of("frobnicate").exit()).isEqualTo(2);
  }

  @Test
  void command_unknown_printsOneErrorDocument() {
    assertThat(CommandRun.of("frobnicate", "--json").errorCode()).isEqualTo("usage");
  }

  @Test
  void group_withoutCommand_exitsTwo() {
    assertThat(CommandRun.of("report").exit()).isEqualTo(2);
  }

  @Test
  void option_missing_exitsTwo() {
    assertThat(CommandRun.of("sync").exit()).isEqualTo(2);
  }

  @Test
  void option_missing_namesTheCommandInTheDocument() {
    assertThat(CommandRun.of("sync", "--json").json().path("error").path("where").asText())
        .isEqualTo("cairn sync");
  }

  @Test
  void option_missing_leavesStdoutToResults() {
    assertThat(CommandRun.of("sync").stdout()).isEmpty();
  }

  @Test
  void store_missing_exitsOne() {
    assertThat(CommandRun.of("state", "--data", folder + "/none").exit()).isEqualTo(1);
  }

  @Test
  void store_missing_isNamed() {
    assertThat(CommandRun.of("state", "--data", folder + "/none", "--json").errorCode())
        .isEqualTo("store.missing");
  }

  @Test
  void inputFile_missing_isNamed() {
    CommandRun run =
        CommandRun.of("report", "import", folder + "/none", "--data", folder + "/d", "--json");
    assertThat(run.errorCode()).isEqualTo("file.missing");
  }

  @Test
  void passphrase_missing_exitsTwo() throws IOException {
    Files.createFile(folder.resolve("slot"));
    assertThat(CommandRun.of("state", "--data", folder.toString()).exit()).isEqualTo(2);
  }

  @Test
  void passphrase_empty_exitsTwo() throws IOException {
    Files.createFile(folder.resolve("slot"));
    Path empty = Files.createFile(folder.resolve("empty"));
    CommandRun run =
        CommandRun.of(
            "state", "--data", folder.toString(), "--passphrase-file", empty.toString(), "--json");
    assertThat(run.errorCode()).isEqualTo("passphrase.empty");
  }

  @Test
  void state_circleWithoutDump_exitsTwo() {
    assertThat(CommandRun.of("state", "--data", folder.toString(), "--circle", "desk").exit())
        .isEqualTo(2);
  }

  @Test
  void wipe_withoutYes_exitsTwo() {
    assertThat(CommandRun.of("wipe", "--data", folder.toString()).exit()).isEqualTo(2);
  }

  @Test
  void serve_everywhereWithoutAddress_exitsTwo() {
    CommandRun run = CommandRun.of("serve", "--data", folder + "/server", "--listen", "0.0.0.0:0");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void serve_inTheFolderOfADevice_isRefused() throws IOException {
    Files.createFile(folder.resolve("slot"));
    assertThat(CommandRun.of("serve", "--data", folder.toString(), "--json").errorCode())
        .isEqualTo("store.exists");
  }

  @Test
  void serve_unusablePort_exitsTwo() {
    CommandRun run = CommandRun.of("serve", "--data", folder + "/s", "--listen", "127.0.0.1:x");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void invite_unusableTime_exitsTwo() {
    CommandRun run =
        CommandRun.of(
            "invite",
            "--data",
            folder + "/d",
            "--role",
            "reporter",
            "--out",
            folder + "/i",
            "--expires",
            "soon");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void assert_lowAboveHigh_exitsTwo() {
    CommandRun run =
        CommandRun.of(
            "report",
            "assert",
            "4f",
            "--data",
            folder + "/d",
            "--metric",
            "killed",
            "--low",
            "7",
            "--high",
            "5");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void assert_impossibleDate_exitsTwo() {
    CommandRun run =
        CommandRun.of(
            "report",
            "assert",
            "4f",
            "--data",
            folder + "/d",
            "--metric",
            "killed",
            "--low",
            "1",
            "--high",
            "5",
            "--as-of",
            "2025-02-30");
    assertThat(run.exit()).isEqualTo(2);
  }
}
