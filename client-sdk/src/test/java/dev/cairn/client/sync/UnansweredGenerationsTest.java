package dev.cairn.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.RecoveryKeys;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which of the generations that an owner signed may be open somewhere without his knowledge. */
class UnansweredGenerationsTest {

  private static final LogAccount.Refill LACKS =
      new LogAccount.Refill(3, false, List.of(), List.of());

  private final Randomness randomness = new Random(5)::nextBytes;
  private final SigningKey owner = SigningKey.generate(randomness);
  private final LogKey waiting = log("waiting");
  private final Statement first = signed(1, log("first"));
  private final Statement second = signed(2, log("second"));

  private LogKey log(String name) {
    return new LogKey(
        new LogOrigin("cairn.test/" + name), SigningKey.generate(randomness).verifyingKey());
  }

  private RosterState roster() {
    EncryptionKey key = EncryptionKey.generate(randomness);
    RecoveryKeys recovery =
        new RecoveryKeys(DeviceId.of(owner.verifyingKey().bytes()), key.publicKey());
    Founding founding =
        Founding.create(
            owner,
            key.publicKey(),
            log("begun"),
            key.publicKey(),
            "Test space",
            "The owner",
            recovery,
            randomness);
    return RosterState.fold(founding.space(), founding.statements());
  }

  private Statement signed(long number, LogKey log) {
    Generation generation = new Generation(number, log, number - 1, 0, CompactTree.empty().root());
    return new RosterWriter(roster(), randomness).sign(generation, owner);
  }

  private static LogAccount account(Optional<LogAccount.Refill> refill) {
    return new LogAccount(0, Encoded.of(new byte[] {0}), List.of(), Optional.empty(), refill);
  }

  private List<Statement> maybeLost(Optional<LogAccount.Refill> refill, LogKey ready, long newest)
      throws RefusedException {
    return UnansweredGenerations.NONE
        .and(first)
        .and(second)
        .maybeLost(account(refill), ready, newest)
        .statements();
  }

  @Test
  void generations_ofAServerThatWasRestored_mayAllHaveBeenOpen() throws Exception {
    assertThat(maybeLost(Optional.of(LACKS), waiting, 0)).containsExactly(first, second);
  }

  @Test
  void generations_ofAServerThatLostNothing_wereNeverOpen() throws Exception {
    assertThat(maybeLost(Optional.empty(), waiting, 0)).isEmpty();
  }

  @Test
  void generation_thatIsKnownToBeOpen_isAnswered() throws Exception {
    assertThat(maybeLost(Optional.of(LACKS), waiting, 1)).containsExactly(second);
  }

  @Test
  void generation_whoseLogStillWaits_wasNeverOpen() throws Exception {
    LogKey still = ((Generation) second.content()).log();
    assertThat(maybeLost(Optional.of(LACKS), still, 0)).containsExactly(first);
  }

  @Test
  void generations_asManyAsAllowed_areKeptAndNoneMore() throws Exception {
    UnansweredGenerations all = UnansweredGenerations.NONE;
    for (int i = 0; i < Limits.UNANSWERED_GENERATIONS_MAX; i++) {
      all = all.and(first);
    }
    assertThat(all.statements()).hasSize(Limits.UNANSWERED_GENERATIONS_MAX);
    UnansweredGenerations full = all;
    assertThatThrownBy(() -> full.and(second))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("generation.unanswered"));
  }
}
