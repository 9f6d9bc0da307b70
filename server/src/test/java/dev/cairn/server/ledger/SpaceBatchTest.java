package dev.cairn.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A roster is folded when something depends on it, not for every statement. */
class SpaceBatchTest {

  private static final Bringer MEMBER = new Bringer(Bringer.Standing.MEMBER, false);
  private static final Bringer COORDINATOR = new Bringer(Bringer.Standing.COORDINATOR, false);

  @TempDir Path directory;
  private final Crew crew = new Crew(6);
  private SqliteLedgerStore store;
  private LedgerTransaction transaction;
  private SpaceBatch batch;

  @BeforeEach
  void open() throws Exception {
    store = SqliteLedgerStore.open(directory.resolve("ledger.sqlite"));
    transaction = store.begin();
    LogHead head = new LogHead(new LogOrigin("test/1"), 0, 0);
    SpaceSnapshot empty = SpaceSnapshot.empty(crew.founding.space(), head);
    batch = new SpaceBatch(transaction, empty, Quotas.standard(), 1000);
    crew.founding.statements().forEach(this::accept);
  }

  @AfterEach
  void close() throws Exception {
    transaction.close();
    store.close();
  }

  private Answer answer(Statement statement) {
    return answer(statement, Bringer.ANYBODY);
  }

