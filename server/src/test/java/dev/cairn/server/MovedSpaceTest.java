package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Move;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A space that was founded elsewhere is founded here again if an owner says, in statements that
 * stand by themselves, that this server's keys are where it goes on; and by nobody else's word.
 */
class MovedSpaceTest extends FaultyLedger {

  private static final LogOrigin BURNT = new LogOrigin("burnt/1");

  private TestSpace moved;
  private LogKey here;

  @BeforeEach
  void elsewhere() throws StoreException {
    moved =
        new TestSpace(
            5,
            new ServerInvitation(
                new ServerAddress("http://burnt", null),
                signer.logKey(BURNT),
                EncryptionKey.generate(space.randomness).publicKey(),
                Secret.take(new byte[16]),
                TestSpace.LATER_SECONDS));
    here = signer.logKey(origin);
  }

  private Statement opening(long number, LogKey log) {
    return moved.add(
        moved
            .writer()
            .sign(
                new Generation(number, log, number - 1, 0, CompactTree.empty().root()),
                moved.owner.key));
  }

  private Statement move(LogKey log, EncryptionPublicKey bundle) {
    return moved.add(
        moved.writer().move(new ServerAddress("http://here", null), log, bundle, moved.owner.key));
  }

  private Statement genesis() {
    return moved.founding.genesis();
  }

  private List<Statement> honest() {
    return List.of(genesis(), opening(1, here), move(here, bundleKey.publicKey()));
  }

  private List<Answer> found(List<Statement> statements) throws Exception {
    return ledger.create(code, statements, NOW);
  }

