package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Beginnings;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeySlot;
import dev.cairn.client.vault.KeysLockedException;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Argon2Cost;
import dev.cairn.protocol.suite.Argon2id;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into a store: with the real passphrase slot, the real lock, and another process. */
class StoreAccessTest {

  private static final Argon2Cost COST = new Argon2Cost(65_536, 3, 1);
  private static final int KEY_BYTES = 32;
  private static final long FAR_SECONDS = 4_000_000_000L;

  @TempDir Path temporary;
  private Path folder;
  private Stores stores;
  private RecordId report;

  @BeforeEach
  void make() throws Exception {
    folder = temporary.resolve("store");
    stores = new Stores(TestSpace.host(8));
    try (TestSpace space = new TestSpace(temporary, 8)) {
      Device desk = space.owner("desk");
      InvitationFile invitation =
          new LettingIn(desk.holdings())
              .offer(Role.REPORTER, List.of(), 1, FAR_SECONDS, desk.profile().server());
      StoreFolder held = StoreFolder.create(folder);
      Secret master =
          KeySlot.create(
              held.slot(), passphrase("right"), KeyProtector.NONE, stores.host().randomness());
      Device device =
          stores.begin(
              held,
              master,
              new Beginnings(stores.host()).join(invitation, "Member", SealMode.ON_RECEIPT));
      report = device.record(TestSpace.note("kept"));
      device.close();
    }
  }

  private static Secret passphrase(String words) {
    return Secret.take(words.getBytes(StandardCharsets.UTF_8));
  }

  /** Every file with its hash and the moment it was last written. */
  private Map<String, String> files() throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) found::iterator) {
        String written = Files.getLastModifiedTime(file).toString();
        String content =
            Files.isRegularFile(file) ? Sha256.of(Files.readAllBytes(file)).toString() : "";
        files.put(folder.relativize(file).toString(), content + " " + written);
      }
    }
    return files;
  }

  @Test
  void wrongPassphrase_leavesEveryFileAsItWas() throws Exception {
    Map<String, String> before = files();
    assertThat(before).containsKeys("slot", "ring", "rows.db", "lock");
    assertThatThrownBy(() -> stores.open(folder, passphrase("wrong"), KeyProtector.NONE))
        .isInstanceOfSatisfying(
            KeysLockedException.class, e -> assertThat(e.code()).isEqualTo("keys.locked"));
    assertThat(files()).isEqualTo(before);
    try (Device device = stores.open(folder, passphrase("right"), KeyProtector.NONE)) {
      assertThat(device.show(report).changes()).hasSize(1);
    }
  }

  @Test
  void wrongPassphrase_costsTheWholeWork() throws Exception {
    List<Secret> stretched = new ArrayList<>();
    KeyProtector watching =
        secret -> {
          stretched.add(Secret.copyOf(secret.expose()));
          return Secret.copyOf(secret.expose());
        };
    assertThatThrownBy(() -> stores.open(folder, passphrase("wrong"), watching))
        .isInstanceOf(KeysLockedException.class);
    CborReader slot = CborReader.of(Files.readAllBytes(folder.resolve("slot")));
    slot.arrayOf(5);
    slot.uint();
    assertThat(slot.uint()).isEqualTo(COST.memoryKib());
    assertThat(slot.uint()).isEqualTo(COST.passes());
    byte[] salt = slot.bytesExactly(16);
    assertThat(stretched)
        .containsExactly(Argon2id.derive(passphrase("wrong"), salt, COST, KEY_BYTES));
  }

  @Test
  void secondHandle_inThisProcess_isBusyByName() throws Exception {
    try (StoreFolder held = StoreFolder.open(folder)) {
      assertThat(held).isNotNull();
      assertBusy();
    }
    StoreFolder.open(folder).close();
  }

  @Test
  void secondHandle_besideAnotherProcess_isBusyByNameAndFreeAfterwards() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader says =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(says.readLine()).isEqualTo("held");
      Map<String, String> before = files();
      assertBusy();
      assertThat(files()).isEqualTo(before);
    } finally {
      other.destroyForcibly().waitFor();
    }
    StoreFolder.open(folder).close();
  }

  private void assertBusy() {
    assertThatThrownBy(() -> stores.open(folder, passphrase("right"), KeyProtector.NONE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo("store.busy"));
  }
}