  private Answer answer(Statement statement, Bringer by) {
    try {
      return batch.answer(new Offer.OfStatement(statement), by);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept(Statement statement) {
    assertThat(answer(statement)).isInstanceOf(Answer.Placed.class);
  }

  private SigningKey coordinator() {
    int before = crew.roster.statements().size();
    SigningKey coordinator = crew.member(crew.owner, Role.COORDINATOR);
    assertThat(crew.roster.statements()).hasSize(before + 3);
    RosterState known = batch.roster();
    crew.roster.statements().stream()
        .filter(each -> known.statement(each.id()).isEmpty())
        .sorted(java.util.Comparator.comparing(Statement::kind))
        .forEach(this::accept);
    return coordinator;
  }

  @Test
  void manySuspensionsOfUnknownKeys_areFoldedOnce() {
    SigningKey coordinator = coordinator();
    batch.roster();
    int before = batch.folds();
    for (int i = 0; i < 100; i++) {
      accept(crew.suspendNobody(coordinator));
    }
    assertThat(batch.folds()).isEqualTo(before);
    assertThat(batch.roster().statements()).hasSize(106);
    assertThat(batch.folds()).isEqualTo(before + 1);
  }

  @Test
  void manyRefusedStatements_areNotFoldedAtAll() {
    SigningKey coordinator = coordinator();
    batch.roster();
    int before = batch.folds();
    for (int i = 0; i < 20; i++) {
      assertThat(answer(crew.suspend(crew.owner, coordinator))).isInstanceOf(Answer.Refused.class);
      assertThat(answer(crew.suspendNobody(SigningKey.generate(crew.randomness))))
          .isInstanceOf(Answer.Refused.class);
    }
    assertThat(batch.folds()).isEqualTo(before);
  }

  @Test
  void statementAfterOneThatMadeItVoid_isRefused() {
    SigningKey coordinator = coordinator();
    Statement invitation = crew.invite(coordinator);
    accept(crew.suspend(coordinator, crew.owner));

    assertThat(answer(invitation)).isEqualTo(new Answer.Refused("statement.no-authority"));
  }

  @Test
  void statementAfterOneThatMadeItVoid_fromACoordinator_isTakenWithWhatWasBuiltOnIt() {
    SigningKey coordinator = coordinator();
    Statement suspension = crew.suspend(coordinator, crew.owner);
    Statement invitation = crew.add(crew.invite(coordinator));
    Statement built = crew.suspendNobody(crew.owner);
    accept(suspension);

    assertThat(answer(built)).isEqualTo(new Answer.Refused("statement.gap"));
    assertThat(answer(invitation, COORDINATOR)).isInstanceOf(Answer.Placed.class);
    accept(built);
    assertThat(batch.roster().verdict(invitation.id())).contains(StatementVerdict.VOID);
  }

  @Test
  void epochAfterWhatMadeItVoid_fromAMember_isTaken() {
    SigningKey coordinator = coordinator();
    Statement epoch = crew.epoch(coordinator);
    Statement invitation = crew.invite(coordinator);
    accept(crew.suspend(coordinator, crew.owner));

    Answer refused = new Answer.Refused("statement.no-authority");
    assertThat(answer(epoch, Bringer.ANYBODY)).isEqualTo(refused);
    assertThat(answer(invitation, MEMBER)).isEqualTo(refused);
    assertThat(answer(epoch, MEMBER)).isInstanceOf(Answer.Placed.class);
    assertThat(batch.roster().verdict(epoch.id())).contains(StatementVerdict.VOID);
    assertThat(batch.roster().epoch(EpochId.of(epoch.id().bytes()))).isPresent();
  }

  @Test
  void statementWithoutWhatItsSignerHadSeen_isTakenFromWhoIsInAndSaysSo() {
    SigningKey coordinator = coordinator();
    crew.add(crew.suspendNobody(coordinator));
    Statement epoch = crew.add(crew.epoch(coordinator));
    crew.add(crew.suspendNobody(coordinator));
    Statement invitation = crew.add(crew.invite(coordinator));
    Statement built = crew.suspendNobody(coordinator);

    Answer gap = new Answer.Refused("statement.gap");
    assertThat(answer(epoch, new Bringer(Bringer.Standing.ANYBODY, true))).isEqualTo(gap);
    assertThat(answer(epoch, MEMBER)).isEqualTo(gap);
    assertThat(answer(epoch, new Bringer(Bringer.Standing.MEMBER, true)))
        .isInstanceOf(Answer.Placed.class);
    assertThat(answer(invitation, COORDINATOR)).isEqualTo(gap);
    assertThat(answer(invitation, new Bringer(Bringer.Standing.COORDINATOR, true)))
        .isInstanceOf(Answer.Placed.class);
    assertThat(answer(built, Bringer.ANYBODY)).isInstanceOf(Answer.Placed.class);
  }

  /** He cannot tell what is in it, nor whether what it builds on is on another stick. */
  @Test
  void statementThatACarrierBrings_withoutWhatItsSignerHadSeen_isTakenOrToBeBroughtAgain() {
    SigningKey coordinator = coordinator();
    accept(crew.suspend(coordinator, crew.owner));
    crew.add(crew.suspendNobody(coordinator));
    Statement epoch = crew.add(crew.epoch(coordinator));
    crew.add(crew.suspendNobody(coordinator));
    Statement invitation = crew.add(crew.invite(coordinator));

    Answer gap = new Answer.Refused("statement.gap");
    assertThat(answer(epoch, Bringer.carrier(false))).isEqualTo(gap);
    assertThat(answer(invitation, Bringer.carrier(true)))
        .as("void for good")
        .isEqualTo(new Answer.Refused("statement.no-authority"));
    SigningKey unheard = crew.member(crew.owner, Role.COORDINATOR);
    Statement early = crew.add(crew.invite(unheard));
    assertThat(answer(early, Bringer.carrier(true))).as("of a right to come").isEqualTo(gap);
    assertThat(answer(early, new Bringer(Bringer.Standing.MEMBER, true)))
        .isEqualTo(new Answer.Refused("statement.no-authority"));
    assertThat(answer(invitation, new Bringer(Bringer.Standing.MEMBER, true)))
        .isEqualTo(new Answer.Refused("statement.no-authority"));
    assertThat(answer(epoch, Bringer.carrier(true))).isInstanceOf(Answer.Placed.class);
    assertThat(answer(crew.suspendNobody(coordinator), Bringer.carrier(true)))
        .as("of who lost his right, an epoch only")
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void statementOfWhoNeverHadTheRight_fromACoordinator_isRefused() {
    SigningKey stranger = SigningKey.generate(crew.randomness);

    assertThat(answer(crew.suspendNobody(stranger), COORDINATOR))
        .isEqualTo(new Answer.Refused("statement.no-authority"));
  }

  @Test
  void generationAfterWhatMadeItVoid_fromACoordinator_isRefused() {
    LogKey log = new LogKey(new LogOrigin("test/2"), crew.recovery.verifyingKey());
    Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
    Statement generation = crew.sign(new Generation(1, log, 0, 0, root), crew.owner);
    accept(crew.suspend(crew.owner, crew.recovery));

    assertThat(answer(generation, COORDINATOR))
        .isEqualTo(new Answer.Refused("statement.no-authority"));
  }

  @Test
  void admissionInTheSameBatchAsItsInvitation_isAccepted() {
    SigningKey oneTime = SigningKey.generate(crew.randomness);
    Statement invitation = crew.add(crew.invite(crew.owner, Role.REPORTER, oneTime));
    accept(invitation);

    accept(crew.admit(invitation, oneTime, SigningKey.generate(crew.randomness)));
  }

  @Test
  void suspensionOfOneWhoComesInLater_isSeenAtOnce() {
    SigningKey later = SigningKey.generate(crew.randomness);
    SigningKey oneTime = SigningKey.generate(crew.randomness);
    accept(crew.suspend(later, crew.owner));
    Statement invitation = crew.add(crew.invite(crew.owner, Role.REPORTER, oneTime));
    accept(invitation);
    accept(crew.admit(invitation, oneTime, later));

    assertThat(batch.roster().isSuspended(Crew.id(later))).isTrue();
  }

  @Test
  void earlierRoster_askedForAgain_isTheSame() {
    EarlierRosters earlier = new EarlierRosters();
    RosterState first = earlier.of(3, () -> crew.roster);
    RosterState again = earlier.of(3, () -> RosterState.fold(crew.roster.space(), List.of()));

    assertThat(again).isSameAs(first);
  }

  @Test
  void earlierRosters_ofMoreThanAreKept_areFoldedAgain() {
    EarlierRosters earlier = new EarlierRosters();
    RosterState other = RosterState.fold(crew.roster.space(), List.of());
    for (int statements = 1; statements <= 3; statements++) {
      earlier.of(statements, () -> crew.roster);
    }

    assertThat(earlier.of(3, () -> other)).isSameAs(crew.roster);
    assertThat(earlier.of(1, () -> other)).isSameAs(other);
  }
}
