package dev.cairn.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyEnvelopeTest {

  private static final byte[] BODY =
      "what was seen, what was heard, what was seen".getBytes(StandardCharsets.UTF_8);

  /** What the smallest envelope may inflate to. */
  private static final int MOST_IN_THE_LEAST = Limits.BODY_INFLATION_MAX * Padme.FLOOR_BYTES;

  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 62, 63, 64, 1000, 20_000, Limits.BODY_BYTES_MAX})
  void body_packedAndUnpacked_isTheSame(int size) throws Exception {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    assertThat(BodyEnvelope.unpack(BodyEnvelope.pack(noise))).isEqualTo(noise);
  }

  @Test
  void body_ofTheMostBytesThatDoesNotCompress_keepsToTheBound() {
    byte[] noise = new byte[Limits.BODY_BYTES_MAX];
    random.nextBytes(noise);
    assertThat(BodyEnvelope.pack(noise)).hasSize(Limits.PADDED_BODY_BYTES_MAX);
  }

  @Test
  void body_ofOneByteMore_isNotPacked() {
    assertThatThrownBy(() -> BodyEnvelope.pack(new byte[Limits.BODY_BYTES_MAX + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void body_thatInflatesToTheMostBytes_isUnpacked() throws Exception {
    byte[] packed = BodyEnvelope.pack(new byte[Limits.BODY_BYTES_MAX]);
    assertThat(BodyEnvelope.unpack(packed)).hasSize(Limits.BODY_BYTES_MAX);
  }

  @Test
  void body_thatInflatesToMore_isRefused() {
    for (int size : new int[] {Limits.BODY_BYTES_MAX + 1, 100 * Limits.BODY_BYTES_MAX}) {
      byte[] bomb = envelope(1, BodyCompression.deflate(new byte[size]), 0);
      refused(bomb);
    }
  }

  @Test
  void envelope_ofABodyThatCompressesWell_isAnEighthOfIt() {
    assertThat(BodyEnvelope.pack(new byte[MOST_IN_THE_LEAST])).hasSize(Padme.FLOOR_BYTES);
    assertThat(BodyEnvelope.pack(new byte[MOST_IN_THE_LEAST + 1]).length)
        .isGreaterThan(Padme.FLOOR_BYTES);
    assertThat(BodyEnvelope.pack(new byte[Limits.BODY_BYTES_MAX]))
        .hasSize(Limits.BODY_BYTES_MAX / Limits.BODY_INFLATION_MAX);
  }

  @Test
  void envelope_ofAnEighthOfItsBody_isUnpacked() throws Exception {
    byte[] packed = envelope(1, BodyCompression.deflate(new byte[MOST_IN_THE_LEAST]), 0);
    assertThat(packed).hasSize(Padme.FLOOR_BYTES);
    assertThat(BodyEnvelope.unpack(packed)).hasSize(MOST_IN_THE_LEAST);
  }

  @Test
  void envelope_smallerThanAnEighthOfItsBody_isRefused() {
    for (int size : new int[] {MOST_IN_THE_LEAST + 1, 10_000, Limits.BODY_BYTES_MAX}) {
      refused(envelope(1, BodyCompression.deflate(new byte[size]), 0));
    }
  }

  @Test
  void envelope_ofAShortBody_hasTheLeastSize() {
    assertThat(BodyEnvelope.pack(new byte[1])).hasSize(Padme.FLOOR_BYTES);
  }

  @Test
  void envelope_ofAnyBody_hasAPaddedSize() {
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(5000)];
      random.nextBytes(noise);
      int size = BodyEnvelope.pack(noise).length;
      assertThat(Padme.length(size)).isEqualTo(size);
    }
  }

  @Test
  void envelope_ofANewerVersion_isTooNew() {
    byte[] packed = BodyEnvelope.pack(BODY);
    packed[0] = 2;
    assertThatThrownBy(() -> BodyEnvelope.unpack(packed)).isInstanceOf(TooNewException.class);
  }

  @Test
  void envelope_withoutVersion_isRefused() {
    byte[] packed = BodyEnvelope.pack(BODY);
    packed[0] = 0;
    refused(packed);
  }

  @Test
  void envelope_withPaddingThatIsNotZero_isRefused() {
    byte[] packed = BodyEnvelope.pack(BODY);
    packed[packed.length - 1] = 1;
    refused(packed);
  }

  @Test
  void envelope_paddedFurtherThanItsSize_isRefused() {
    byte[] deflated = BodyCompression.deflate(BODY);
    refused(envelope(1, deflated, (int) Padme.length(200)));
  }

  @Test
  void envelope_paddedLessThanItsSize_isRefused() {
    byte[] noise = new byte[1000];
    random.nextBytes(noise);
    byte[] packed = BodyEnvelope.pack(noise);
    refused(Arrays.copyOf(packed, packed.length - 1));
  }

  @Test
  void envelope_whoseStreamDoesNotEnd_isRefused() {
    byte[] noise = new byte[1000];
    random.nextBytes(noise);
    refused(Arrays.copyOf(BodyEnvelope.pack(noise), 640));
  }

  @Test
  void envelope_ofNoise_neverFailsOtherwiseThanAsMalformed() {
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[64 + random.nextInt(200)];
      random.nextBytes(noise);
      noise[0] = 1;
      try {
        BodyEnvelope.unpack(noise);
      } catch (MalformedException | TooNewException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void envelope_shorterThanTheLeast_isRefused() {
    refused(new byte[] {});
    refused(new byte[Padme.FLOOR_BYTES - 1]);
  }

  private static byte[] envelope(int version, byte[] deflated, int sizeBytes) {
    int size = Math.max(sizeBytes, (int) Padme.length(1 + deflated.length));
    byte[] envelope = new byte[size];
    envelope[0] = (byte) version;
    System.arraycopy(deflated, 0, envelope, 1, deflated.length);
    return envelope;
  }

  private static void refused(byte[] envelope) {
    assertThatThrownBy(() -> BodyEnvelope.unpack(envelope)).isInstanceOf(MalformedException.class);
  }
}
