package dev.cairn.protocol.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Secret;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkOpenerTest {

  /** Two full chunks and a short one. */
  private static final byte[] PLAIN = Pieces.filled(40_000, 251);

  private static final byte[] SEALED = Pieces.seal(PLAIN);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769, 70_000})
  void open_everyLength_givesBackWhatWasSealed(int length) throws CairnException {
    byte[] plain = Pieces.filled(length, 253);
    byte[] sealed = Pieces.seal(plain);
    assertThat(sealed).hasSize((int) ChunkLayout.sealedSize(length));
    assertThat(Pieces.open(sealed)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 55, 56, 57, 1000, 16_383, 16_384, 16_400, 16_401, 100_000})
  void openAndSeal_inPiecesOfAnyLength_isTheSame(int piece) throws CairnException {
    assertThat(Pieces.seal(Pieces.sealer(), PLAIN, piece)).isEqualTo(SEALED);
    assertThat(Pieces.open(ChunkOpener.begin(Pieces.KEY), SEALED, piece)).isEqualTo(PLAIN);
  }

  @Test
  void open_withAnotherKey_isRefusedAtTheHeader() {
    ChunkOpener opener = ChunkOpener.begin(Pieces.OTHER_KEY);
    assertThatThrownBy(() -> opener.update(SEALED, 0, ChunkLayout.HEADER_BYTES))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void begin_keyOfAnotherLength_isRefused() {
    Secret shortKey = Secret.take(new byte[31]);
    assertThatThrownBy(() -> Pieces.open(ChunkOpener.begin(shortKey), SEALED, 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChunkSealer.begin(shortKey, bytes -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void open_cutAnywhere_isRefused() {
    for (int length = 0; length < SEALED.length; length += 211) {
      assertRefused(Arrays.copyOf(SEALED, length));
    }
    for (byte[] boundary : Pieces.chunks(SEALED)) {
      assertRefused(Arrays.copyOf(SEALED, SEALED.length - boundary.length));
    }
    assertRefused(Arrays.copyOf(SEALED, ChunkLayout.HEADER_BYTES));
    assertRefused(Arrays.copyOf(SEALED, (int) ChunkLayout.sealedOffset(1)));
    assertRefused(Arrays.copyOf(SEALED, (int) ChunkLayout.sealedOffset(2)));
    assertRefused(Arrays.copyOf(SEALED, SEALED.length - 1));
  }

  @Test
  void open_lastChunkLost_isRefusedAlthoughItHeldNothing() {
    byte[] sealed = Pieces.seal(Pieces.filled(32_768, 251));
    assertThat(Pieces.chunks(sealed)[2]).hasSize(16);
    assertRefused(Arrays.copyOf(sealed, sealed.length - 16));
  }

  @Test
  void open_chunksSwapped_isRefused() {
    byte[][] chunks = Pieces.chunks(SEALED);
    assertRefused(Pieces.join(SEALED, chunks[1], chunks[0], chunks[2]));
  }

  @Test
  void open_chunkRepeatedOrDropped_isRefused() {
    byte[][] chunks = Pieces.chunks(SEALED);
    assertRefused(Pieces.join(SEALED, chunks[0], chunks[0], chunks[2]));
    assertRefused(Pieces.join(SEALED, chunks[0], chunks[1], chunks[1], chunks[2]));
    assertRefused(Pieces.join(SEALED, chunks[0], chunks[2]));
    assertRefused(Pieces.join(SEALED, chunks[2]));
  }

  @Test
  void open_extended_isRefused() {
    byte[][] chunks = Pieces.chunks(SEALED);
    assertRefused(Arrays.copyOf(SEALED, SEALED.length + 1));
    assertRefused(Pieces.join(SEALED, chunks[0], chunks[1], chunks[2], chunks[2]));
    assertRefused(Pieces.join(SEALED, chunks[0], chunks[1], chunks[2], new byte[16]));
  }

  @Test
  void open_chunkOfAnotherFileUnderTheSameKey_isRefused() {
    byte[] other = Pieces.seal(ChunkSealer.begin(Pieces.KEY, bytes -> {}), PLAIN, 40_000);
    byte[][] chunks = Pieces.chunks(SEALED);
    byte[][] others = Pieces.chunks(other);
    assertRefused(Pieces.join(SEALED, chunks[0], others[1], chunks[2]));
    assertRefused(Pieces.join(SEALED, others[0], others[1], others[2]));
  }

  @Test
  void open_anyByteChanged_isRefused() {
    for (int i = 0; i < SEALED.length; i += i < 100 ? 1 : 499) {
      byte[] changed = SEALED.clone();
      changed[i] ^= 1;
      assertRefused(changed);
    }
  }

  @Test
  void update_beforeTheAlteredChunk_givesWhatIsAuthentic() throws CairnException {
    byte[] changed = SEALED.clone();
    changed[(int) ChunkLayout.sealedOffset(1)] ^= 1;
    ChunkOpener opener = ChunkOpener.begin(Pieces.KEY);
    int firstEnd = (int) ChunkLayout.sealedOffset(1);
    assertThat(opener.update(changed, 0, firstEnd)).isEqualTo(Arrays.copyOf(PLAIN, 16_384));
    assertThatThrownBy(() -> opener.update(changed, firstEnd, 16_400))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void update_afterAFailure_keepsFailing() {
    byte[] changed = SEALED.clone();
    changed[60] ^= 1;
    ChunkOpener opener = ChunkOpener.begin(Pieces.KEY);
    assertThatThrownBy(() -> opener.update(changed, 0, changed.length))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(() -> opener.update(SEALED, 0, SEALED.length))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(opener::finish).isInstanceOf(UndecryptableException.class);
  }

  @Test
  void finish_twice_isAMistake() throws CairnException {
    ChunkOpener opener = ChunkOpener.begin(Pieces.KEY);
    opener.update(SEALED, 0, SEALED.length);
    opener.finish();
    assertThatThrownBy(opener::finish).isInstanceOf(IllegalStateException.class);
    ChunkSealer sealer = Pieces.sealer();
    sealer.finish();
    assertThatThrownBy(sealer::finish).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealer.update(PLAIN, 0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cipher_highestChunk_isSealed() throws CairnException {
    ChunkCipher cipher = ChunkCipher.derive(Pieces.KEY, new byte[24], new byte[0]);
    byte[] sealed = cipher.seal(Limits.FILE_CHUNKS_MAX - 1, PLAIN);
    assertThat(cipher.open(Limits.FILE_CHUNKS_MAX - 1, sealed)).isEqualTo(PLAIN);
  }

  @Test
  void cipher_oneChunkMore_isRefused() {
    ChunkCipher cipher = ChunkCipher.derive(Pieces.KEY, new byte[24], new byte[0]);
    assertThatThrownBy(() -> cipher.seal(Limits.FILE_CHUNKS_MAX, PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(byte[] sealed) {
    assertThatThrownBy(() -> Pieces.open(sealed))
        .as("%s bytes", sealed.length)
        .isInstanceOf(UndecryptableException.class);
  }
}
