package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new owner's device that a server refuses is gone only if the server will never take it. */
class RefusedBeginningTest {

  @TempDir Path folder;
  private TestSpace space;
  private RecoverySheet sheet;
  private byte[] bundle;
  private HonestLedger another;
  private LedgerTransport server;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 81);
    RecoverySecret secret = RecoverySecret.generate(space.host.randomness());
    Device lost = space.owner("lost", Optional.of(secret));
    Device phone = space.reporter(lost, "phone");
    sheet = new RecoverySheet(lost.profile().space(), secret);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    phone.exportForRecovery(out);
    bundle = out.toByteArray();
    another = new HonestLedger(space.host.randomness());
    server = LedgerTransport.to(another);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static Secret passphrase() {
    return Secret.take("stones".getBytes(StandardCharsets.UTF_8));
  }

  private Path store() {
    return folder.resolve("heir");
  }

  private Device open() throws CairnException {
    return new Stores(space.host).open(store(), passphrase(), KeyProtector.NONE);
  }

  private void assertThatRecoveryIsRefused(RefusingTransport refusing, String code) {
    assertThatThrownBy(
            () ->
                new Stores(space.host)
                    .recoverByHand(
                        store(),
                        passphrase(),
                        KeyProtector.NONE,
                        sheet,
                        List.of(bundle),
                        false,
                        another.invitation(),
                        "The heir",
                        (address, pin) -> refusing))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** The store sends the same again. */
  private void assertThatTheMoveGoesOn(RefusingTransport refusing) throws Exception {
    try (Device heir = open()) {
      assertThatThrownBy(
              () ->
                  heir.moveSpace(
                      another.invitation(), (address, pin) -> refusing, SyncListener.NONE))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(refusing.refused()).hasSize(2);
    assertThat(refusing.refused().get(1)).isEqualTo(refusing.refused().get(0));
  }

  @Test
  void recoveryByHand_theServerIsBusy_keepsTheStore() throws Exception {
    RefusingTransport busy = RefusingTransport.with(server, 503, "server.busy");
    assertThatRecoveryIsRefused(busy, "server.busy");
    assertThatTheMoveGoesOn(busy);
  }

  @Test
  void recoveryByHand_theServersDiskIsFull_keepsTheStore() throws Exception {
    RefusingTransport full = RefusingTransport.with(server, 507, "store.full");
    assertThatRecoveryIsRefused(full, "store.full");
    assertThatTheMoveGoesOn(full);
  }

  /** What stands before a server knows nothing of what the server took. */
  @Test
  void recoveryByHand_aProxyRefuses_keepsTheStore() throws Exception {
    RefusingTransport proxy = RefusingTransport.proxy(server, 403);
    assertThatRecoveryIsRefused(proxy, "server.status-403");
    assertThatTheMoveGoesOn(proxy);
  }

  @Test
  void recoveryByHand_refusedForGood_leavesNothing() {
    RefusingTransport no = RefusingTransport.with(server, 403, "space.code-unknown");
    assertThatRecoveryIsRefused(no, "space.code-unknown");
    assertThat(store()).doesNotExist();
  }

  private void assertThatFoundingIsRefused(RefusingTransport refusing) {
    assertThatThrownBy(
            () ->
                new Stores(space.host)
                    .createSpace(
                        store(),
                        passphrase(),
                        KeyProtector.NONE,
                        another.invitation(),
                        "Space",
                        "Owner",
                        Optional.empty(),
                        profile -> {},
                        (address, pin) -> refusing))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void founding_theServerIsBusy_keepsTheStoreAndItsNextSyncGoesOn() throws Exception {
    assertThatFoundingIsRefused(RefusingTransport.with(server, 503, "server.busy"));
    try (Device owner = open()) {
      owner.sync(server, SyncListener.NONE);
      assertThat(owner.founded()).isTrue();
    }
  }

  @Test
  void founding_refusedForGood_leavesNothing() {
    assertThatFoundingIsRefused(RefusingTransport.with(server, 403, "space.code-unknown"));
    assertThat(store()).doesNotExist();
  }
}
