package dev.cairn.server.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces that nobody signed: what they make, what they take of the disk, how often it is read. */
class AttachmentPiecesTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
  private static final int SIZE = 1000;
  private static final int PIECE = 100;

  @TempDir Path root;
  private final byte[] right = new byte[SIZE];
  private final byte[] wrong = new byte[SIZE];
  private AttachmentId id;
  private AttachmentFiles files;
  private AttachmentPieces pieces;

  @BeforeEach
  void open() {
    new Random(7).nextBytes(right);
    for (int i = 0; i < SIZE; i++) {
      wrong[i] = (byte) ~right[i];
    }
    id = AttachmentId.of(Sha256.of(right).bytes());
    files = new AttachmentFiles(root);
    reopen();
  }

  private void reopen() {
    pieces = new AttachmentPieces(files);
  }

  private boolean take(byte[] file, int from, int to) throws IOException {
    return pieces.take(SPACE, id, SIZE, from, Arrays.copyOfRange(file, from, to));
  }

  private void takeAll(byte[] file) throws IOException {
    for (int from = 0; from < SIZE; from += PIECE) {
      take(file, from, from + PIECE);
    }
  }

  private void assertComplete() throws IOException {
    assertThat(Files.readAllBytes(files.complete(SPACE, id).orElseThrow())).isEqualTo(right);
    assertThat(files.folder().resolve(SPACE.toString()).toFile().list()).hasSize(1);
  }

  @Test
  void pieces_afterWrongOnesEverywhere_makeTheFile() throws IOException {
    takeAll(wrong);
    takeAll(right);
    assertComplete();
  }

  @Test
  void pieces_amongWrongOnesInAnyOrder_makeTheFile() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      while (files.complete(SPACE, id).isEmpty()) {
        // A courier who is told to brings his again, and somebody goes on with what is wrong.
        int from = random.nextInt(SIZE - 1);
        take(wrong, from, from + 1 + random.nextInt(SIZE - from));
        reopen();
        takeAll(right);
      }
      assertComplete();
      Files.delete(files.complete(SPACE, id).orElseThrow());
    }
  }

  @Test
  void pieces_thatOverlap_makeTheFile() throws IOException {
    assertThat(take(right, 300, 700)).isTrue();
    assertThat(take(right, 650, SIZE)).isTrue();
    assertThat(take(right, 200, 750)).isTrue();
    assertThat(take(right, 0, 200)).isTrue();
    assertComplete();
  }

  @Test
  void pieces_howeverMany_takeNoMoreThanTwiceTheFile() throws IOException {
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      byte[] junk = new byte[SIZE];
      random.nextBytes(junk);
      int from = random.nextInt(SIZE - 1);
      take(junk, from, from + 1 + random.nextInt(SIZE - from));
    }
    long sizeBytes = 0;
    try (var left = Files.list(root.resolve(SPACE.toString()))) {
      for (Path file : left.filter(one -> one.toString().endsWith(".part")).toList()) {
        sizeBytes += Files.size(file);
      }
    }
    assertThat(sizeBytes).isLessThanOrEqualTo(2 * SIZE);
  }

  @Test
  void piece_whereTheFileWasReadOftenInVain_isToComeAgain() throws IOException {
    takeAll(wrong);
    for (int looks = 1; looks < ServerLimits.PIECE_LOOKS_MAX; looks++) {
      assertThat(take(wrong, 0, 1)).isTrue();
    }
    assertThat(take(wrong, 0, 1)).isFalse();
    assertThat(take(wrong, 0, (int) (SIZE / ServerLimits.PIECE_LOOK_BYTES_PER_BYTE))).isTrue();
  }
}
