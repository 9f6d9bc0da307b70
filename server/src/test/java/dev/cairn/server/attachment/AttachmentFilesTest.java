package dev.cairn.server.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that grow: what counts of them, and when they are given up. */
class AttachmentFilesTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;
  private final byte[] content = new byte[3 * ServerLimits.UPLOAD_UNSYNCED_BYTES_MAX];
  private final Upload upload = upload(1);
  private AttachmentFiles files;

  @BeforeEach
  void open() {
    files = new AttachmentFiles(root);
  }

  private Upload upload(int device) {
    byte[] id = new byte[DeviceId.SIZE_BYTES];
    id[0] = (byte) device;
    return new Upload(
        SpaceId.of(new byte[SpaceId.SIZE_BYTES]),
        AttachmentId.of(Sha256.of(content).bytes()),
        DeviceId.of(id),
        content.length,
        0);
  }

  private void put(Upload whose, int bytes, Instant changed) throws IOException {
    try (GrowingFile file = files.grow(whose, 0)) {
      file.append(Arrays.copyOf(content, bytes));
      file.sync();
    }
    Files.setLastModifiedTime(files.part(whose), FileTime.from(changed));
  }

  @Test
  void bytes_lessThanMayBeLost_doNotCount() throws IOException {
    try (GrowingFile file = files.grow(upload, 0)) {
      file.append(new byte[ServerLimits.UPLOAD_UNSYNCED_BYTES_MAX - 1]);
      assertThat(files.offset(upload)).isZero();
    }
  }

  @Test
  void bytes_asManyAsMayBeLost_count() throws IOException {
    try (GrowingFile file = files.grow(upload, 0)) {
      file.append(new byte[ServerLimits.UPLOAD_UNSYNCED_BYTES_MAX - 1]);
      file.append(new byte[1]);
      assertThat(files.offset(upload)).isEqualTo(ServerLimits.UPLOAD_UNSYNCED_BYTES_MAX);
    }
  }

  @Test
  void bytes_synced_count() throws IOException {
    put(upload, 7, THEN);
    assertThat(files.offset(upload)).isEqualTo(7);
  }

  @Test
  void count_ofAFileThatIsGone_countsNothing() throws IOException {
    put(upload, 7, THEN);
    Files.delete(files.part(upload));
    assertThat(files.offset(upload)).isZero();
  }

  @Test
  void abandoned_sinceLongerThanAllowed_dropped() throws IOException {
    put(upload, 7, THEN.minusMillis(1));
    files.dropAbandoned(THEN);
    assertThat(files.part(upload).getParent().toFile().list()).isEmpty();
  }

  @Test
  void abandoned_notYet_kept() throws IOException {
    put(upload, 7, THEN);
    files.dropAbandoned(THEN);
    assertThat(files.offset(upload)).isEqualTo(7);
  }

  @Test
  void part_ofAnAttachmentThatIsComplete_dropped() throws IOException {
    put(upload, content.length, THEN);
    assertThat(files.finish(upload)).isTrue();
    put(upload(2), 7, THEN);
    files.dropAbandoned(THEN);
    assertThat(files.part(upload).getParent().toFile().list()).hasSize(1);
  }
}
