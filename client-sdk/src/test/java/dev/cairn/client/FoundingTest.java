package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A space must never live on a server while its recovery secret exists nowhere. */
class FoundingTest {

  @TempDir private Path folder;
  private final HonestLedger ledger = new HonestLedger(TestSpace.host(7).randomness());
  private final LedgerTransport transport = LedgerTransport.to(ledger);

  private Device found(Consumer<DeviceProfile> beforeContact) throws CairnException {
    return new Stores(TestSpace.host(8))
        .createSpace(
            folder.resolve("desk"),
            Secret.take("stones".getBytes(StandardCharsets.UTF_8)),
            KeyProtector.NONE,
            ledger.invitation(),
            "Space",
            "Owner",
            Optional.empty(),
            beforeContact,
            (url, pin) -> transport);
  }

  @Test
  void space_beforeTheServerHearsOfIt_isToldAbout() throws Exception {
    List<String> heard = new ArrayList<>();

    found(profile -> heard.addAll(transport.targets())).close();

    assertThat(heard).hasSize(1).allMatch(target -> target.endsWith("/checkpoint"));
    assertThat(transport.targets()).contains("POST /v1/spaces");
  }

  @Test
  void space_whoseSecretCannotBeKept_isNotFounded() {
    assertThatThrownBy(
            () ->
                found(
                    profile -> {
                      throw new IllegalStateException("no room for the sheet");
                    }))
        .hasMessage("no room for the sheet");

    assertThat(folder.resolve("desk")).doesNotExist();
    assertThat(transport.targets()).doesNotContain("POST /v1/spaces");
  }

  @Test
  void space_whoseFoundingIsCutOff_staysAndItsNextSyncGoesOn() throws Exception {
    transport.cutAfter(4);

    assertThatThrownBy(() -> found(profile -> {})).isInstanceOf(TransportException.class);

    try (Device device =
        new Stores(TestSpace.host(9))
            .open(
                folder.resolve("desk"),
                Secret.take("stones".getBytes(StandardCharsets.UTF_8)),
                KeyProtector.NONE)) {
      device.sync(LedgerTransport.to(ledger), SyncListener.NONE);
      assertThat(device.founded()).isTrue();
    }
  }
}
