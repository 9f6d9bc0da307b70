package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parcel whose beginning never reached the server is offered more and more seldom, and on. */
class EarlyParcelTest {

  private static final int STICK_BYTES = 20_000;

  @TempDir Path folder;
  private final Random random = new Random(7);
  private TestSpace space;
  private Device desk;
  private Device courier;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 8);
    desk = space.owner("desk");
    Device phone = space.reporter(desk, "phone");
    courier = space.reporter(desk, "courier");
    space.sync(courier);
    space.sync(phone);
    phone.record(noise());
    phone.record(noise());
    List<byte[]> sticks = Sticks.allFrom(phone, STICK_BYTES);
    assertThat(sticks).hasSize(2);
    Sticks.into(courier, sticks.get(1));
  }

  /** A note that does not compress, so that two have no room on one stick. */
  private NewRecord noise() {
    StringBuilder text = new StringBuilder();
    random.ints(STICK_BYTES / 2, '!', 'z').forEach(each -> text.append((char) each));
    return TestSpace.note(text.toString());
  }

  @AfterEach
  void end() {
    space.close();
  }

  private boolean isOffered() throws Exception {
    return offers(courier) > 0;
  }

  private long offers(Device carrier) throws Exception {
    LedgerTransport link = LedgerTransport.to(space.ledger);
    carrier.sync(link, SyncListener.NONE);
    return link.targets().stream().filter(target -> target.contains("/parcels")).count();
  }

  /** Syncs from one offer to the next. */
  private int syncsToTheNext() throws Exception {
    int syncs = 1;
    while (!isOffered() && syncs < 9) {
      syncs++;
    }
    return syncs;
  }

  @Test
  void parcel_earlyAgainAndAgain_waitsTwiceAsManySyncsEachTime() throws Exception {
    assertThat(isOffered()).isTrue();
    List<Integer> pauses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pauses.add(syncsToTheNext());
    }
    assertThat(pauses).containsExactly(1, 2, 4);
  }

  @Test
  void parcels_inTheWorstOrder_areOfferedThreeTimesASyncAndGoOnWithTheNext() throws Exception {
    Device author = space.reporter(desk, "author");
    space.sync(author);
    for (int i = 0; i < 6; i++) {
      author.record(noise());
    }
    List<byte[]> sticks = Sticks.allFrom(author, STICK_BYTES);
    assertThat(sticks).hasSize(6);
    Device carrier = space.reporter(desk, "carrier");
    space.sync(carrier);
    for (int i = sticks.size() - 1; i >= 0; i--) {
      Sticks.into(carrier, sticks.get(i));
    }

    assertThat(offers(carrier)).isEqualTo(6 + 5 + 4);
    assertThat(offers(carrier)).isEqualTo(3 + 2 + 1);

    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(6);
  }
}
