package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Argon2idTest {

  private static final long LEAST_KIB = Limits.ARGON2_MEMORY_KIB_MIN;
  private static final long MOST_KIB = Limits.ARGON2_MEMORY_KIB_MAX;
  private static final long LEAST_PASSES = Limits.ARGON2_PASSES_MIN;
  private static final long MOST_PASSES = Limits.ARGON2_PASSES_MAX;
  private static final long LEAST_LANES = Limits.ARGON2_LANES_MIN;
  private static final long MOST_LANES = Limits.ARGON2_LANES_MAX;

  private static final Argon2Cost CHEAPEST = new Argon2Cost(Limits.ARGON2_MEMORY_KIB_MIN, 1, 1);

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** RFC 9106 section 5.3. */
  @Test
  void tag_ofRfc9106_isAsThere() {
    Secret tag =
        Argon2id.run(
            Secret.take(filled(32, 1)),
            new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build(),
            32);
    assertThat(Hex.encode(tag.expose()))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  /** Held against OpenSSL's Argon2id. */
  @Test
  void key_fromAPassphrase_isThatOfOtherImplementations() {
    Secret key =
        Argon2id.derive(
            Secret.take("passphrase".getBytes(StandardCharsets.US_ASCII)),
            "saltsaltsaltsalt".getBytes(StandardCharsets.US_ASCII),
            CHEAPEST,
            32);
    assertThat(Hex.encode(key.expose()))
        .isEqualTo("6fe1db128926eac026d0aca7bb83b591f4a8a09956df240f4647dbd007fc8fab");
  }

  @Test
  void salt_tooShort_stops() {
    byte[] salt = new byte[Limits.ARGON2_SALT_BYTES_MIN - 1];
    Secret passphrase = Secret.take(new byte[8]);
    assertThatThrownBy(() -> Argon2id.derive(passphrase, salt, CHEAPEST, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Stream<Arguments> costsAtTheirBounds() {
    return Stream.of(
        arguments(LEAST_KIB, LEAST_PASSES, LEAST_LANES),
        arguments(MOST_KIB, LEAST_PASSES, LEAST_LANES),
        arguments(LEAST_KIB, MOST_PASSES, LEAST_LANES),
        arguments(LEAST_KIB, LEAST_PASSES, MOST_LANES),
        arguments(MOST_KIB, MOST_PASSES, MOST_LANES));
  }

  @ParameterizedTest
  @MethodSource("costsAtTheirBounds")
  void cost_atItsBounds_isTaken(long memoryKib, long passes, long lanes) throws Exception {
    assertThat(Argon2Cost.stated(memoryKib, passes, lanes))
        .isEqualTo(new Argon2Cost((int) memoryKib, (int) passes, (int) lanes));
  }

  private static Stream<Arguments> costsBeyondTheirBounds() {
    return Stream.of(
        arguments(LEAST_KIB - 1, LEAST_PASSES, LEAST_LANES),
        arguments(MOST_KIB + 1, LEAST_PASSES, LEAST_LANES),
        arguments(LEAST_KIB, LEAST_PASSES - 1, LEAST_LANES),
        arguments(LEAST_KIB, MOST_PASSES + 1, LEAST_LANES),
        arguments(LEAST_KIB, LEAST_PASSES, LEAST_LANES - 1),
        arguments(LEAST_KIB, LEAST_PASSES, MOST_LANES + 1),
        arguments((1L << 32) + LEAST_KIB, LEAST_PASSES, LEAST_LANES),
        arguments(Long.MIN_VALUE, LEAST_PASSES, LEAST_LANES));
  }

  @ParameterizedTest
  @MethodSource("costsBeyondTheirBounds")
  void cost_statedBeyondItsBounds_isRefused(long memoryKib, long passes, long lanes) {
    assertThatThrownBy(() -> Argon2Cost.stated(memoryKib, passes, lanes))
        .isInstanceOfSatisfying(
            MalformedException.class,
            refused -> assertThat(refused.code()).isEqualTo(MalformedException.CODE));
  }

  @Test
  void cost_chosenBeyondItsBounds_stops() {
    assertThatThrownBy(() -> new Argon2Cost(Limits.ARGON2_MEMORY_KIB_MIN - 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
