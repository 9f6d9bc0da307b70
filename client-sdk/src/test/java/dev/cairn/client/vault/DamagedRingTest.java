package dev.cairn.client.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedRingTest {

  private static final byte[] AAD = "cairn/store/ring".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void ring_withANameOfNoBytes_isDamaged() throws Exception {
    Secret master = Secret.take(new byte[32]);
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    byte[] key = new byte[32];
    byte[] entries =
        new CborWriter().array(1).array(2).bytes(new byte[0]).bytes(new byte[32]).toBytes();
    CborWriter ring = new CborWriter().array(4).uint(1).bytes(nonce);
    ring.bytes(Aead.seal(Hkdf.expand(master, "cairn/store/ring", 32), nonce, AAD, key));
    ring.bytes(Aead.seal(Secret.take(key), nonce, AAD, entries));
    Path file = Files.write(folder.resolve("ring"), ring.toBytes());
    assertThatThrownBy(() -> KeyRing.open(file, master, bytes -> {}))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
  }
}
