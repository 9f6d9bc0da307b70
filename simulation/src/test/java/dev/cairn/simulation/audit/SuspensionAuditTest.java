package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SuspensionAuditTest {

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final ChangeFact session = Made.change(Made.OTHER).make();
  private final ChangeFact good = Made.change(Made.OTHER).after(session).make();
  private final ChangeFact late = Made.change(Made.OTHER).after(good).make();

  private static List<StatementFact> with(StatementFact more) {
    List<StatementFact> all = new ArrayList<>(Made.people());
    all.add(more);
    return all;
  }

  private void logged(StatementFact cut, ChangeFact... changes) {
    new SuspensionAudit(findings, account).judge(Made.ledger(with(cut), changes));
  }

  @Test
  void change_withinTheCut_isFine() {
    logged(Made.suspension(Made.DESK, Made.OTHER, good), session, good);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_beyondTheCut_isFound() {
    logged(Made.suspension(Made.DESK, Made.OTHER, good), session, good, late);
    assertThat(Made.rules(findings)).containsExactly("roster.suspended");
  }

  @Test
  void change_afterACutWithoutList_isFound() {
    logged(Made.suspension(Made.DESK, Made.OTHER, null), session);
    assertThat(Made.rules(findings)).containsExactly("roster.suspended");
  }

  @Test
  void change_afterAReportersSuspension_isFine() {
    logged(Made.suspension(Made.PHONE, Made.OTHER, null), session, good);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void change_beyondTheCut_doesNotCount() {
    OwnRoster roster = OwnRoster.of(with(Made.suspension(Made.DESK, Made.OTHER, good)));
    Map<dev.cairn.protocol.id.ChangeId, ChangeFact> held =
        Map.of(session.id, session, good.id, good, late.id, late);
    assertThat(roster.counting(held)).containsExactlyInAnyOrder(session.id, good.id);
  }

  @Test
  void owner_isCutOffByNoCoordinator() {
    OwnRoster roster = OwnRoster.of(with(Made.suspension(Made.DESK, Made.OWNER, null)));
    assertThat(roster.isSuspended(Made.OWNER)).isFalse();
  }

  @Test
  void device_nobodyHas_isFound() {
    HolderFact holder = new HolderFact("desk", Made.DESK, true);
    holder.statements.addAll(Made.people());
    account.known.remove(Made.OTHER);
    believe(holder);
    new SuspensionAudit(findings, account).judge(holder);
    assertThat(Made.rules(findings)).containsExactly("roster.forged");
  }

  private static void believe(HolderFact holder) {
    OwnRoster own = holder.roster();
    for (var device : own.authority().devices()) {
      holder.believed.put(
          device,
          new HolderFact.Believed(
              own.authority().isConfirmed(device),
              own.authority().coordinates(device),
              own.isSuspended(device),
              own.decides(device)));
    }
  }

  @Test
  void role_thatNobodyGave_isFound() {
    HolderFact holder = new HolderFact("desk", Made.DESK, true);
    holder.statements.addAll(Made.people());
    believe(holder);
    new SuspensionAudit(findings, account).judge(holder);
    assertThat(findings.all()).isEmpty();
    holder.believed.put(Made.PHONE, new HolderFact.Believed(true, true, false, true));
    new SuspensionAudit(findings, account).judge(holder);
    assertThat(Made.rules(findings)).containsExactly("roster.role");
  }

  @Test
  void statement_withoutSignatures_isFound() {
    new SuspensionAudit(findings, account).signed(List.of(Made.genesis()));
    assertThat(Made.rules(findings)).containsExactly("roster.signature");
  }
}
