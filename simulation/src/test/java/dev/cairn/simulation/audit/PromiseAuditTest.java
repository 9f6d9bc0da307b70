package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PromiseAuditTest {

  private static final RecordId RECORD = RecordId.of(Made.filled(16, 70));
  private static final List<Operation> SAID = List.of(new Operation.Note("n"));

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final HolderFact phone = new HolderFact("phone", Made.PHONE, false);
  private final HolderFact desk = new HolderFact("desk", Made.DESK, true);
  private final ChangeFact session = Made.change(Made.PHONE).make();
  private final ChangeFact report = Made.change(Made.PHONE).after(session).make();
  private final List<StatementFact> people = Made.people();
  private LedgerFact ledger = Made.ledger(people, session, report);

  @BeforeEach
  void reported() {
    account.said.put(report.id, new Saying(Made.PHONE, RECORD, report.id, SAID, 0, 0, Map.of()));
    phone.statements.addAll(people);
    desk.statements.addAll(people);
    hold(phone, session, false);
    hold(phone, report, false);
    hold(desk, session, false);
    hold(desk, report, true);
  }

  private static void hold(HolderFact holder, ChangeFact change, boolean opened) {
    SpokenFact spoken = new SpokenFact(RECORD, true, 1, Set.of(), 1, SAID);
    holder.add(new HeldFact(change, !change.opensSession(), opened ? spoken : null, ""));
  }

  private void judge() {
    new PromiseAudit(findings, account, List.of(phone, desk), ledger, List.of()).judge(true);
  }

  private void promised(java.util.Map<dev.cairn.protocol.id.DeviceId, Set<ChangeId>> promises) {
    promises.put(Made.PHONE, new TreeSet<>(Set.of(report.id)));
  }

  @Test
  void everything_inItsPlace_isFine() {
    promised(account.received);
    promised(account.confirmed);
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void whatWasSaid_goneFromItsDevice_isFound() {
    phone.held.remove(report.id);
    judge();
    assertThat(Made.rules(findings)).containsExactly("said.lost");
  }

  @Test
  void whatWasSaid_onADeviceThatWasPutBack_mayBeGone() {
    phone.held.remove(report.id);
    account.restored.add(Made.PHONE);
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void body_forgottenBeforeADeskHasIt_isFound() {
    phone.held.put(report.id, new HeldFact(report, false, null, "NO_BODY"));
    desk.held.remove(report.id);
    judge();
    assertThat(Made.rules(findings)).contains("said.forgotten");
  }

  @Test
  void received_inNoLog_isFound() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    judge();
    assertThat(Made.rules(findings)).contains("received.lost", "said.stuck");
  }

  @Test
  void received_forgottenByALiarWhomItsAuthorBelieves_isFound() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add("SERVER_ROLLS_BACK");
    judge();
    assertThat(Made.rules(findings)).containsExactly("received.lost");
  }

  @Test
  void received_forgottenByALiarWhomItsAuthorAccuses_isExcused() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add("SERVER_ROLLS_BACK");
    account.accusations.put(Made.PHONE, "it lies");
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void received_forgottenByALiarWhoHasLessThanItsAuthorSaw_isExcused() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add("SERVER_ROLLS_BACK");
    account.parted.add(Made.PHONE);
    judge();
    assertThat(findings.all()).isEmpty();
  }

  private void forgottenByALiarAndByItsAuthor(String lie, boolean putBack) {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add(lie);
    phone.held.remove(report.id);
    if (putBack) {
      account.restored.add(Made.PHONE);
    }
    judge();
  }

  @Test
  void received_forgottenByALiarAndByItsAuthorWhoWasPutBack_isExcused() {
    forgottenByALiarAndByItsAuthor("SERVER_ROLLS_BACK", true);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void received_forgottenByALiarAndByItsAuthorWhoSaidItAfterHeWasPutBack_isFound() {
    account.lifeOfRestore.put(Made.PHONE, 1);
    account.lifeOfSaying.put(report.id, 1);
    forgottenByALiarAndByItsAuthor("SERVER_ROLLS_BACK", true);
    assertThat(Made.rules(findings)).contains("received.lost");
  }

  @Test
  void received_forgottenByALiarAndByItsAuthorWhoWasNotPutBack_isFound() {
    forgottenByALiarAndByItsAuthor("SERVER_ROLLS_BACK", false);
    assertThat(Made.rules(findings)).contains("received.lost");
  }

  @Test
  void received_lostByALiarThatNeverWentBack_isFoundThoughItsAuthorWasPutBack() {
    forgottenByALiarAndByItsAuthor("SERVER_FORKS", true);
    assertThat(Made.rules(findings)).contains("received.lost");
  }

  @Test
  void received_forgottenByALiarAndHeldByItsAuthorWhoWasPutBack_isFound() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add("SERVER_ROLLS_BACK");
    account.restored.add(Made.PHONE);
    judge();
    assertThat(Made.rules(findings)).contains("received.lost");
  }

  private List<String> withdrawnWithABody(boolean cutOffBefore) {
    ChangeFact withdrawal = Made.change(Made.DESK).erases(report.id).make();
    List<StatementFact> statements = new ArrayList<>(people);
    if (cutOffBefore) {
      statements.add(Made.suspension(Made.OWNER, Made.DESK, withdrawal));
    }
    ledger = Made.ledger(statements, session, report, withdrawal);
    judge();
    return Made.rules(findings);
  }

  @Test
  void body_ofWhatWasWithdrawn_isFound() {
    assertThat(withdrawnWithABody(false)).contains("body.kept");
  }

  @Test
  void body_ofWhatWasWithdrawnByWhoWasCutOffWhenItCame_mayBeKept() {
    assertThat(withdrawnWithABody(true)).doesNotContain("body.kept");
  }

  private void forgottenByALiarOfWhoIsCutOff(String lie) {
    List<StatementFact> cut = new ArrayList<>(people);
    cut.add(Made.suspension(Made.OWNER, Made.PHONE, null));
    ledger = Made.ledger(cut, session);
    promised(account.received);
    account.lies.add(lie);
    desk.held.clear();
    desk.order.clear();
    judge();
  }

  @Test
  void received_forgottenByALiarOfWhoIsCutOff_isExcused() {
    forgottenByALiarOfWhoIsCutOff("SERVER_ROLLS_BACK");
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void received_lostByALiarThatNeverWentBackOfWhoIsCutOff_isFound() {
    forgottenByALiarOfWhoIsCutOff("SERVER_FORKS");
    assertThat(Made.rules(findings)).containsExactly("received.lost");
  }

  @Test
  void received_lostByALiarThatNeverWentBack_isFoundThoughItsAuthorAccuses() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.lies.add("SERVER_FORKS");
    account.accusations.put(Made.PHONE, "it lies");
    judge();
    assertThat(Made.rules(findings)).containsExactly("received.lost");
  }

  @Test
  void received_lostWithTheServerAndHeldByADesk_isFound() {
    ledger = Made.ledger(people);
    promised(account.received);
    account.restores.add(Made.restore(0, 1));
    phone.held.clear();
    phone.order.clear();
    account.restored.add(Made.PHONE);
    judge();
    assertThat(Made.rules(findings)).containsExactly("received.lost");
  }

  @Test
  void received_lostWithTheServerAndHeldByItsAuthor_isFound() {
    ledger = Made.ledger(people);
    promised(account.received);
    account.restores.add(Made.restore(0, 1));
    desk.held.clear();
    desk.order.clear();
    judge();
    assertThat(Made.rules(findings)).containsExactly("received.lost", "said.stuck");
  }

  @Test
  void received_lostWithTheServerAndHeldByNobody_isGone() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    account.restores.add(Made.restore(0, 1));
    withoutBody(phone);
    withoutBody(desk);
    account.confirmed.put(Made.OTHER, Set.of(report.id));
    account.restored.add(Made.DESK);
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void received_heldByNobodyOfAServerThatLostNothing_isFound() {
    ledger = Made.ledger(people, session);
    promised(account.received);
    withoutBody(phone);
    withoutBody(desk);
    account.confirmed.put(Made.OTHER, Set.of(report.id));
    account.restored.add(Made.DESK);
    judge();
    assertThat(Made.rules(findings)).contains("received.lost");
  }

  @Test
  void received_lostWithWhatItContinues_isGone() {
    ledger = Made.ledger(people);
    promised(account.received);
    account.restores.add(Made.restore(0, 1));
    for (HolderFact holder : List.of(phone, desk)) {
      holder.held.remove(session.id);
      holder.order.removeIf(each -> each.change().equals(session));
    }
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void confirmed_lostWithTheServerWhileNoDeskWasPutBack_isFound() {
    ledger = Made.ledger(people, session);
    promised(account.confirmed);
    account.restores.add(Made.restore(0, 1));
    withoutBody(phone);
    withoutBody(desk);
    judge();
    assertThat(Made.rules(findings)).containsExactly("confirmed.unopened");
  }

  private void withoutBody(HolderFact holder) {
    HeldFact bodiless = new HeldFact(report, false, null, "NO_BODY");
    holder.held.put(report.id, bodiless);
    holder.order.replaceAll(each -> each.change().equals(report) ? bodiless : each);
  }

  @Test
  void confirmed_openOnNoDesk_isFound() {
    promised(account.confirmed);
    desk.held.put(report.id, new HeldFact(report, true, null, "NO_KEY"));
    judge();
    assertThat(Made.rules(findings)).contains("confirmed.unopened");
  }

  @Test
  void body_goneFromTheLog_isFound() {
    ledger.changes.put(report.id, new LedgerFact.Leaf(10, report, null, false, null));
    judge();
    assertThat(Made.rules(findings)).containsExactly("body.lost");
  }

  @Test
  void change_nobodyTold_isFound() {
    ChangeFact twin = Made.change(Made.PHONE).after(report).make();
    hold(desk, twin, true);
    judge();
    assertThat(Made.rules(findings)).containsExactly("said.unknown");
  }

  @Test
  void change_ofADeviceThatDied_mayBeThere() {
    hold(desk, Made.change(Made.PHONE).after(report).make(), true);
    account.interruptions.put(Made.PHONE, 1);
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void words_thatWereAltered_areFound() {
    SpokenFact other =
        new SpokenFact(RECORD, true, 1, Set.of(), 1, List.of(new Operation.Note("m")));
    desk.held.put(report.id, new HeldFact(report, true, other, ""));
    judge();
    assertThat(Made.rules(findings)).containsExactly("said.altered");
  }

  @Test
  void report_thatIsReceivedAndNotShownSo_isFound() {
    phone.reports.add(new HolderFact.Shown(RECORD, ReportState.SAVED, false, Set.of(report.id), 1));
    judge();
    assertThat(Made.rules(findings)).containsExactly("shown.unreceived");
  }

  @Test
  void sealedReport_thatShowsSomething_isFound() {
    phone.reports.add(
        new HolderFact.Shown(RECORD, ReportState.CONFIRMED, true, Set.of(report.id), 1));
    TrustAudit.sealing(findings, phone);
    assertThat(Made.rules(findings)).containsExactly("sealed.open");
  }

  @Test
  void sealedReport_thatShowsNothing_isFine() {
    phone.reports.add(
        new HolderFact.Shown(RECORD, ReportState.CONFIRMED, true, Set.of(report.id), 0));
    TrustAudit.sealing(findings, phone);
    assertThat(findings.all()).isEmpty();
  }
}
