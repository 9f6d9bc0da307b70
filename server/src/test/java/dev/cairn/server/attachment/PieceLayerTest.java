package dev.cairn.server.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one layer of pieces takes, and what it holds after a stop. */
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
    assertThat(layer.put(beyond, ONE)).isTrue();
  }

  @Test
  void layer_withAHole_isNotWhole() throws IOException {
    PieceLayer layer = layer(2);
    assertThat(layer.isWhole(3)).isFalse();
    assertThat(layer.put(1, ONE)).isTrue();
    assertThat(layer.isWhole(3)).isTrue();
    assertThat(layer.isWhole(2)).isFalse();
    assertThat(layer.isWhole(4)).isFalse();
  }

  @Test
  void layer_openedAgain_hasWhatItHad() throws IOException {
    PieceLayer layer = layer(2);
    layer.put(1, ONE);
    assertThat(PieceLayer.open(content, count).isWhole(3)).isTrue();
  }

  @Test
  void layer_ofAFileThatWasCutByAByte_hasNothing() throws IOException {
    layer(1).put(0, new byte[1000]);
    Files.write(content, new byte[1000]);
    assertThat(PieceLayer.open(content, count).isWhole(1000)).isTrue();
    Files.write(content, new byte[999]);
    assertThat(PieceLayer.open(content, count).isWhole(1000)).isFalse();
    Files.write(content, new byte[1000]);
    assertThat(PieceLayer.open(content, count).isWhole(1000)).isFalse();
  }
}
