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
  private Device courier;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 8);
    Device desk = space.owner("desk");
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
    LedgerTransport link = LedgerTransport.to(space.ledger);
    courier.sync(link, SyncListener.NONE);
    return link.targets().stream().anyMatch(target -> target.endsWith("/parcels"));
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
}
