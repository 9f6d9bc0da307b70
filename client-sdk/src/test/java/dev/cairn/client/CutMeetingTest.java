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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meetings whose link dies: nothing is lost, nothing comes twice, and each goes on. */
class CutMeetingTest {

  private static final int LINE_BYTES = 16;

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
    int number = 1;
    for (long cut : cuts(whole.toAnswerer.toByteArray())) {
      cutAndMeetAgain(number++, cut, Long.MAX_VALUE);
    }
    for (long cut : cuts(whole.toCaller.toByteArray())) {
      cutAndMeetAgain(number++, Long.MAX_VALUE, cut);
    }
    assertThat(number).isGreaterThan(20);
  }

  /**
   * Where a stream is cut: at its beginning, before and after the last byte of every message. What
   * came of a message that is not whole has no effect, so every other byte is like one of these.
   */
  private static List<Long> cuts(byte[] said) {
    List<Long> cuts = new ArrayList<>(List.of(0L));
    int at = LINE_BYTES;
    while (at < said.length) {
      int info = said[at] & 0x1f;
      int head = info < 24 ? 1 : 1 + (1 << (info - 24));
      int length = info < 24 ? info : 0;
      for (int i = 1; i < head; i++) {
        length = length << 8 | (said[at + i] & 0xff);
      }
      at += head + length;
      cuts.add(at - 1L);
      cuts.add((long) at);
    }
    return cuts;
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
