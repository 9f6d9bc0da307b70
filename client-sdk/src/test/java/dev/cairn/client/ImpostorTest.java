package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who answers in the server's place without the log's key ends no parcel's way. */
class ImpostorTest {

  private static final int TAKEN = 200;
  private static final int REFUSED_FOR_GOOD = 422;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device author;
  private Device courier;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 63);
    desk = space.owner("desk");
    author = space.joinUnheard(desk, "author", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
    courier = space.reporter(desk, "courier");
    space.sync(courier);
    author.record(TestSpace.note("carried"));
    Encounter.of(author, courier).run();
  }

  @AfterEach
  void end() {
    space.close();
  }

  private HonestLedger impostor(int parcelStatus) {
    return Liars.copied(
        space.ledger,
        new HonestLedger(
            SigningKey.generate(space.host.randomness()),
            space.ledger.bundleKey(),
            space.host.randomness()) {
          @Override
          protected OptionalInt parcelStatus() {
            return OptionalInt.of(parcelStatus);
          }
        });
  }

  private void meets(HonestLedger impostor) {
    LedgerTransport link = LedgerTransport.to(impostor);
    assertThatThrownBy(() -> courier.sync(link, SyncListener.NONE))
        .isInstanceOf(LyingServerException.class);
    assertThat(link.targets()).noneMatch(target -> target.contains("/parcels"));
  }

  private void assertArrives() throws Exception {
    space.sync(courier);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("carried");
  }

  @Test
  void parcel_afterAnImpostorWhoRefusesAll_isHandedToTheServer() throws Exception {
    meets(impostor(REFUSED_FOR_GOOD));
    assertArrives();
  }

  @Test
  void parcel_afterAnImpostorWhoSaysToHaveTaken_isHandedToTheServer() throws Exception {
    meets(impostor(TAKEN));
    assertArrives();
  }

  @Test
  void sync_withAParcelOrWithout_asksForTheCheckpointOnlyWithOne() throws Exception {
    LedgerTransport carrying = LedgerTransport.to(space.ledger);
    courier.sync(carrying, SyncListener.NONE);
    LedgerTransport nothing = LedgerTransport.to(space.ledger);
    courier.sync(nothing, SyncListener.NONE);
    assertThat(carrying.targets()).filteredOn(each -> each.endsWith("/checkpoint")).hasSize(1);
    assertThat(nothing.targets()).noneMatch(each -> each.endsWith("/checkpoint"));
  }
}
