package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What has to be on a desk: {@link Made#OTHER} obeys nothing, everybody else is honest. */
final class ArrivalAuditTest {

  private static final CircleId OF_DESK = OwnRoster.ownCircle(Made.DESK);
  private static final CircleId OF_OWNER = OwnRoster.ownCircle(Made.OWNER);

  private final Findings findings = new Findings();
  private final HolderFact desk = new HolderFact("desk", Made.DESK, true);
  private final List<StatementFact> people = new ArrayList<>(Made.people());

  private void judge(ChangeFact... logged) {
    people.add(Made.epoch(Made.OWNER, Made.CIRCLE, Made.OWNER, Made.DESK));
    people.add(Made.epoch(Made.DESK, OF_DESK, Made.DESK));
    people.add(Made.epoch(Made.OWNER, OF_OWNER, Made.OWNER));
    desk.statements.addAll(people);
    LedgerFact ledger = Made.ledger(people, logged);
    new ArrivalAudit(findings, Made.account(), List.of(desk), ledger).judge();
  }

  private void hold(ChangeFact change) {
    SpokenFact spoken =
        new SpokenFact(
            RecordId.of(Made.filled(16, 70)),
            true,
            1,
            Set.of(),
            1,
            List.of(new Operation.Note("")));
    desk.add(new HeldFact(change, !change.opensSession(), spoken, ""));
  }

  @Test
  void change_toItsReadersOnADesk_isFine() {
    ChangeFact said = Made.change(Made.OTHER).make();
    hold(said);
    judge(said);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_toItsReadersAndNotOnADesk_isFound() {
    judge(Made.change(Made.OTHER).make());
    assertThat(Made.rules(findings)).containsExactly("desk.lost");
  }

  @Test
  void change_ofARogueToADeskAlone_needNotBeKept() {
    ChangeFact session = Made.change(Made.OTHER).to(OF_DESK).make();
    judge(session, Made.change(Made.OTHER).after(session).to(OF_DESK).make());
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_ofARogueToADeskAndItsReaders_isFound() {
    judge(Made.change(Made.OTHER).to(OF_DESK, Made.CIRCLE).make());
    assertThat(Made.rules(findings)).containsExactly("desk.lost");
  }

  @Test
  void change_ofARogueToADeskAndADeviceItIsNot_needNotBeKept() {
    judge(Made.change(Made.OTHER).to(OF_DESK, OF_OWNER).make());
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_ofSomebodyHonestToADeskAlone_isFound() {
    judge(Made.change(Made.PHONE).to(OF_DESK).make());
    assertThat(Made.rules(findings)).containsExactly("desk.lost");
  }

  @Test
  void change_ofADeskToItselfAlone_isFound() {
    judge(Made.change(Made.DESK).to(OF_DESK).make());
    assertThat(Made.rules(findings)).containsExactly("desk.lost");
  }

  @Test
  void change_toAnotherDeviceAlone_isNotAskedFor() {
    judge(Made.change(Made.PHONE).to(OF_OWNER).make());
    assertThat(findings.all()).isEmpty();
  }
}
