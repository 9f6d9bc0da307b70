package dev.cairn.client.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  private static final KeyName NAME = KeyName.of(new byte[] {1, 2, 3});

  @TempDir Path temporary;
  private Path folder;
  private final Randomness randomness = Randomness.of(new SecureRandom());

  @BeforeEach
  void name() {
    folder = temporary.resolve("store");
  }

  @Test
  void slot_rightPassphrase_givesTheMasterKey() throws Exception {
    Path slot = temporary.resolve("slot");
    Secret master = KeySlot.create(slot, passphrase("right"), KeyProtector.NONE, randomness);

    assertThat(KeySlot.open(slot, passphrase("right"), KeyProtector.NONE)).isEqualTo(master);
  }

  @Test
  void slot_wrongPassphrase_isRefusedAndUntouched() throws Exception {
    Path slot = temporary.resolve("slot");
    KeySlot.create(slot, passphrase("right"), KeyProtector.NONE, randomness);
    byte[] before = Files.readAllBytes(slot);

    assertThatThrownBy(() -> KeySlot.open(slot, passphrase("wrong"), KeyProtector.NONE))
        .isInstanceOf(KeysLockedException.class);
    assertThat(Files.readAllBytes(slot)).isEqualTo(before);
  }

  @Test
  void slot_otherProtector_isRefused() throws Exception {
    Path slot = temporary.resolve("slot");
    KeySlot.create(slot, passphrase("right"), KeyProtector.NONE, randomness);
    KeyProtector other = stretched -> Secret.take(new byte[32]);

    assertThatThrownBy(() -> KeySlot.open(slot, passphrase("right"), other))
        .isInstanceOf(KeysLockedException.class);
  }

  @Test
  void slot_cutShort_isCorrupt() throws Exception {
    Path slot = temporary.resolve("slot");
    KeySlot.create(slot, passphrase("right"), KeyProtector.NONE, randomness);
    byte[] whole = Files.readAllBytes(slot);
    Files.write(slot, java.util.Arrays.copyOf(whole, whole.length - 1));

    assertReason(() -> KeySlot.open(slot, passphrase("right"), KeyProtector.NONE), Reason.CORRUPT);
  }

  @Test
  void ring_keyAdded_isThereAfterReopening() throws Exception {
    Path file = temporary.resolve("ring");
    Secret master = Secret.random(32, randomness);
    Secret key = Secret.random(32, randomness);
    KeyRing.open(file, master, randomness).add(Collections.singletonMap(NAME, key));

    assertThat(KeyRing.open(file, master, randomness).get(NAME)).isEqualTo(key);
  }

  @Test
  void ring_keyDestroyed_isGoneAfterReopening() throws Exception {
    Path file = temporary.resolve("ring");
    Secret master = Secret.random(32, randomness);
    KeyRing ring = KeyRing.open(file, master, randomness);
    ring.add(Collections.singletonMap(NAME, Secret.random(32, randomness)));

    ring.destroy(List.of(NAME));

    assertThat(KeyRing.open(file, master, randomness).get(NAME)).isNull();
  }

  @Test
  void ring_destroy_rewritesUnderAFreshKey() throws Exception {
    Path file = temporary.resolve("ring");
    Secret master = Secret.random(32, randomness);
    KeyRing ring = KeyRing.open(file, master, randomness);
    ring.add(Collections.singletonMap(NAME, Secret.random(32, randomness)));
    byte[] before = Files.readAllBytes(file);

    ring.destroy(List.of(NAME));

    // array head 1, version 1, nonce head 1: the nonce follows, then the wrapped ring key
    assertThat(java.util.Arrays.copyOfRange(Files.readAllBytes(file), 3, 65))
        .isNotEqualTo(java.util.Arrays.copyOfRange(before, 3, 65));
  }

  @Test
  void ring_anyByteChanged_isCorrupt() throws Exception {
    Path file = temporary.resolve("ring");
    Secret master = Secret.random(32, randomness);
    KeyRing.open(file, master, randomness)
        .add(Collections.singletonMap(NAME, Secret.random(32, randomness)));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 2; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertReason(() -> KeyRing.open(file, master, randomness), Reason.CORRUPT);
    }
  }

  @Test
  void folder_new_letsOnlyTheOwnerIn() throws Exception {
    StoreFolder.create(folder).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void folder_notEmpty_isNotTakenForANewStore() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("letter"), new byte[1]);

    assertReason(() -> StoreFolder.create(folder), Reason.EXISTS);
  }

  @Test
  void folder_withoutStore_isMissing() {
    assertReason(() -> StoreFolder.open(folder), Reason.MISSING);
  }

  @Test
  void folder_openTwice_isBusy() throws Exception {
    try (StoreFolder held = StoreFolder.create(folder)) {
      KeySlot.create(held.slot(), passphrase("x"), KeyProtector.NONE, randomness);
      assertReason(() -> StoreFolder.open(folder), Reason.BUSY);
    }
  }

  @Test
  void folder_wiped_leavesNothing() throws Exception {
    StoreFolder held = StoreFolder.create(folder);
    KeySlot.create(held.slot(), passphrase("x"), KeyProtector.NONE, randomness);
    Files.write(held.attachments().resolve("a"), new byte[10]);

    held.wipe();

    assertThat(folder).doesNotExist();
  }

  private static Secret passphrase(String words) {
    return Secret.take(words.getBytes(StandardCharsets.UTF_8));
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void assertReason(Attempt attempt, Reason reason) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
