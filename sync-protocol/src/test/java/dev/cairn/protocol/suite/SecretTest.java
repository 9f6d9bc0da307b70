package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {

  private static final byte[] BYTES = {0x4a, 0x4b, 0x4c};

  @Test
  void secret_printed_hidesItsContent() {
    assertThat(Secret.copyOf(BYTES)).hasToString("secret of 3 bytes");
  }

  @Test
  void secrets_ofEqualBytes_areEqual() {
    assertThat(Secret.copyOf(BYTES))
        .isEqualTo(Secret.copyOf(BYTES))
        .hasSameHashCodeAs(Secret.copyOf(BYTES))
        .isNotEqualTo(Secret.copyOf(new byte[] {0x4a, 0x4b, 0x4d}))
        .isNotEqualTo(Secret.copyOf(new byte[] {0x4a, 0x4b}));
  }

  @Test
  void hashCode_dependsOnTheLengthAlone() {
    assertThat(Secret.copyOf(BYTES)).hasSameHashCodeAs(Secret.copyOf(new byte[3]));
  }

  @Test
  void secret_wiped_isZerosAndCannotBeHad() {
    Secret secret = Secret.copyOf(BYTES);
    byte[] exposed = secret.expose();
    secret.wipe();
    assertThat(exposed).containsOnly(0);
    assertThatThrownBy(secret::expose).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void secrets_wiped_areNotEqual() {
    Secret secret = Secret.copyOf(BYTES);
    Secret other = Secret.copyOf(BYTES);
    secret.wipe();
    other.wipe();
    assertThat(secret).isNotEqualTo(other).isNotEqualTo(Secret.copyOf(new byte[3]));
  }

  @Test
  void copy_leavesItsSourceAlone() {
    byte[] source = BYTES.clone();
    Secret.copyOf(source).wipe();
    assertThat(source).isEqualTo(BYTES);
  }

  @Test
  void taken_isWipedWithItsSource() {
    byte[] source = BYTES.clone();
    Secret.take(source).wipe();
    assertThat(source).containsOnly(0);
  }

  @Test
  void random_hasTheLengthAskedFor() {
    assertThat(Secret.random(20, new SeededRandomness(1)).sizeBytes()).isEqualTo(20);
  }
}
