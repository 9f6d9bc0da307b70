package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What counts of many suspensions, whoever holds how many of them, and what asking costs. */
class CutsTest {

  private final Organisation org = new Organisation(47);
  private final Person accuser = org.coordinator();
  private final Person rogue = org.coordinator();

  private Person puppet(RosterState seen) {
    Person puppet = org.person();
    Statement invitation = org.invite(seen, rogue, Role.COORDINATOR);
    org.confirm(seen, rogue, org.admit(seen, invitation, puppet));
    return puppet;
  }

  @Test
  void equals_whoSuspendEachOtherAtOnce_areBothSuspended() {
    RosterState before = org.state();
    org.suspend(before, accuser, rogue);
    org.suspend(before, rogue, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isTrue();
    assertThat(org.state().isSuspended(rogue.id())).isTrue();
  }

  @Test
  void suspension_byAnEqualWhoIsSuspended_countsWhateverHeSaysHeHadSeen() {
    RosterState before = org.state();
    org.suspend(accuser, rogue);
    Statement open = org.suspend(rogue, accuser);
    Statement hidden = org.suspend(before, rogue, accuser);

    assertThat(org.verdict(open)).isEqualTo(StatementVerdict.STANDS);
    assertThat(org.verdict(hidden)).isEqualTo(StatementVerdict.STANDS);
  }

  @Test
  void suspensionsOfTheSuspended_endWithAnOwnersWord() {
    org.suspend(accuser, rogue);
    Statement revenge = org.suspend(rogue, accuser);
    org.suspend(org.owner, rogue);

    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().isSuspended(accuser.id())).isFalse();
    assertThat(org.state().isSuspended(rogue.id())).isTrue();
  }

  @Test
  void suspensionsByWhomTheSuspendedLetIn_endWithAnOwnersWord() {
    org.suspend(accuser, rogue);
    Person puppet = puppet(org.state());
    Statement revenge = org.suspend(puppet, accuser);
    org.suspend(org.owner, rogue);

    assertThat(org.verdict(revenge)).isEqualTo(StatementVerdict.VOID);
    assertThat(org.state().isSuspended(accuser.id())).isFalse();
  }

  @Test
  void suspensionsByWhomTheSuspendedLetInSecretly_endWithAnOwnersWord() {
    RosterState before = org.state();
    org.suspend(org.owner, rogue);
    Person puppet = puppet(before);
    Person second = org.person();
    org.confirm(
        before, puppet, org.admit(before, org.invite(before, puppet, Role.COORDINATOR), second));
    org.suspend(before, second, accuser);

    assertThat(org.state().isSuspended(accuser.id())).isFalse();
  }

  @Test
  void cut_ofSomebodyWhoSuspendedAfterHisOwn_leavesThatOut() {
    Statement earlier = org.suspend(rogue, org.reporter());
    org.suspend(accuser, rogue);
    Statement revenge = org.suspend(rogue, accuser);

    assertThat(org.writer().cut(rogue.id(), null).standing())
        .contains(earlier.id())
        .doesNotContain(revenge.id());
  }

  @Test
  void cut_ofSomebodyWhoSuspendedHimself_leavesThatOut() {
    Statement itself = org.suspend(rogue, rogue);

    assertThat(org.writer().cut(rogue.id(), null).standing()).doesNotContain(itself.id());
  }

  @Test
  void cut_ofSomebodyWhoSignedMoreThanMayBeListed_listsTheOldest() {
    Statement first = org.invite(rogue, Role.REPORTER);
    Statement second = org.invite(rogue, Role.REPORTER);
    Statement third = org.invite(rogue, Role.REPORTER);
    int admission = 1;

    assertThat(org.writer().cut(rogue.id(), null, admission + 2).standing())
        .contains(first.id(), second.id())
        .doesNotContain(third.id());
    assertThat(org.writer().cut(rogue.id(), null, admission + 3).standing())
        .contains(first.id(), second.id(), third.id());
  }

  @Test
  void cut_ofSomebodyWhoSignedWhatALaterVersionKnows_letsThatStand() {
    Statement newer = org.add(org.newer(rogue.signing));
    org.suspend(org.owner, rogue);

    assertThat(org.verdict(newer)).isEqualTo(StatementVerdict.NEWER);
  }

