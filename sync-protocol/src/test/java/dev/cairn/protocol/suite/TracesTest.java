package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final int PIECE = 100;

  private final Random random = new Random(5);
  private final Traces traces = new Traces();

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** In pieces, as a file is read. */
  private boolean isIn(byte[] file) {
    Traces.Search search = traces.search();
    for (int from = 0; from < file.length; from += PIECE) {
      byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE));
      if (search.finds(piece, piece.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] at(int offset, byte[] part, byte[] file) {
    byte[] with = file.clone();
    System.arraycopy(part, 0, with, offset, part.length);
    return with;
  }

  @Test
  void destroyedBytes_wholeOrInPart_areFoundWhereverTheyLie() {
    byte[] destroyed = random(300);
    byte[] file = random(2_000);
    traces.add(destroyed);

    assertThat(isIn(file)).isFalse();
    for (int offset = 0; offset < 1_700; offset += 33) {
      assertThat(isIn(at(offset, destroyed, file))).isTrue();
      assertThat(isIn(at(offset, Arrays.copyOfRange(destroyed, 131, 155), file))).isTrue();
    }
  }

  @Test
  void zeros_atTheBeginning_areNoTrace() {
    traces.add(new byte[7]);
    assertThat(traces.isEmpty()).isTrue();
    byte[] destroyed = at(4, random(60), new byte[64]);
    traces.add(destroyed);
    assertThat(isIn(Arrays.copyOfRange(destroyed, 4, 8))).isFalse();
  }

  /** Else whoever has a body of zeros erased has a server write its whole file anew each time. */
  @Test
  void fewDifferentBytes_areNoTrace() {
    traces.add(new byte[4_000]);
    for (int i = 0; i < 100; i++) {
      traces.add(at(4, new byte[] {1, 2, 3, (byte) i}, new byte[16]));
    }
    assertThat(traces.isEmpty()).isFalse();
    assertThat(isIn(new byte[4_000])).isFalse();
    traces.clear();

    traces.add(at(4, new byte[] {1, 2, 3}, new byte[16]));
    assertThat(traces.isEmpty()).isTrue();
  }

  @Test
  void moreThanThereIsRoomFor_isAlwaysFound_untilForgotten() {
    byte[] file = random(2_000);
    for (int i = 0; i < 4_096; i++) {
      traces.add(random(8));
    }
    assertThat(isIn(file)).isFalse();
    Traces more = new Traces();
    more.add(random(8));
    traces.addAll(more);
    assertThat(isIn(file)).isTrue();

    Traces others = new Traces();
    others.addAll(traces);
    assertThat(isIn(file)).isTrue();
    traces.clear();
    assertThat(isIn(file)).isFalse();
  }

  @Test
  void otherTraces_added_areFoundAndForgotten() {
    byte[] destroyed = random(80);
    Traces other = new Traces();
    other.add(destroyed);
    traces.addAll(other);

    assertThat(isIn(destroyed)).isTrue();
    traces.clear();
    assertThat(isIn(destroyed)).isFalse();
  }
}
