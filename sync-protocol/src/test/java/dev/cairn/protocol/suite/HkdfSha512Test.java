package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HkdfSha512Test {

  private static final byte[] KEY = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
  private static final byte[] INFO = new byte[] {9, 8, 7};

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 76, 128, 129, Limits.HKDF_SHA512_OUTPUT_BYTES_MAX})
  void expand_everyLength_agreesWithAnotherImplementation(int size) {
    HKDFBytesGenerator other = new HKDFBytesGenerator(new SHA512Digest());
    other.init(HKDFParameters.skipExtractParameters(KEY, INFO));
    byte[] expected = new byte[size];
    other.generateBytes(expected, 0, size);
    assertThat(HkdfSha512.expand(Secret.copyOf(KEY), INFO, size).expose()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Limits.HKDF_SHA512_OUTPUT_BYTES_MAX + 1})
  void expand_lengthOutOfBounds_isRefused(int size) {
    assertThatThrownBy(() -> HkdfSha512.expand(Secret.copyOf(KEY), INFO, size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void expand_otherInfo_givesOtherBytes() {
    assertThat(HkdfSha512.expand(Secret.copyOf(KEY), INFO, 32))
        .isNotEqualTo(HkdfSha512.expand(Secret.copyOf(KEY), KEY, 32));
  }
}
