package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SettledField;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reporter learns of decisions about his report. */
class DecisionsTest {

  private static final Field PLACE = Field.of(KnownField.PLACE_EN);
  private static final Operation.Outcome TARTUS =
      new Operation.Outcome.Value(CborValue.of("Tartus"));

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private RecordId record;
  private ChangeId first;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 5);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    record = phone.record(TestSpace.note("first"));
    first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ChangeId tell(Operation operation) throws Exception {
    ChangeId change =
        desk.write(
            WriteRequest.to(record, RecordKind.INCIDENT.code(), List.of(first), List.of(operation))
                .circles(
                    List.of(
                        desk.roster().desk().orElseThrow(),
                        Circles.device(phone.profile().device()))));
    space.sync(desk);
    space.sync(phone);
    return change;
  }

  private ChangeId decide() throws Exception {
    return tell(new Operation.Decide(PLACE, List.of(first), TARTUS, "two witnesses"));
  }

  @Test
  void decision_aboutAReport_isShownToItsReporter() throws Exception {
    ChangeId decision = decide();

    assertThat(phone.show(record).decisions())
        .singleElement()
        .satisfies(
            settled -> {
              assertThat(settled.id()).isEqualTo(decision);
              assertThat(settled.field()).isEqualTo(PLACE);
              assertThat(settled.outcome()).isEqualTo(TARTUS);
              assertThat(settled.reason()).isEqualTo("two witnesses");
              assertThat(settled.undone()).isFalse();
            });
  }

  @Test
  void decision_aboutAReport_isNoQuestionAboutIt() throws Exception {
    decide();

    assertThat(phone.show(record).questions()).isEmpty();
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void decision_takenBack_isShownAsUndone() throws Exception {
    ChangeId decision = decide();
    tell(new Operation.UndoDecision(decision, "mistaken"));

    assertThat(phone.show(record).decisions())
        .extracting(SettledField::undone)
        .containsExactly(true);
  }

  @Test
  void decision_dismissed_isGoneWithItsKey() throws Exception {
    decide();

    phone.dismiss(record);

    assertThat(phone.show(record).decisions()).isEmpty();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void decision_afterReopeningTheStore_isStillThere() throws Exception {
    decide();
    space.close(phone);
    phone = space.open("phone");

    assertThat(phone.show(record).decisions()).hasSize(1);
  }
}
