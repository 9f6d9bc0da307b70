package dev.cairn.protocol.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {
  private static final Randomness SEEDED = new Random(7)::nextBytes;
  private static final byte[] CONTENT = Pieces.filled(40_000, 251);
  private static final File FILE = seal(CONTENT, 40_000);

  /** An encrypted file and what is known of it. */
  private static final class File {
    final byte[] bytes;
    final SealedAttachment sealed;

    File(byte[] bytes, SealedAttachment sealed) {
      this.bytes = bytes;
      this.sealed = sealed;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 65, 16_383, 16_384, 16_385, 40_000, 300_000, 3_000_001})
  void open_everyLength_givesBackTheContent(int length) throws CairnException {
    byte[] content = Pieces.filled(length, 251);
    File file = seal(content, 50_000);
    assertThat(file.sealed.contentBytes()).isEqualTo(length);
    assertThat(file.sealed.contentDigest()).isEqualTo(Sha256.of(content));
    assertThat(file.sealed.id()).isEqualTo(AttachmentId.of(Sha256.of(file.bytes).bytes()));
    assertThat(file.bytes).hasSize((int) file.sealed.sealedBytes());
    assertThat(open(file, file.bytes, 65_536)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 16_384, 16_400, 100_000})
  void open_inPiecesOfAnyLength_givesBackTheContent(int piece) throws CairnException {
    File file = seal(CONTENT, piece);
    assertThat(open(file, file.bytes, piece)).isEqualTo(CONTENT);
  }

  @Test
  void seal_ownVectors_givesTheFilesMadeByAnotherProgram() throws Exception {
    int ran = 0;
    for (JsonNode test : PublishedVectors.own("attachment.json").get("cases")) {
      byte[] salt = PublishedVectors.bytes(test, "salt");
      byte[] content = content(test);
      Secret key = Secret.take(PublishedVectors.bytes(test, "key"));
      AttachmentSealer sealer =
          AttachmentSealer.begin(key, bytes -> System.arraycopy(salt, 0, bytes, 0, salt.length));
      File file = drain(sealer, content, 1000);
      assertThat(file.sealed.id()).hasToString(test.get("id").textValue());
      assertThat(file.sealed.contentDigest()).hasToString(test.get("sha256").textValue());
      assertThat(file.sealed.sealedBytes()).isEqualTo(test.get("sealedSize").longValue());
      if (test.has("sealed")) {
        assertThat(Hex.encode(file.bytes)).isEqualTo(test.get("sealed").textValue());
      }
      ran++;
    }
    assertThat(ran).isEqualTo(5);
  }

  @Test
  void seal_lengthsThatPadAlike_giveFilesOfOneLength() {
    assertThat(seal(new byte[32_800], 40_000).bytes)
        .hasSameSizeAs(seal(new byte[33_000], 999).bytes);
    assertThat(seal(new byte[0], 1).bytes).hasSameSizeAs(seal(new byte[64], 64).bytes);
  }

  @Test
  void finish_longPadding_comesInBoundedPieces() throws CairnException {
    AttachmentSealer sealer = AttachmentSealer.begin(Pieces.KEY, SEEDED);
    int length = (8 << 20) + 1;
    assertThat(Padme.length(length) - length).isGreaterThan(250_000);
    sealer.update(new byte[length], 0, length);
    for (byte[] piece = sealer.finish(); piece.length > 0; piece = sealer.finish()) {
      assertThat(piece).hasSizeLessThan(17 * ChunkLayout.SEALED_CHUNK_BYTES);
    }
    assertThat(sealer.sealed().contentBytes()).isEqualTo(length);
  }

  @Test
  void open_withAnotherKey_isRefused() throws CairnException {
    AttachmentOpener opener =
        AttachmentOpener.begin(Pieces.OTHER_KEY, FILE.sealed.id(), CONTENT.length);
    assertThatThrownBy(() -> opener.update(FILE.bytes, 0, FILE.bytes.length))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void open_truncated_isRefused() {
    for (int cut = 1; cut < FILE.bytes.length; cut += 997) {
      byte[] shorter = Arrays.copyOf(FILE.bytes, FILE.bytes.length - cut);
      assertThatThrownBy(() -> open(FILE, shorter, 65_536))
          .isInstanceOf(UndecryptableException.class);
    }
  }

  @Test
  void open_extended_isRefusedAndStaysSo() throws CairnException {
    AttachmentOpener opener = AttachmentOpener.begin(Pieces.KEY, FILE.sealed.id(), CONTENT.length);
    opener.update(FILE.bytes, 0, FILE.bytes.length);
    assertThatThrownBy(() -> opener.update(new byte[1], 0, 1))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(opener::finish).isInstanceOf(UndecryptableException.class);
  }

  @Test
  void open_chunksReordered_isRefused() {
    byte[][] chunks = Pieces.chunks(FILE.bytes);
    byte[] reordered = Pieces.join(FILE.bytes, chunks[1], chunks[0], chunks[2]);
    assertThatThrownBy(() -> open(FILE, reordered, 65_536))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void open_anotherFileUnderTheSameKey_isRefused() {
    byte[] other = seal(CONTENT, 40_000).bytes;
    assertThat(other).hasSameSizeAs(FILE.bytes).isNotEqualTo(FILE.bytes);
    assertThatThrownBy(() -> open(FILE, other, 65_536)).isInstanceOf(UndecryptableException.class);
  }

  @Test
  void open_statedLengthOfAnotherPadding_isRefused() {
    SealedAttachment shorter = stated(20_000);
    SealedAttachment longer = stated(50_000);
    for (SealedAttachment wrong : new SealedAttachment[] {shorter, longer}) {
      assertThatThrownBy(() -> open(FILE.bytes, 65_536, wrong))
          .isInstanceOf(UndecryptableException.class);
    }
  }

  @Test
  void open_contentBeyondTheStatedLength_isRefusedAsHidden() {
    assertThat(Padme.length(39_999)).isEqualTo(Padme.length(40_000));
    assertThatThrownBy(() -> open(FILE.bytes, 65_536, stated(39_999)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void reader_everyChunkInAnyOrder_givesItsContent() throws CairnException {
    byte[] content = Pieces.filled(70_000, 251);
    File file = seal(content, 70_000);
    byte[][] chunks = Pieces.chunks(file.bytes);
    try (AttachmentReader reader = reader(file)) {
      assertThat(reader.chunkCount()).isEqualTo(chunks.length);
      for (int i = chunks.length - 1; i >= 0; i--) {
        assertThat(reader.sealedChunkSize(i)).isEqualTo(chunks[i].length);
        int from = Math.min(content.length, i * ChunkLayout.CHUNK_BYTES);
        int to = Math.min(content.length, from + ChunkLayout.CHUNK_BYTES);
        assertThat(reader.openChunk(i, chunks[i])).isEqualTo(Arrays.copyOfRange(content, from, to));
      }
    }
  }

  @Test
  void reader_chunkOfPaddingAlone_givesNothing() throws CairnException {
    File file = seal(Pieces.filled(16_300, 251), 20_000);
    byte[][] chunks = Pieces.chunks(file.bytes);
    try (AttachmentReader reader = reader(file)) {
      assertThat(reader.openChunk(1, chunks[1])).isEmpty();
    }
  }

  @Test
  void reader_chunkAtAnotherPlace_isRefused() throws CairnException {
    byte[][] chunks = Pieces.chunks(FILE.bytes);
    try (AttachmentReader reader = reader(FILE)) {
      assertThatThrownBy(() -> reader.openChunk(1, chunks[0]))
          .isInstanceOf(UndecryptableException.class);
      assertThatThrownBy(() -> reader.openChunk(0, chunks[2]))
          .isInstanceOf(UndecryptableException.class);
      assertThatThrownBy(() -> reader.openChunk(chunks.length, chunks[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void reader_withAnotherKeyOrHeader_isRefused() {
    byte[] header = Arrays.copyOf(FILE.bytes, ChunkLayout.HEADER_BYTES);
    assertThatThrownBy(() -> AttachmentReader.open(Pieces.OTHER_KEY, header, 40_000))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(() -> AttachmentReader.open(Pieces.KEY, new byte[55], 40_000))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(() -> AttachmentReader.open(Pieces.KEY, new byte[57], 40_000))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void update_upToTheLimit_isAccepted() throws CairnException {
    AttachmentSealer sealer = AttachmentSealer.begin(Pieces.sealer(), 1000);
    sealer.update(CONTENT, 0, 999);
    sealer.update(CONTENT, 0, 1);
    while (sealer.finish().length > 0) {}
    assertThat(sealer.sealed().contentBytes()).isEqualTo(1000);
  }

  @Test
  void update_oneByteBeyondTheLimit_isRefused() throws CairnException {
    AttachmentSealer sealer = AttachmentSealer.begin(Pieces.sealer(), 1000);
    sealer.update(CONTENT, 0, 999);
    assertThatThrownBy(() -> sealer.update(CONTENT, 0, 2))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(AttachmentSealer.TOO_LARGE));
  }

  @Test
  void begin_largestLength_isAccepted() throws CairnException {
    long largest = Limits.ATTACHMENT_SIZE_BYTES_MAX;
    assertThat(largest).isEqualTo(4L * 1024 * 1024 * 1024);
    AttachmentOpener.begin(Pieces.KEY, FILE.sealed.id(), largest);
    assertThat(SealedAttachment.sealedBytes(largest)).isEqualTo(4_299_161_672L);
  }

  @Test
  void begin_lengthOutOfBounds_isRefused() {
    for (long wrong : new long[] {-1, Limits.ATTACHMENT_SIZE_BYTES_MAX + 1}) {
      assertThatThrownBy(() -> AttachmentOpener.begin(Pieces.KEY, FILE.sealed.id(), wrong))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void sealed_beforeTheEnd_isAMistake() throws CairnException {
    AttachmentSealer sealer = AttachmentSealer.begin(Pieces.KEY, SEEDED);
    sealer.update(CONTENT, 0, 10);
    assertThatThrownBy(sealer::sealed).isInstanceOf(IllegalStateException.class);
    while (sealer.finish().length > 0) {}
    assertThatThrownBy(() -> sealer.update(CONTENT, 0, 10))
        .isInstanceOf(IllegalStateException.class);
  }

  private static File seal(byte[] content, int piece) {
    try {
      return drain(AttachmentSealer.begin(Pieces.KEY, SEEDED), content, piece);
    } catch (CairnException e) {
      throw new AssertionError(e);
    }
  }

  private static File drain(AttachmentSealer sealer, byte[] content, int piece)
      throws CairnException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += piece) {
      Pieces.append(out, sealer.update(content, at, Math.min(piece, content.length - at)));
    }
    for (byte[] rest = sealer.finish(); rest.length > 0; rest = sealer.finish()) {
      Pieces.append(out, rest);
    }
    return new File(out.toByteArray(), sealer.sealed());
  }

  private static byte[] open(File file, byte[] bytes, int piece) throws CairnException {
    return open(bytes, piece, file.sealed);
  }

  private static byte[] open(byte[] bytes, int piece, SealedAttachment stated)
      throws CairnException {
    AttachmentOpener opener =
        AttachmentOpener.begin(Pieces.KEY, stated.id(), stated.contentBytes());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += piece) {
      Pieces.append(out, opener.update(bytes, at, Math.min(piece, bytes.length - at)));
    }
    Pieces.append(out, opener.finish());
    return out.toByteArray();
  }

  private static SealedAttachment stated(long contentBytes) {
    return new SealedAttachment(FILE.sealed.id(), contentBytes, FILE.sealed.contentDigest());
  }

  private static AttachmentReader reader(File file) throws CairnException {
    byte[] header = Arrays.copyOf(file.bytes, ChunkLayout.HEADER_BYTES);
    return AttachmentReader.open(Pieces.KEY, header, file.sealed.contentBytes());
  }

  private static byte[] content(JsonNode test) throws MalformedException {
    if (test.has("content")) {
      return PublishedVectors.bytes(test, "content");
    }
    return Pieces.filled(test.get("size").intValue(), test.get("contentModulus").intValue());
  }
}
