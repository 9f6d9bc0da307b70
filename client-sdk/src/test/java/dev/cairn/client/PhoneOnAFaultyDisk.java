package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.report.ReportState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A phone whose disk fails when a test wants it, a desk beside it, and what the phone's owner was
 * told that he had written.
 */
abstract class PhoneOnAFaultyDisk {

  @TempDir Path folder;
  final FaultyDisk disk = new FaultyDisk();
  TestSpace space;
  Device desk;
  Device phone;
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> attempted = new ArrayList<>();

  @BeforeEach
  final void begin() throws Exception {
    space = new TestSpace(folder, 11);
    desk = space.owner("desk");
    space.disk(disk);
    phone = space.reporter(desk, "phone");
    space.sync(phone);
  }

  @AfterEach
  final void end() {
    disk.count(Kind.CRASH);
    space.close();
  }

  /** A note of that text is written now. */
  final void attempt(String text) {
    attempted.add(text);
  }

  /** It was written. */
  final void acknowledge(String text) {
    acknowledged.add(text);
  }

  final void record(String text) throws Exception {
    attempt(text);
    phone.record(TestSpace.note(text));
    acknowledge(text);
  }

  final int attempts() {
    return attempted.size();
  }

  /** What was acknowledged is at the desk, once, and nothing that nobody wrote. */
  final void everythingArrives() throws Exception {
    space.sync(phone);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(attempted).containsAll(TestSpace.notes(desk));
    assertThat(desk.fsck().problems()).isEmpty();
  }

  final List<String> filesIn(String path) throws IOException {
    if (!Files.exists(folder.resolve(path))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve(path))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
