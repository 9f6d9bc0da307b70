package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

  private final Organisation org = new Organisation(13);

  @Test
  void words_areFive() {
    assertThat(Fingerprint.words(org.space(), org.owner.keys())).hasSize(5);
  }

  @Test
  void words_ofADeviceWithAnotherEncryptionKey_differ() {
    DeviceKeys swapped = new DeviceKeys(org.owner.id(), org.person().encryption.publicKey());

    assertThat(Fingerprint.words(org.space(), swapped))
        .isNotEqualTo(Fingerprint.words(org.space(), org.owner.keys()));
  }

  @Test
  void words_inAnotherSpace_differ() {
    assertThat(Fingerprint.words(new Organisation(14).space(), org.owner.keys()))
        .isNotEqualTo(Fingerprint.words(org.space(), org.owner.keys()));
  }
}
