package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.protocol.feed.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps other processes from taking the write-ahead log of a running server away. */
class LocksTest extends ServerFixture {

  private static final Path LOCKS = Path.of("/proc/locks");

  /** The locks that this process has on the ledger's file, but for their numbers. */
  private List<String> locks() throws Exception {
    Object inode = Files.getAttribute(server.directory.resolve("ledger.sqlite"), "unix:ino");
    String process = Long.toString(ProcessHandle.current().pid());
    try (Stream<String> lines = Files.lines(LOCKS)) {
      return lines
          .map(line -> line.trim().split("\\s+"))
          .filter(words -> words[4].equals(process) && words[5].endsWith(":" + inode))
          .map(words -> String.join(" ", List.of(words).subList(1, words.length)))
          .toList();
    }
  }

  /** Looking for what was erased reads the file; the process must not close it while it runs. */
  @Test
  void ledger_afterAnErasureWasScrubbed_isLockedAsBefore() throws Exception {
    assumeTrue(Files.isReadable(LOCKS), "only Linux tells");
    List<Change> changes = reporter.notes(space.roster(), "one");
    push(reporter, changes);
    List<String> before = locks();
    assertThat(before).isNotEmpty();

    push(space.owner, space.owner.erasing(space.roster(), changes.get(1).id()));

    assertThat(locks()).containsAll(before);
  }
}
