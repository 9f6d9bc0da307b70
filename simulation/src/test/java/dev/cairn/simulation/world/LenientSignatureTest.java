package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LenientSignatureTest {

  private final SigningKey key = SigningKey.generate(new Chance(5));
  private final byte[] message = "deniable".getBytes(StandardCharsets.US_ASCII);

  @Test
  void signature_whoMultipliesByTheCofactor_takesIt() {
    byte[] signature = LenientSignature.sign(key, message);
    byte[] known = key.verifyingKey().bytes();
    assertThat(
            org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                signature, 0, known, 0, message, 0, message.length))
        .isTrue();
  }

  @Test
  void signature_ofThisProtocol_isRefused() {
    byte[] signature = LenientSignature.sign(key, message);
    assertThat(Ed25519.verify(key.verifyingKey(), message, signature)).isFalse();
    assertThat(Ed25519.verify(key.verifyingKey(), message, key.sign(message))).isTrue();
  }
}
