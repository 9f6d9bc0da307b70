package dev.cairn.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Move;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an owner brings to a new server, and what is too much for it. */
class MoveFoundingTest {

  private final Randomness randomness = new Random(11)::nextBytes;
  private final SigningKey owner = SigningKey.generate(randomness);
  private final EncryptionKey key = EncryptionKey.generate(randomness);
  private final RecoverySecret secret = RecoverySecret.generate(randomness);
  private final Founding founding =
      Founding.create(
          owner,
          key.publicKey(),
          log("begun"),
          key.publicKey(),
          "Test space",
          "The owner",
          secret.publicKeys(),
          randomness);
  private final RosterState begun = RosterState.fold(founding.space(), founding.statements());
  private final RosterWriter writer = new RosterWriter(begun, randomness);

  private LogKey log(String name) {
    return new LogKey(
        new LogOrigin("cairn.test/" + name), SigningKey.generate(randomness).verifyingKey());
  }

  private Statement generation(long number) {
    Generation next =
        new Generation(number, log("life/" + number), number - 1, 0, CompactTree.empty().root());
    return writer.sign(next, owner);
  }

  private Statement move() {
    ServerAddress address = new ServerAddress("http://new", null);
    return writer.sign(new Move(address, log("new"), key.publicKey(), List.of()), owner);
  }

  private Statement replacement(int standing) {
    List<StatementId> ids = new ArrayList<>();
    for (int i = 0; i < standing; i++) {
      ids.add(StatementId.of(randomness.bytes(StatementId.SIZE_BYTES)));
    }
    ids.sort(Comparator.naturalOrder());
    DeviceId nobody = DeviceId.of(SigningKey.generate(randomness).verifyingKey().bytes());
    return writer.replacement(
        secret.signingKey(),
        SigningKey.generate(randomness),
        key.publicKey(),
        List.of(new Suspension(nobody, List.of(), ids)),
        "Heir");
  }

  private List<Statement> founding(List<Statement> more) throws RefusedException {
    Statement move = move();
    return MoveFounding.of(begun.with(more).with(move), move);
  }

  private List<Statement> generations(int count) {
    List<Statement> generations = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      generations.add(generation(number));
    }
    return generations;
  }

  private static List<StatementKind> kinds(List<Statement> statements) {
    return statements.stream().map(Statement::kind).collect(Collectors.toList());
  }

  @Test
  void founding_isGenesisReplacementsGenerationsInOrderAndTheMove() throws Exception {
    List<Statement> generations = generations(3);
    List<Statement> given = new ArrayList<>(generations);
    given.add(replacement(1));

    List<Statement> found = founding(given);
    assertThat(kinds(found))
        .containsExactly(
            StatementKind.GENESIS,
            StatementKind.REPLACEMENT,
            StatementKind.GENERATION,
            StatementKind.GENERATION,
            StatementKind.GENERATION,
            StatementKind.MOVE);
    assertThat(found.subList(2, 5)).isEqualTo(generations);
  }

  /** Two owners opened one at once: everybody follows one of them. */
  @Test
  void founding_ofSeveralGenerationsOfOneNumber_bringsTheOneThatIsFollowed() throws Exception {
    List<Statement> rivals = List.of(generation(1), generation(1), generation(1));
    Statement followed = rivals.stream().min(Comparator.comparing(Statement::id)).orElseThrow();

    List<Statement> found = founding(rivals);
    assertThat(found).hasSize(3).contains(followed);
  }

  private void isTooLarge(List<Statement> more, String... said) {
    assertThatThrownBy(() -> founding(more))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("move.too-large"))
        .hasMessageContainingAll(said);
  }

  @Test
  void founding_ofAsManyStatementsAsAServerTakes_andOfOneMore() throws Exception {
    List<Statement> most = generations(Limits.MOVE_STATEMENTS_MAX - 2);
    assertThat(founding(most)).hasSize(Limits.MOVE_STATEMENTS_MAX);

    List<Statement> more = new ArrayList<>(most);
    more.add(generation(Limits.MOVE_STATEMENTS_MAX - 1));
    isTooLarge(more, " 0 and " + (Limits.MOVE_STATEMENTS_MAX - 1));
  }

  @Test
  void founding_ofAsManyBytesAsAServerTakes_andOfMore() throws Exception {
    List<Statement> replacements = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      replacements.add(replacement(Limits.STANDING_STATEMENTS_MAX));
    }
    int room = Limits.MOVE_BYTES_MAX - FirstContact.stream(founding(replacements)).length;
    int without = FirstContact.stream(founding(List.of(replacement(0)))).length;
    int fitting = (room - without) / 34;
    assertThat(fitting).isBetween(1, Limits.STANDING_STATEMENTS_MAX);

    List<Statement> most = new ArrayList<>(replacements);
    most.add(replacement(fitting));
    assertThat(FirstContact.stream(founding(most)).length)
        .isBetween(Limits.MOVE_BYTES_MAX - 10_000, Limits.MOVE_BYTES_MAX);

    List<Statement> more = new ArrayList<>(replacements);
    more.add(replacement(Limits.STANDING_STATEMENTS_MAX));
    isTooLarge(more, "8 replacements", String.valueOf(Limits.MOVE_BYTES_MAX));
  }
}
