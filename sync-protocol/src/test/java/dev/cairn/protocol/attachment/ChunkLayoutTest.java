package dev.cairn.protocol.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkLayoutTest {

  @ParameterizedTest
  @CsvSource({
    "0, 72, 1",
    "1, 73, 1",
    "16383, 16455, 1",
    "16384, 16472, 2",
    "16385, 16473, 2",
    "32768, 32872, 3",
    "4294967296, 4299161672, 262145",
  })
  void sealedSize_known_isAsComputedByHand(long plain, long sealed, long chunks)
      throws MalformedException {
    assertThat(ChunkLayout.sealedSize(plain)).isEqualTo(sealed);
    assertThat(ChunkLayout.plainSize(sealed)).isEqualTo(plain);
    assertThat(ChunkLayout.chunkCount(plain)).isEqualTo(chunks);
  }

  @Test
  void plainSize_everyLength_isTheOneThatSealsToIt() throws MalformedException {
    for (long plain = 0; plain <= 50_000; plain++) {
      assertThat(ChunkLayout.plainSize(ChunkLayout.sealedSize(plain))).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 55, 56, 71, 56 + 16_400, 56 + 16_400 + 15, 56 + 2 * 16_400})
  void plainSize_lengthOfNoFile_isRefused(long sealed) {
    assertThatThrownBy(() -> ChunkLayout.plainSize(sealed)).isInstanceOf(MalformedException.class);
  }

  @Test
  void chunks_oneAfterAnother_fillTheFile() {
    for (long plain : new long[] {0, 1, 16_383, 16_384, 16_385, 40_000, 49_152}) {
      long at = ChunkLayout.HEADER_BYTES;
      for (long chunk = 0; chunk < ChunkLayout.chunkCount(plain); chunk++) {
        assertThat(ChunkLayout.sealedOffset(chunk)).isEqualTo(at);
        at += ChunkLayout.sealedChunkSize(chunk, plain);
      }
      assertThat(at).isEqualTo(ChunkLayout.sealedSize(plain));
    }
  }

  @Test
  void chunkAt_offset_isTheChunkThatHoldsIt() {
    assertThat(ChunkLayout.chunkAt(0)).isZero();
    assertThat(ChunkLayout.chunkAt(16_383)).isZero();
    assertThat(ChunkLayout.chunkAt(16_384)).isEqualTo(1);
    assertThat(ChunkLayout.chunkAt(1L << 32)).isEqualTo(1L << 18);
  }

  @Test
  void sealedChunkSize_beyondTheFile_isRefused() {
    assertThatThrownBy(() -> ChunkLayout.sealedChunkSize(1, 16_383))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChunkLayout.sealedChunkSize(-1, 16_383))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
