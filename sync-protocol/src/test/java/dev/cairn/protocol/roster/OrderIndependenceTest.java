package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state is a function of the set: no order, repetition or batching shows in it. */
class OrderIndependenceTest {

  @Test
  void smallRoster_inEveryOrder_foldsAlike() {
    Organisation org = new Organisation(17);
    Person coordinator = org.person();
    Statement admission = org.admit(org.invite(org.owner, Role.COORDINATOR), coordinator);
    RosterState before = org.state();
    org.confirm(org.owner, admission);
    org.suspend(before, org.owner, coordinator);
    List<Statement> changing = new ArrayList<>(org.all);
    changing.remove(org.founding.own().statement());
    List<String> expected = Answers.of(org.fold(changing));

    assertThat(changing).hasSize(6);
    permute(changing, 0, order -> assertThat(Answers.of(org.fold(order))).isEqualTo(expected));
  }

  private static void permute(
      List<Statement> list, int from, java.util.function.Consumer<List<Statement>> check) {
    if (from == list.size() - 1) {
      check.accept(list);
      return;
    }
    for (int i = from; i < list.size(); i++) {
      Collections.swap(list, from, i);
      permute(list, from + 1, check);
      Collections.swap(list, from, i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104})
  void longHistory_shuffledAndRepeated_foldsAlike(long seed) {
    History history = new History(seed, 60);
    List<String> expected = Answers.of(history.org.state());
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      List<Statement> order = new ArrayList<>(history.org.all);
      order.addAll(order.subList(0, order.size() / 3));
      Collections.shuffle(order, random);

      assertThat(Answers.of(history.org.fold(order))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {111, 112, 113})
  void longHistory_inBatches_foldsToTheSame(long seed) {
    History history = new History(seed, 40);
    List<Statement> order = new ArrayList<>(history.org.all);
    Collections.shuffle(order, new Random(seed));
    RosterState state = history.org.fold(List.of());
    for (int from = 0; from < order.size(); from += 7) {
      state = state.with(order.subList(from, Math.min(order.size(), from + 7)));
    }

    assertThat(Answers.of(state)).isEqualTo(Answers.of(history.org.state()));
  }

  @ParameterizedTest
  @ValueSource(longs = {121, 122, 123})
  void anySubset_folds_andNobodyIsInWhoIsNotInTheWhole(long seed) {
    History history = new History(seed, 50);
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      List<Statement> subset = new ArrayList<>(history.org.all);
      subset.removeIf(any -> random.nextInt(5) == 0);
      RosterState state = history.org.fold(subset);

      assertThat(state.devices())
          .allSatisfy(entry -> assertThat(everIn(history.org, entry)).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {131, 132, 133, 134})
  void worth_ofAStatementToBeAdded_isItsVerdictOnceAdded(long seed) {
    History history = new History(seed, 60, 4);
    List<Statement> order = history.org.all;
    RosterState state = history.org.fold(order.subList(0, 3));
    for (Statement next : order) {
      RosterState with = state.with(next);
      StatementVerdict worth = state.worth(next);
      assertThat(worth).as("%s", next).isEqualTo(with.verdict(next));
      if (worth == StatementVerdict.STANDS || worth == StatementVerdict.NEWER) {
        if (!state.mayChangeOthers(next)) {
          assertThat(worths(with, order)).isEqualTo(worths(state, order));
        }
        state = with;
      }
    }
  }

  /** Admissions left out: these hang on an invitation, and who asks about one has to fold. */
  private static List<String> worths(RosterState state, List<Statement> statements) {
    List<String> worths = new ArrayList<>();
    for (Statement each : statements) {
      if (each.kind() != StatementKind.ADMISSION && each.kind() != StatementKind.GENERATION) {
        worths.add(each.id() + " " + state.worth(each));
      }
    }
    return worths;
  }

  @Test
  void longHistories_holdWhatTheTestsAreAbout() {
    History history = new History(101, 60);
    RosterState state = history.org.state();

    assertThat(state.statements()).extracting(state::verdict).contains(StatementVerdict.values());
    assertThat(state.devices()).extracting(DeviceEntry::state).contains(DeviceEntry.State.values());
    assertThat(state.circles()).hasSizeGreaterThan(2);
  }

  private static boolean everIn(Organisation org, DeviceEntry entry) {
    return org.state().verdict(entry.statement()).orElseThrow() != StatementVerdict.POWERLESS;
  }
}