  @Test
  void recoveryKey_cannotBeSuspended() {
    DeviceId recovery = org.recoveryId();
    Statement byOwner = org.sign(new Suspension(recovery, null, List.of()), org.owner.signing);
    Statement byItself = org.sign(new Suspension(recovery, null, List.of()), org.recoverySigning);

    assertThat(org.verdict(byOwner)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.verdict(byItself)).isEqualTo(StatementVerdict.POWERLESS);
    assertThat(org.state().isSuspended(recovery)).isFalse();
  }

  @Test
  void replacement_thatListsTheRecoveryKey_doesNotSuspendIt() {
    Person heir = org.person();
    Suspension itself = new Suspension(org.recoveryId(), null, List.of());
    org.add(
        org.writer()
            .replacement(
                org.recoverySigning,
                heir.signing,
                heir.encryption.publicKey(),
                List.of(itself),
                "Heir"));

    assertThat(org.state().isSuspended(org.recoveryId())).isFalse();
  }

  /** Suspensions by the rogue, each after the one before, of keys that never were. */
  private List<Statement> chain(int length) throws Exception {
    List<Statement> chain = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      byte[] id = new byte[DeviceId.SIZE_BYTES];
      id[0] = (byte) (i >> 8);
      id[1] = (byte) i;
      Raw raw = new Raw(org, StatementKind.SUSPENSION);
      raw.heads = chain.isEmpty() ? org.state().heads() : List.of(chain.get(chain.size() - 1).id());
      raw.content(new Suspension(DeviceId.of(id), null, List.of())::write);
      chain.add(Statement.decode(raw.signed(rogue.signing)));
    }
    return chain;
  }

  private long stepsWith(List<Statement> chain) {
    List<Statement> all = new ArrayList<>(org.all);
    all.addAll(chain);
    return org.fold(all).steps();
  }

  @Test
  void fold_ofALongChainOfSuspensions_costsInProportion() throws Exception {
    List<Statement> chain = chain(400);
    org.suspend(rogue, rogue);
    org.suspend(accuser, rogue);
    org.sign(new Suspension(rogue.id(), null, List.of()), org.owner.signing);
    long few = stepsWith(chain.subList(0, 100)) - stepsWith(List.of());
    long many = stepsWith(chain) - stepsWith(List.of());

    assertThat(few).isPositive();
    assertThat(many).isBetween(few, 4 * few + 100);
    assertThat(many).isLessThan(30 * 400);
  }

  @Test
  void fold_ofManySuspensionsByAnEqualOfOneWhoSignedMuch_costsInProportion() throws Exception {
    assertThat(stepsWith(cutOften(200, accuser))).isLessThan(30 * 400);
  }

  @Test
  void fold_ofManySuspensionsByAnOwnerOfOneWhoSignedMuch_costsInProportion() throws Exception {
    assertThat(stepsWith(cutOften(200, org.owner))).isLessThan(30 * 400);
  }

  private List<Statement> cutOften(int times, Person by) throws Exception {
    List<Statement> chain = chain(times);
    for (int i = 0; i < times; i++) {
      Raw raw = new Raw(org, StatementKind.SUSPENSION);
      raw.content(new Suspension(rogue.id(), List.of(), List.of())::write);
      chain.add(Statement.decode(raw.signed(by.signing)));
    }
    return chain;
  }

  /**
   * Any part of a pool of statements about a few coordinators, who cut each other off at every rank
   * and let each other in: folded in any order, and by a reporter who was given his part of it and
   * remembers anything that was ever his.
   */
  @Test
  void anySet_inAnyOrder_andAnyReportersPart_agree() {
    History history = new History(9_000, 90, 3);
    Random random = new Random(5);
    for (int round = 0; round < 1000; round++) {
      List<Statement> some = new ArrayList<>(history.org.all);
      int spared = 2 + random.nextInt(6);
      some.removeIf(each -> each.kind() != StatementKind.GENESIS && random.nextInt(spared) == 0);
      RosterState whole = history.org.fold(some);
      List<String> expected = Verdicts.of(whole);
      Collections.shuffle(some, random);

      assertThat(Verdicts.of(history.org.fold(some))).as("round %d", round).isEqualTo(expected);
      for (DeviceEntry viewer : whole.devices()) {
        if (random.nextInt(4) == 0) {
          List<Statement> part = new ArrayList<>(whole.reporterView(viewer.device()));
          some.stream().filter(any -> random.nextInt(4) == 0).forEach(part::add);
          Verdicts.assertAlike(whole, history.org.fold(part), viewer.device());
        }
      }
    }
  }
}