  private void isRefused(List<Statement> statements) throws Exception {
    assertThatThrownBy(() -> found(statements))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("space.invalid"));
    restart();
    assertThat(ledger.snapshot(moved.id)).isEmpty();
  }

  private SpaceSnapshot snapshot() {
    return ledger.snapshot(moved.id).orElseThrow();
  }

  private Answer push(Statement statement) throws StoreException {
    Submission one = new Submission(moved.id, List.of(new Offer.OfStatement(statement)));
    return ledger.accept(List.of(one), NOW).get(0).get(0);
  }

  @Test
  void movedSpace_goesOnUnderThisServersLog_asTheNextGeneration() throws Exception {
    List<Statement> statements = honest();
    assertThat(found(statements))
        .containsExactly(
            new Answer.Placed(List.of(0L)),
            new Answer.Placed(List.of(1L)),
            new Answer.Placed(List.of(2L)));
    restart();

    assertThat(snapshot().head()).isEqualTo(new LogHead(origin, 1, 3));
    assertThat(snapshot().checkpoint().checkpoint().origin()).isEqualTo(origin);
    assertThat(signed).allMatch(each -> each.origin().equals(origin));
    try (LedgerView view = store.view()) {
      assertThat(view.ended(moved.id, 0)).isEmpty();
    }
  }

  @Test
  void movedSpace_askedAgain_sameAnswers() throws Exception {
    List<Statement> statements = honest();
    List<Answer> first = found(statements);
    restart();

    assertThat(found(statements)).isEqualTo(first);
  }

  @Test
  void movedSpace_takesWhatWasWrittenBefore_andOpensTheNextGeneration() throws Exception {
    List<Statement> earlier = moved.admit(new TestDevice(moved.randomness));
    found(honest());
    for (Statement statement : moved.founding.statements()) {
      assertThat(push(statement)).isInstanceOf(Answer.Placed.class);
    }
    assertThat(push(earlier.get(0))).isInstanceOf(Answer.Placed.class);
    assertThat(push(earlier.get(1))).isInstanceOf(Answer.Placed.class);
    ledger.refills().prepare(moved.id, () -> new LogOrigin("test/next"));
    LogKey waiting = ledger.refills().account(moved.id, moved.owner.id).waiting().orElseThrow();

    assertThat(push(opening(2, waiting))).isInstanceOf(Answer.Placed.class);
    assertThat(snapshot().head().generation()).isEqualTo(2);
  }

  @Test
  void movedSpace_thatHadGenerations_bringsTheirChain() throws Exception {
    Statement first = opening(1, signer.logKey(new LogOrigin("burnt/2")));
    Statement second = opening(2, here);
    found(List.of(genesis(), first, second, move(here, bundleKey.publicKey())));

    assertThat(snapshot().head().generation()).isEqualTo(2);
  }

  @Test
  void movedSpace_withoutTheGenerationBefore_isRefused() throws Exception {
    opening(1, signer.logKey(new LogOrigin("burnt/2")));
    isRefused(List.of(genesis(), opening(2, here), move(here, bundleKey.publicKey())));
  }

  @Test
  void genesisOfElsewhere_alone_isRefused() throws Exception {
    isRefused(moved.founding.statements());
  }

  @Test
  void moveWithoutGeneration_isRefused() throws Exception {
    Statement move = move(here, bundleKey.publicKey());
    isRefused(List.of(genesis(), move, moved.founding.own().statement()));
  }

  @Test
  void generationWithoutMove_isRefused() throws Exception {
    isRefused(List.of(genesis(), opening(1, here), moved.founding.own().statement()));
  }

  @Test
  void moveToAnotherLog_isRefused() throws Exception {
    LogKey other = signer.logKey(new LogOrigin("other/1"));
    isRefused(List.of(genesis(), opening(1, other), move(other, bundleKey.publicKey())));
  }

  @Test
  void moveToAnotherBundleKey_isRefused() throws Exception {
    EncryptionPublicKey other = EncryptionKey.generate(moved.randomness).publicKey();
    isRefused(List.of(genesis(), opening(1, here), move(here, other)));
  }

  /** An old move, replayed with the invitation that a thief has found. */
  @Test
  void moveThatWasMadeForHere_andANewerGenerationElsewhere_isRefused() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    statements.add(opening(2, signer.logKey(new LogOrigin("elsewhere/2"))));
    isRefused(statements);
  }

  @Test
  void moveByACoordinator_isRefused() throws Exception {
    TestDevice thief = new TestDevice(moved.randomness);
    moved.admit(thief, Role.COORDINATOR, 1);
    Statement opening =
        moved.writer().sign(new Generation(1, here, 0, 0, CompactTree.empty().root()), thief.key);
    Statement move =
        moved
            .writer()
            .move(new ServerAddress("http://here", null), here, bundleKey.publicKey(), thief.key);
    isRefused(List.of(genesis(), opening, move));
  }

  /** Nobody pays for what a founding brings, so nothing comes with it that has no force. */
  @Test
  void moveBesideOneWithoutForce_isRefused() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    TestDevice stranger = new TestDevice(moved.randomness);
    statements.add(
        moved
            .writer()
            .move(new ServerAddress("http://x", null), here, bundleKey.publicKey(), stranger.key));
    isRefused(statements);
  }

  @Test
  void moveByAnOwnerCutOff_isRefused_whereTheCutIsKnown() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    statements.add(
        moved.writer().sign(new Suspension(moved.owner.id, List.of(), List.of()), moved.owner.key));
    isRefused(statements);
  }

  @Test
  void moveWithWhatIsNoPartOfIt_isRefused() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    SigningKey oneTime = SigningKey.generate(moved.randomness);
    statements.add(moved.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS));
    isRefused(statements);
  }

  @Test
  void moveTwiceInOneFounding_isRefused() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    statements.add(statements.get(2));
    isRefused(statements);
  }

  @Test
  void moveOfAnotherSpace_isRefused() throws Exception {
    List<Statement> statements = new ArrayList<>(honest());
    statements.set(0, space.founding.genesis());
    isRefused(statements);
  }

  @Test
  void stolenInvitation_usedForASpaceOfTheThief_keepsTheOwnerOut() throws Exception {
    create();
    assertThatThrownBy(() -> found(honest()))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("space.code-unknown"));
  }

  @Test
  void thirdGeneration_forALogThatNeverWasHere_isRefused() throws Exception {
    found(honest());
    Answer answer = push(opening(1, signer.logKey(new LogOrigin("elsewhere/1"))));

    assertThat(answer).isEqualTo(new Answer.Refused("generation.other"));
  }

  @Test
  void secondMove_isLogged_andTellsWhoeverAsks() throws Exception {
    found(honest());
    Statement away = move(signer.logKey(new LogOrigin("elsewhere/1")), bundleKey.publicKey());

    assertThat(push(away)).isInstanceOf(Answer.Placed.class);
    assertThat(snapshot().roster().moves()).containsOnlyKeys(away.id());
    assertThat(((Move) away.content()).superseded()).isNotEmpty();
  }
}
