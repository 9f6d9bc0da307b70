package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.BuiltOn;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that a bundle brings along, apart from what a circle beside the desk's may open. */
class BroughtAlongTest {

  private static final long STEP_BYTES = 700;
  private static final long PLACE = 3;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device writer;
  private Device keyMaker;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    desk = space.owner("desk");
    desk.addStatement(Court.of(space, desk, desk));
    space.sync(desk);
    writer = space.coordinator(desk, "writer");
    keyMaker = space.coordinator(desk, "key maker");
    space.sync(writer);
    keyMaker.rekey(keyMaker.roster().desk().orElseThrow());
    ByHand.take(writer, List.copyOf(keyMaker.roster().statements()));
    writer.record(
        TestSpace.note("for both")
            .circles(List.of(writer.roster().desk().orElseThrow(), Court.ID)));
  }

  @AfterEach
  void end() {
    space.close();
  }

  @Test
  void bundle_holdsThemInAParcelOfTheirOwn() throws Exception {
    assertThat(writer.exportBundle(new ByteArrayOutputStream(), Long.MAX_VALUE).parcels())
        .isEqualTo(2);
  }

  /** The log said that it lacks them, and the link was cut; all that follows goes by stick. */
  @Test
  void statementOfAnother_thatWaits_isNothingThatTheWriterStillHasToGetThrough() throws Exception {
    long written = writer.state().pending();
    assertThat(BuiltOn.send(writer.holdings())).isTrue();
    assertThat(writer.state().pending()).isEqualTo(written);
    Device courier = space.reporter(desk, "courier");
    Sticks.into(writer, Sticks.there(courier, Sticks.from(writer), space.ledger));
    assertThat(writer.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
    assertThat(writer.state().pending()).isZero();
  }

  @Test
  void bundleOfAnySize_holdsThemOrSaysThatItIsTooSmall() throws Exception {
    assertThat(builtOn(Long.MAX_VALUE)).isNotEmpty();
    long whole = Sticks.from(writer).length;
    int tooSmall = 0;
    int written = 0;
    for (long most = STEP_BYTES; most < whole + 2 * STEP_BYTES; most += STEP_BYTES) {
      try {
        assertThat((long) Sticks.from(writer, most).length).isLessThanOrEqualTo(most);
        written++;
      } catch (RefusedException e) {
        assertThat(e.code()).isEqualTo("bundle.too-small");
        tooSmall++;
      }
      Sticks.from(writer); // The next one begins at the beginning again.
    }
    assertThat(tooSmall).isPositive();
    assertThat(written).isPositive();
  }

  private List<Statement> builtOn(long bytesMax) throws Exception {
    return BuiltOn.besidesOutbox(writer.holdings(), bytesMax);
  }

  /** Epochs that came by hand, each made after the one before; what is written is for the last. */
  private void writeForTheLastOf(int epochs) throws Exception {
    for (int i = 0; i < epochs; i++) {
      keyMaker.rekey(keyMaker.roster().desk().orElseThrow());
    }
    ByHand.take(writer, List.copyOf(keyMaker.roster().statements()));
    writer.record(TestSpace.note("for the last"));
  }

  @Test
  void statements_moreThanHaveRoom_areTheNearestInOrder() throws Exception {
    writeForTheLastOf(4);
    List<Statement> all = builtOn(Long.MAX_VALUE);
    long bytes = all.stream().mapToLong(each -> each.encode().length).sum();

    assertThat(builtOn(bytes)).isEqualTo(all);
    List<Statement> nearest = builtOn(bytes - 1);
    assertThat(nearest).hasSize(all.size() - 1);
    assertThat(all).containsSubsequence(nearest);
    assertThat(nearest).contains(all.get(all.size() - 1));
  }

  @Test
  void bundleInWhichNotAllHaveRoom_bringsTheEpochThatItsChangesAreSealedTo() throws Exception {
    writeForTheLastOf(12);
    long bytes = builtOn(Long.MAX_VALUE).stream().mapToLong(each -> each.encode().length).sum();
    Device courier = space.reporter(desk, "courier");

    Sticks.into(courier, Sticks.from(writer, 3 * bytes));
    space.sync(courier);
    space.sync(courier);
    Sticks.into(writer, Sticks.from(courier));

    assertThat(writer.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }

  /** Whoever answers in the server's place can name one, and end with what the log had signed. */
  @Test
  void epochOfWhichAPlaceIsTold_isBroughtAllTheSame() throws Exception {
    EpochKey sealedTo =
        writer.roster().writingKey(writer.roster().desk().orElseThrow()).orElseThrow();
    StatementId id = StatementId.of(sealedTo.epoch().bytes());
    Statement epoch = writer.roster().statement(id).orElseThrow();
    Holdings holdings = writer.holdings();
    holdings.store().change(rows -> RosterBook.write(rows, epoch, OptionalLong.of(PLACE)));
    Device courier = space.reporter(desk, "courier");

    Sticks.into(writer, Sticks.there(courier, Sticks.from(writer), space.ledger));

    assertThat(writer.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }
}
