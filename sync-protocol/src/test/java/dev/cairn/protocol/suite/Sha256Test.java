package dev.cairn.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  /** FIPS 180-4 examples. */
  @Test
  void hash_ofThePublishedExamples_isAsThere() {
    assertThat(Sha256.of())
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Sha256.of(ABC))
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void hash_piecewise_isThatOfTheWhole() {
    Sha256 running = new Sha256().update(ABC, 0, 1).update(new byte[] {'b', 'c'});
    assertThat(running.digest()).isEqualTo(Sha256.of(ABC));
    assertThat(running.digest()).isEqualTo(Sha256.of());
  }

  @Test
  void labelledHash_isThatOfLabelZeroAndParts() {
    assertThat(Sha256.labelled("abc", ABC, new byte[] {1}))
        .isEqualTo(Sha256.of(ABC, new byte[] {0}, ABC, new byte[] {1}));
  }

  @Test
  void label_notPrintableAscii_stops() {
    assertThatThrownBy(() -> Sha256.labelled("a\0b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sha256.labelled("\u00fc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void digest_ofItsBytes_isEqualAndSortsUnsigned() {
    Digest hash = Sha256.of(ABC);
    byte[] higher = hash.bytes();
    higher[0] = (byte) 0xff;
    assertThat(Digest.of(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(hash).isLessThan(Digest.of(higher));
  }

  @Test
  void digest_ofAnotherLength_stops() {
    assertThatThrownBy(() -> Digest.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }
}
