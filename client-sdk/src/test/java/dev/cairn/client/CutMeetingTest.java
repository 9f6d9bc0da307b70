package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Encounter.End;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.id.RecordId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meetings whose link dies: nothing is lost, nothing comes twice, and each goes on. */
class CutMeetingTest {

  /** Cuts tried in each direction; every byte with {@code -Dcairn.meeting.cuts=0}. */
  private static final int CUTS = Integer.getInteger("cairn.meeting.cuts", 10);

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device anna;
  private Device basil;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 43);
    desk = space.owner("desk");
    anna = space.reporter(desk, "anna");
    basil = space.reporter(desk, "basil");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Both as they were, in folders of their own. */
  private List<Device> twins(int number) throws Exception {
    copy(folder.resolve("anna"), folder.resolve("anna" + number));
    copy(folder.resolve("basil"), folder.resolve("basil" + number));
    return List.of(space.openAs("anna" + number, "anna"), space.openAs("basil" + number, "basil"));
  }

  @Test
  void cutAnywhere_inEitherDirection_losesAndDoublesNothing() throws Exception {
    for (int i = 0; i < 3; i++) {
      anna.record(TestSpace.note("of Anna " + i));
      basil.record(TestSpace.note("of Basil " + i));
    }
    space.close(anna);
    space.close(basil);
    List<Device> dry = twins(0);
    Encounter whole = Encounter.of(dry.get(0), dry.get(1));
    assertThat(whole.run()).allMatch(End::isWhole);
    dry.forEach(space::close);
    int there = whole.toAnswerer.size();
    int back = whole.toCaller.size();
    int number = 1;
    for (int cut = 0; cut < there; cut += step(there)) {
      cutAndMeetAgain(number++, cut, Long.MAX_VALUE);
    }
    for (int cut = 0; cut < back; cut += step(back)) {
      cutAndMeetAgain(number++, Long.MAX_VALUE, cut);
    }
    for (int last = 1; last < 30; last += 7) {
      cutAndMeetAgain(number++, there - last, Long.MAX_VALUE);
      cutAndMeetAgain(number++, Long.MAX_VALUE, back - last);
    }
  }

  private static int step(int bytes) {
    return CUTS == 0 ? 1 : bytes / CUTS + 1;
  }

  private void cutAndMeetAgain(int number, long there, long back) throws Exception {
    List<Device> two = twins(number);
    Encounter.of(two.get(0), two.get(1)).cutAfter(there, back).run();
    List<End> again = Encounter.of(two.get(1), two.get(0)).run();
    assertThat(again).as("cut after %d there, %d back", there, back).allMatch(End::isWhole);
    HonestLedger ledger = new HonestLedger(space.ledger);
    ledger.copy(space.ledger);
    two.get(number % 2).sync(LedgerTransport.to(ledger), SyncListener.NONE);
    assertThat(ledger.changeCount()).as("cut after %d there, %d back", there, back).isEqualTo(8);
    two.forEach(space::close);
  }

  @Test
  void linkThatDiesEachTime_movesForwardEachTime() throws Exception {
    RecordId record = anna.record(TestSpace.note("with a photograph"));
    AttachedPhotograph.attach(anna, record, 700_000, 9);
    int handshake = 3 * 16 * 1024;
    int meetings = 0;
    boolean whole = false;
    while (!whole) {
      whole =
          Encounter.of(anna, basil)
              .cutAfter(handshake + 50_000, Long.MAX_VALUE)
              .run()
              .get(0)
              .isWhole();
      meetings++;
      assertThat(meetings).isLessThan(30);
    }
    assertThat(meetings).isGreaterThan(8);
    assertThat(basil.fsck().problems()).isEmpty();
    space.sync(basil);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("with a photograph");
    assertThat(space.ledger.changeCount()).isEqualTo(3); // session, report, attachment
  }

  @Test
  void cutStoreOpenedAnew_goesOn() throws Exception {
    RecordId record = anna.record(TestSpace.note("with a photograph"));
    AttachedPhotograph.attach(anna, record, 300_000, 9);
    Encounter first = Encounter.of(anna, basil).cutAfter(250_000, Long.MAX_VALUE);
    first.run();
    space.close(basil);
    basil = space.open("basil");
    Encounter second = Encounter.of(anna, basil);
    assertThat(second.run()).allMatch(End::isWhole);
    assertThat(second.toAnswerer.size()).isLessThan(200_000);
  }
}
