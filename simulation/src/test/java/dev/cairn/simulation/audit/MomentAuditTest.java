package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules about what somebody holds, believes or was given, each seen to find and to let pass. */
final class MomentAuditTest {

  private static final RecordId RECORD = RecordId.of(Made.filled(16, 70));
  private static final List<Operation> SAID = List.of(new Operation.Note("n"));

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final HolderFact phone = new HolderFact("phone", Made.PHONE, false);
  private final ChangeFact session = Made.change(Made.PHONE).make();
  private final ChangeFact report = Made.change(Made.PHONE).after(session).make();
  private final LedgerFact ledger = Made.ledger(Made.people(), session, report);

  private void promises(boolean settled) {
    new PromiseAudit(findings, account, List.of(phone), ledger, List.of()).judge(settled);
  }

  private void shown(ReportState state, boolean sealed) {
    phone.reports.add(new HolderFact.Shown(RECORD, state, sealed, Set.of(report.id), 0));
    TrustAudit.sealing(findings, phone);
  }

  private void secrecy() {
    new SecrecyAudit(findings, account).judge(List.of(phone));
  }

  @Test
  void body_thatWasGoneBeforeADeskHadIt_isFound() {
    account.bodiless.put(report.id, Made.PHONE);
    promises(false);
    assertThat(Made.rules(findings)).containsExactly("said.forgotten");
  }

  @Test
  void body_thatWasWithdrawn_mayBeGone() {
    account.bodiless.put(report.id, Made.PHONE);
    account.erased.add(report.id);
    promises(false);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void sealed_withItsKeyStillThere_isFound() {
    phone.keyed.add(RECORD);
    shown(ReportState.RECEIVED, true);
    assertThat(Made.rules(findings)).containsExactly("sealed.key");
  }

  @Test
  void received_andNotSealedWhereItIsSealedOnReceipt_isFound() {
    phone.sealsOnReceipt = true;
    shown(ReportState.RECEIVED, false);
    assertThat(Made.rules(findings)).containsExactly("sealed.not");
  }

  @Test
  void saved_withItsKey_isFine() {
    phone.sealsOnReceipt = true;
    phone.keyed.add(RECORD);
    shown(ReportState.SAVED, false);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_thatCommitsItselfToAnotherKey_mustNotOpen() {
    account.unopenable.add(report.id);
    SpokenFact spoken = new SpokenFact(RECORD, true, 1, Set.of(), 1, SAID);
    phone.add(new HeldFact(report, true, spoken, ""));
    secrecy();
    assertThat(Made.rules(findings)).containsExactly("commitment.other");
  }

  @Test
  void change_ofOthersThatAServerGave_isFound() {
    served(Made.OTHER, report, Made.people());
    secrecy();
    assertThat(Made.rules(findings)).containsExactly("served.others");
  }

  @Test
  void change_forHimThatAServerGaveBeforeHeWasCutOff_isFine() {
    served(Made.OTHER, Made.change(Made.DESK).to(Made.CIRCLE).make(), withCircle(Made.OTHER));
    secrecy();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_forHimThatAServerGaveWhenHeWasCutOff_isFound() {
    List<StatementFact> then = withCircle(Made.OTHER);
    then.add(Made.suspension(Made.OWNER, Made.OTHER, null));
    served(Made.OTHER, Made.change(Made.DESK).to(Made.CIRCLE).make(), then);
    secrecy();
    assertThat(Made.rules(findings)).containsExactly("served.others");
  }

  private void served(DeviceId to, ChangeFact change, List<StatementFact> then) {
    account.served.add(new Account.Served(to, List.of(change), then));
  }

  private static List<StatementFact> withCircle(DeviceId member) {
    List<StatementFact> statements = new ArrayList<>(Made.people());
    statements.add(Made.epoch(Made.DESK, Made.CIRCLE, member));
    return statements;
  }

  @Test
  void change_ofHisOwnThatAServerGave_isFine() {
    served(Made.PHONE, report, Made.people());
    secrecy();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void admission_ofAnotherReporterOnAPhone_isFound() {
    phone.statements.addAll(Made.people());
    secrecy();
    assertThat(Made.rules(findings)).containsExactly("served.roster");
  }

  @Test
  void admission_ofAnotherReporterByALiarWhoRepliedWithItToAnother_isFound() {
    phone.statements.addAll(Made.people());
    account.lies.add("SERVER_REPLAYS");
    account.replayedTo.add(Made.OTHER);
    secrecy();
    assertThat(Made.rules(findings)).containsExactly("served.roster");
  }

  @Test
  void admission_ofAnotherReporterInWhatALiarAnsweredToOthers_isItsAlone() {
    phone.statements.addAll(Made.people());
    account.lies.add("SERVER_REPLAYS");
    account.replayedTo.add(Made.PHONE);
    secrecy();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void twoChanges_ofOneHonestDeviceInOnePlace_areFound() {
    ChangeFact twin = Made.change(Made.PHONE).session(8, -1).make();
    new FeedAudit(findings, account).judge(Made.ledger(Made.people(), session, twin));
    assertThat(Made.rules(findings)).contains("feed.forked");
  }

  @Test
  void twoChanges_ofADeviceThatWasPutBack_areNoFork() {
    account.restored.add(Made.PHONE);
    ChangeFact twin = Made.change(Made.PHONE).session(8, -1).make();
    new FeedAudit(findings, account).judge(Made.ledger(Made.people(), session, twin));
    assertThat(Made.rules(findings)).doesNotContain("feed.forked");
  }

  @Test
  void log_thatNobodySigned_mustNotBeBelieved() {
    ChangeFact.Cited believed = new ChangeFact.Cited(0, 3, "00".repeat(32));
    new BeliefAudit(findings, List.of(ledger), Set.of()).judge(Map.of(believed, "phone"));
    assertThat(Made.rules(findings)).containsExactly("trust.unsigned");
  }

  @Test
  void log_underAnotherKey_mustNotBeBelieved() {
    LogAudit.OwnNote note =
        new LogAudit.OwnNote("log", 3, "00".repeat(32), "log\n3\nAA==\n", "A".repeat(92));
    ChangeFact.Cited believed = new ChangeFact.Cited(0, 3, "00".repeat(32));
    new BeliefAudit(findings, List.of(ledger), Set.of(note)).judge(Map.of(believed, "phone"));
    assertThat(Made.rules(findings)).containsExactly("trust.unsigned");
  }

  @Test
  void log_whoseSignatureWasSpoiltOnItsWay_mustNotBeBelieved() {
    LogAudit.OwnNote note =
        new LogAudit.OwnNote("log", 3, "00".repeat(32), "log\n3\nAA==\n", "A".repeat(91) + "*");
    ChangeFact.Cited believed = new ChangeFact.Cited(0, 3, "00".repeat(32));
    new BeliefAudit(findings, List.of(ledger), Set.of(note)).judge(Map.of(believed, "phone"));
    assertThat(Made.rules(findings)).containsExactly("trust.unsigned");
  }
}
