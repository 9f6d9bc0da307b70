package dev.cairn.server.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one layer of pieces takes, and what it says of a file that somebody cut meanwhile. */
class PieceLayerTest {

  private static final byte[] ONE = {1};

  @TempDir Path folder;
  private Path content;
  private Path count;

  @BeforeEach
  void names() {
    content = folder.resolve("content");
    count = folder.resolve("count");
  }

  /** A layer that holds every other byte, so many of them. */
  private PieceLayer layer(int runs) throws IOException {
    ByteBuffer stored = ByteBuffer.allocate(runs * 2 * Long.BYTES);
    for (long run = 0; run < runs; run++) {
      stored.putLong(2 * run).putLong(2 * run + 1);
    }
    Files.write(count, stored.array());
    Files.write(content, new byte[2 * runs - 1]);
    return PieceLayer.open(content, count);
  }

  private void cutTo(long sizeBytes) throws IOException {
    try (FileChannel file = FileChannel.open(content, StandardOpenOption.WRITE)) {
      file.truncate(sizeBytes);
    }
  }

  @Test
  void piece_thatMakesTheLastRun_isTaken() throws IOException {
    PieceLayer layer = layer(ServerLimits.PIECE_RUNS_MAX - 1);
    assertThat(layer.put(2L * ServerLimits.PIECE_RUNS_MAX, ONE)).isTrue();
  }

  @Test
  void piece_thatMakesARunTooMany_isNotTakenButOneThatJoinsTwoIs() throws IOException {
    PieceLayer layer = layer(ServerLimits.PIECE_RUNS_MAX);
    long beyond = 2L * ServerLimits.PIECE_RUNS_MAX;
    assertThat(layer.put(beyond, ONE)).isFalse();
    assertThat(layer.put(1, ONE)).isTrue();
    assertThat(layer.endAt(0)).isEqualTo(3);
    assertThat(layer.put(beyond, ONE)).isTrue();
  }

  @Test
  @Timeout(30)
  void layer_ofAFileThatWasCut_isNeitherPaintedNorHashed() throws IOException {
    PieceLayer whole = layer(1);
    assertThat(whole.put(0, new byte[1000])).isTrue();
    PieceLayer under = PieceLayer.open(folder.resolve("under"), folder.resolve("under-count"));
    under.paint(whole, 0, 1000);
    assertThat(Files.size(under.content())).isEqualTo(1000);

    cutTo(500);
    assertThatIOException().isThrownBy(() -> under.paint(whole, 0, 1000));
    assertThatIOException().isThrownBy(() -> whole.hash(new Sha256(), 0, 1000));
  }
}
