package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class BodyCompressionTest {

  private static byte[] report() {
    return "قصف مدفعي Artillery Likely strike".getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void body_ofAnyLength_comesBack() throws MalformedException {
    Random random = new Random(11);
    for (int size : new int[] {0, 1, 63, 4095, 4096, 4097, 100_000}) {
      byte[] body = new byte[size];
      random.nextBytes(body);

      byte[] deflated = BodyCompression.deflate(body);

      assertThat(BodyCompression.inflate(deflated, 0, size).body()).isEqualTo(body);
    }
  }

  @Test
  void stream_withBytesBeforeAndBehind_tellsItsLength() throws MalformedException {
    byte[] deflated = BodyCompression.deflate(report());
    byte[] padded = new byte[deflated.length + 50];
    System.arraycopy(deflated, 0, padded, 3, deflated.length);

    BodyCompression.Inflated inflated = BodyCompression.inflate(padded, 3, 1000);

    assertThat(inflated.body()).isEqualTo(report());
    assertThat(inflated.consumedBytes()).isEqualTo(deflated.length);
  }

  @Test
  void schemaWords_costAlmostNothing() {
    assertThat(BodyCompression.deflate(report()).length).isLessThan(report().length / 3);
  }

  @Test
  void body_atTheLimit_isRead() throws MalformedException {
    byte[] deflated = BodyCompression.deflate(new byte[10_000]);

    assertThat(BodyCompression.inflate(deflated, 0, 10_000).body()).hasSize(10_000);
  }

  @Test
  void body_overTheLimit_isRefused() {
    byte[] deflated = BodyCompression.deflate(new byte[10_001]);

    assertThatThrownBy(() -> BodyCompression.inflate(deflated, 0, 10_000))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void stream_cutAnywhere_isRefused() {
    byte[] deflated = BodyCompression.deflate(report());
    for (int length = 0; length < deflated.length; length++) {
      byte[] cut = Arrays.copyOf(deflated, length);
      assertThatThrownBy(() -> BodyCompression.inflate(cut, 0, 1000))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void stream_withZlibHeader_isRefused() {
    Deflater deflater = new Deflater();
    deflater.setInput(report());
    deflater.finish();
    byte[] zlib = new byte[200];
    int length = deflater.deflate(zlib);
    deflater.end();

    assertThatThrownBy(() -> BodyCompression.inflate(Arrays.copyOf(zlib, length), 0, 1000))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void bytes_atRandom_areRefusedOrReadButNeverMore() {
    Random random = new Random(12);
    for (int round = 0; round < 2000; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      try {
        assertThat(BodyCompression.inflate(noise, 0, 500).body().length).isLessThanOrEqualTo(500);
      } catch (MalformedException refused) {
        assertThat(refused.code()).isEqualTo(MalformedException.CODE);
      }
    }
  }
}
