package dev.cairn.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MutantsTest {

  static Stream<Mutant> all() {
    return Mutants.all().stream();
  }

  /** Whoever moves what a mutant changes moves the mutant with it. */
  @ParameterizedTest
  @MethodSource("all")
  void mutant_inTheCodeAsItIs_canBePlanted(Mutant mutant) {
    assertThatCode(() -> new MutantLoader(mutant.plants()).check()).doesNotThrowAnyException();
  }

  @Test
  void mutants_names_areDifferent() {
    assertThat(all().map(Mutant::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skip the fsync",
        "accept a gap",
        "drop one concurrent value",
        "acknowledge before commit",
        "trust the server's key",
        "no parents check",
        "equal clocks tie by arrival",
        "accept a change signed after suspension",
        "skip the R validation",
        "lose the quarantine",
        "take a receipt unchecked",
        "forge a courier's receipt",
        "erase the payload with the body",
        "lose a re-key race",
        "believe a stale snapshot",
        "let an edit overwrite another member's value",
        "count a decision by a reporter",
        "reuse a session key after restart",
        "sign two trees of one size",
        "forget what a desk has not confirmed"
      })
  void mutant_ofTheContract_isThere(String name) {
    assertThat(all().map(Mutant::name)).contains(name);
  }

  private static Verdict notCaught(Mutant mutant, long first, long last, int steps) {
    return new Verdict(mutant.name(), null, null, null);
  }

  private static List<Verdict> tried(List<Mutant> mutants) {
    try (Folders folders = Folders.open()) {
      return new Trials(folders, 1, Scope.WHOLE.steps(), MutantsTest::notCaught)
          .of(mutants, 1, 1, verdict -> {});
    }
  }

  /** The others need worlds and minutes: {@code cairn sim mutants}. */
  @Test
  void mutants_thatNeedNoWorld_areCaught() {
    List<Mutant> quick = all().filter(each -> each.check() == Mutant.Check.SIGNATURE).toList();
    assertThat(tried(quick)).isNotEmpty().allMatch(Verdict::caught);
  }

  @Test
  void mutant_thatChangesNothing_isNotCaught() {
    Plant nothing =
        new Plant(
            "server.sqlite.Sql", "open", new Edit.TextBecomes("jdbc:sqlite:", "jdbc:sqlite:"));
    Mutant harmless = new Mutant("none", Mutant.Check.SIGNATURE, List.of(nothing));
    assertThat(tried(List.of(harmless))).noneMatch(Verdict::caught);
  }
}
