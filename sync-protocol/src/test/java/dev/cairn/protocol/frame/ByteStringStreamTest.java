package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStringStreamTest {

  private static final int MAX = 70_000;
  private static final int[] SIZES = {1, 23, 24, 255, 256, 65_535, 65_536, MAX};

  private final Random random = new Random(1);

  @Test
  void strings_fedInPiecesOfAnySize_comeOutWhole() throws Exception {
    byte[] sequence = sequence();
    for (int pieceMax : new int[] {1, 7, 5_000, sequence.length}) {
      assertThat(sizes(sequence, pieceMax))
          .containsExactly(1, 23, 24, 255, 256, 65_535, 65_536, MAX);
    }
  }

  @Test
  void sequence_cutAnywhere_givesTheWholeStringsBeforeTheCut() throws Exception {
    byte[] sequence = join(new byte[30], new byte[1], new byte[300]);
    for (int length = 0; length <= sequence.length; length++) {
      ByteStringStream stream = new ByteStringStream(MAX);
      stream.feed(sequence, 0, length);
      int whole = 0;
      while (stream.next().isPresent()) {
        whole++;
      }
      assertThat(whole).isEqualTo(length < 32 ? 0 : length < 34 ? 1 : length < 337 ? 2 : 3);
    }
  }

  @Test
  void sequence_atACleanEnd_hasNothingPending() throws Exception {
    ByteStringStream stream = new ByteStringStream(MAX);
    stream.feed(join(new byte[30]));
    stream.next();
    assertThat(stream.pendingBytes()).isZero();
  }

  @Test
  void sequence_cutInAString_hasItsBytesPending() throws Exception {
    ByteStringStream stream = new ByteStringStream(MAX);
    stream.feed(join(new byte[30]), 0, 12);
    assertThat(stream.next()).isEmpty();
    assertThat(stream.pendingBytes()).isEqualTo(12);
  }

  @Test
  void string_beyondTheBound_isRefusedByItsHead() throws Exception {
    byte[] head = Arrays.copyOf(ByteStringStream.wrap(new byte[MAX + 1], MAX + 1), 5);
    ByteStringStream stream = new ByteStringStream(MAX);
    stream.feed(head);
    assertThatThrownBy(stream::next).isInstanceOf(MalformedException.class);
  }

  @Test
  void stringsBeforeARefusedOne_areGiven() throws Exception {
    ByteStringStream stream = new ByteStringStream(MAX);
    stream.feed(join(new byte[5]));
    stream.feed(new byte[] {0});
    assertThat(stream.next()).hasValueSatisfying(given -> assertThat(given).hasSize(5));
    assertThatThrownBy(stream::next).isInstanceOf(MalformedException.class);
  }

  /** Empty; other kinds; indefinite; reserved; lengths that a shorter head could say. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "40",
        "00",
        "60",
        "80",
        "ff",
        "5f",
        "5c",
        "5817",
        "5900ff",
        "5a0000ffff",
        "5b00000000ffffffff",
        "5b8000000000000000",
        "5a7fffffff"
      })
  void head_thatBeginsNoString_isRefused(String hex) throws Exception {
    ByteStringStream stream = new ByteStringStream(MAX);
    stream.feed(Hex.decode(hex));
    assertThatThrownBy(stream::next).isInstanceOf(MalformedException.class);
  }

  @Test
  void string_thatItsReaderWouldRefuse_isNotWritten() {
    assertThatThrownBy(() -> ByteStringStream.wrap(new byte[0], MAX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ByteStringStream.wrap(new byte[MAX + 1], MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private byte[] sequence() {
    byte[][] strings = new byte[SIZES.length][];
    for (int i = 0; i < SIZES.length; i++) {
      strings[i] = new byte[SIZES[i]];
    }
    return join(strings);
  }

  private List<Integer> sizes(byte[] sequence, int pieceMax) throws MalformedException {
    ByteStringStream stream = new ByteStringStream(MAX);
    List<Integer> sizes = new ArrayList<>();
    int at = 0;
    while (at < sequence.length) {
      int piece = Math.min(1 + random.nextInt(pieceMax), sequence.length - at);
      stream.feed(sequence, at, piece);
      at += piece;
      for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
        sizes.add(next.get().length);
      }
    }
    return sizes;
  }

  private static byte[] join(byte[]... strings) {
    byte[] joined = {};
    for (byte[] string : strings) {
      byte[] wrapped = ByteStringStream.wrap(string, MAX);
      int length = joined.length;
      joined = Arrays.copyOf(joined, length + wrapped.length);
      System.arraycopy(wrapped, 0, joined, length, wrapped.length);
    }
    return joined;
  }
}
