package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AeadTest {

  private static final Secret KEY = Secret.take(new byte[32]);
  private static final byte[] NONCE = new byte[12];
  private static final byte[] AAD = {1};
  private static final byte[] PLAINTEXT = {10, 20, 30};

  /** Test case 14 of the GCM specification (McGrew and Viega): all zeros. */
  @Test
  void zeros_underTheZeroKey_areSealedAsInTheSpecification() {
    byte[] sealed = Aead.seal(KEY, NONCE, new byte[0], new byte[16]);
    assertThat(Hex.encode(sealed))
        .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
  }

  @Test
  void plaintext_sealed_opensAgain() throws Exception {
    byte[] sealed = Aead.seal(KEY, NONCE, AAD, PLAINTEXT);
    assertThat(sealed).hasSize(PLAINTEXT.length + Aead.TAG_BYTES);
    assertThat(Aead.open(KEY, NONCE, AAD, sealed)).isEqualTo(PLAINTEXT);
  }

  @Test
  void ciphertext_withAnyByteAltered_doesNotOpen() {
    byte[] sealed = Aead.seal(KEY, NONCE, AAD, PLAINTEXT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertUndecryptable(KEY, NONCE, AAD, altered);
    }
  }

  @Test
  void ciphertext_cutAnywhere_doesNotOpen() {
    byte[] sealed = Aead.seal(KEY, NONCE, AAD, PLAINTEXT);
    for (int length = 0; length < sealed.length; length++) {
      assertUndecryptable(KEY, NONCE, AAD, Arrays.copyOf(sealed, length));
    }
  }

  @Test
  void ciphertext_underAnotherKeyNonceOrContext_doesNotOpen() {
    byte[] sealed = Aead.seal(KEY, NONCE, AAD, PLAINTEXT);
    byte[] other = new byte[32];
    other[0] = 1;
    assertUndecryptable(Secret.take(other), NONCE, AAD, sealed);
    assertUndecryptable(KEY, Arrays.copyOf(other, Aead.NONCE_BYTES), AAD, sealed);
    assertUndecryptable(KEY, NONCE, new byte[] {2}, sealed);
  }

  private static void assertUndecryptable(Secret key, byte[] nonce, byte[] aad, byte[] sealed) {
    assertThatThrownBy(() -> Aead.open(key, nonce, aad, sealed))
        .isExactlyInstanceOf(UndecryptableException.class)
        .hasMessage("ciphertext does not open")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 31, 33})
  void key_ofAnotherLength_stops(int length) {
    Secret key = Secret.take(new byte[length]);
    assertThatThrownBy(() -> Aead.seal(key, NONCE, AAD, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 11, 13, 16})
  void nonce_ofAnotherLength_stops(int length) {
    byte[] nonce = new byte[length];
    assertThatThrownBy(() -> Aead.seal(KEY, nonce, AAD, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
