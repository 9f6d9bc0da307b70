package dev.cairn.client.vault;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets targets in behind the passphrase of a store. */
public final class VaultDoor {

  private static final byte[] AAD = "cairn/store/ring".getBytes(StandardCharsets.US_ASCII);

  private VaultDoor() {}

  private static Secret master() {
    return Secret.take(new byte[32]);
  }

  /** Opens a slot, unless it is whole: to stretch a passphrase takes too long to do it often. */
  public static boolean slot(Path file, byte[] content) throws CairnException, IOException {
    if (isWhole(content)) {
      return true;
    }
    Files.write(file, content);
    KeySlot.open(file, Secret.take(new byte[] {1}), KeyProtector.NONE);
    return false;
  }

  private static boolean isWhole(byte[] content) {
    try {
      CborReader reader = CborReader.of(content);
      reader.arrayOf(5);
      reader.uint(1);
      reader.uint();
      reader.uint();
      reader.bytesExactly(16);
      reader.bytesExactly(48);
      reader.end();
      return true;
    } catch (MalformedException refused) {
      return false;
    }
  }

  /** Opens a ring. */
  public static int ring(Path file, byte[] content) throws CairnException, IOException {
    Files.write(file, content);
    try (KeyRing ring = KeyRing.open(file, master(), bytes -> Arrays.fill(bytes, (byte) 2))) {
      return ring.names().size();
    }
  }

  /** A ring whose entries are these bytes. */
  public static byte[] sealed(byte[] entries) {
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    Secret wrapping = Hkdf.expand(master(), "cairn/store/ring", 32);
    byte[] key = new byte[32];
    return new CborWriter()
        .array(4)
        .uint(1)
        .bytes(nonce)
        .bytes(Aead.seal(wrapping, nonce, AAD, key))
        .bytes(Aead.seal(Secret.take(key), nonce, AAD, entries))
        .toBytes();
  }

  /** A ring in which every name has a key. */
  public static DestructibleKeys keys() {
    return new DestructibleKeys() {
      @Override
      public @Nullable Secret get(KeyName name) {
        return master();
      }

      @Override
      public boolean has(KeyName name) {
        return true;
      }

      @Override
      public Set<KeyName> names() {
        return Set.of();
      }

      @Override
      public void add(Map<KeyName, Secret> added) {}

      @Override
      public void destroy(Collection<KeyName> names) {}

      @Override
      public void close() {}
    };
  }
}
