package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KeptAuditTest {

  private static final RecordId RECORD = RecordId.of(Made.filled(16, 70));

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final HolderFact phone = new HolderFact("phone", Made.PHONE, false);
  private final HolderFact desk = new HolderFact("desk", Made.DESK, true);
  private final ChangeFact report = Made.change(Made.PHONE).make();
  private final List<StatementFact> people = Made.people();

  @BeforeEach
  void known() {
    phone.statements.addAll(people);
    desk.statements.addAll(people);
    account.confirmed.put(Made.PHONE, new TreeSet<>(Set.of(report.id)));
  }

  private void judge(List<StatementFact> logged) {
    new KeptAudit(findings, account, Made.ledger(1, logged)).judge(List.of(phone, desk));
  }

  private void shown(ReportState state) {
    phone.reports.add(new HolderFact.Shown(RECORD, state, false, Set.of(report.id), 0));
  }

  @Test
  void everything_thatIsKept_isFine() {
    shown(ReportState.CONFIRMED);
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void confirmedReport_thatWaitsAgain_isFound() {
    shown(ReportState.SAVED);
    judge(people);
    assertThat(Made.rules(findings)).containsExactly("confirmed.forgotten");
  }

  @Test
  void confirmedReport_whoseCoordinatorMayBeCutOff_mayWait() {
    shown(ReportState.SAVED);
    account.cutOff.add(Made.DESK);
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void confirmedReport_ofWhichSomethingWasWithdrawn_mayWait() {
    shown(ReportState.RECEIVED);
    account.erased.add(report.id);
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  private void withdrawnInTheLogBy(DeviceId author) {
    ChangeFact words = Made.change(Made.PHONE).after(report).make();
    account.confirmed.put(Made.PHONE, new TreeSet<>(Set.of(words.id)));
    phone.reports.add(
        new HolderFact.Shown(RECORD, ReportState.RECEIVED, false, Set.of(words.id), 0));
    ChangeFact withdrawal = Made.change(author).erases(words.id).make();
    new KeptAudit(findings, account, Made.ledger(1, people, report, words, withdrawal))
        .judge(List.of(phone, desk));
  }

  @Test
  void confirmedReport_ofWhichTheLogSaysThatSomethingWasWithdrawn_mayWait() {
    withdrawnInTheLogBy(Made.DESK);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void confirmedReport_thatWaitsAgainAndSomebodyWithoutTheRightWithdrew_isFound() {
    withdrawnInTheLogBy(Made.OTHER);
    assertThat(Made.rules(findings)).containsExactly("confirmed.forgotten");
  }

  @Test
  void confirmedReport_withMoreInItSince_mayWait() {
    ChangeFact more = Made.change(Made.PHONE).after(report).make();
    Set<dev.cairn.protocol.id.ChangeId> both = Set.of(report.id, more.id);
    phone.reports.add(new HolderFact.Shown(RECORD, ReportState.SAVED, false, both, 0));
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void confirmedReport_onADeviceThatWasPutBack_mayWait() {
    shown(ReportState.RECEIVED);
    account.restored.add(Made.PHONE);
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void statement_heldByADeskAndNotInTheLog_isFound() {
    desk.statements.add(Made.suspension(Made.OWNER, Made.OTHER, null));
    judge(people);
    assertThat(Made.rules(findings)).containsExactly("statement.lost");
  }

  @Test
  void statement_whoseSignerWasPutBack_mayBeMissing() {
    desk.statements.add(Made.suspension(Made.OWNER, Made.OTHER, null));
    account.restored.add(Made.OWNER);
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void statement_withoutForce_mayBeMissing() {
    desk.statements.add(Made.suspension(Made.PHONE, Made.OTHER, null));
    judge(people);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void device_thatIsInForADeskAndNotInTheLog_isFound() {
    List<StatementFact> fewer = new ArrayList<>(people.subList(0, 5));
    fewer.addAll(people.subList(7, people.size()));
    judge(fewer);
    assertThat(Made.rules(findings)).contains("roster.lost");
  }
}
