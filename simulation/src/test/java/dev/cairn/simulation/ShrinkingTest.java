package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShrinkingTest {

  private static final int PLENTY = 1000;
  private static final Scope WHOLE = new Scope(120, Set.of());

  private final List<Scope> played = new ArrayList<>();

  /** A world that fails when all of these steps happen. */
  private Shrinking.Player needing(Integer... steps) {
    return scope -> {
      played.add(scope);
      return List.of(steps).stream().allMatch(step -> happens(scope, step));
    };
  }

  private static boolean happens(Scope scope, int step) {
    return step < scope.steps() && !scope.skipped().contains(step);
  }

  private static Set<Integer> left(Scope scope) {
    Set<Integer> left = new HashSet<>();
    for (int step = 0; step < scope.steps(); step++) {
      if (happens(scope, step)) {
        left.add(step);
      }
    }
    return left;
  }

  @Test
  void shrinking_worldThatNeedsThreeSteps_leavesThose() {
    Scope smallest = Shrinking.of(needing(3, 17, 90), WHOLE, PLENTY);
    assertThat(left(smallest)).containsExactlyInAnyOrder(3, 17, 90);
  }

  @Test
  void shrinking_worldThatEndsEarly_isCutThere() {
    assertThat(Shrinking.of(needing(7), WHOLE, PLENTY).steps()).isEqualTo(8);
  }

  @Test
  void shrinking_worldThatFailsBeforeItsFirstStep_leavesNone() {
    assertThat(Shrinking.of(scope -> true, WHOLE, PLENTY).steps()).isZero();
  }

  @Test
  void shrinking_worldThatDoesNotFailAgain_staysWhole() {
    assertThat(Shrinking.of(scope -> false, WHOLE, PLENTY)).isEqualTo(WHOLE);
  }

  @Test
  void shrinking_whatWasSkippedBefore_staysSkipped() {
    Scope before = new Scope(120, Set.of(4, 100));
    assertThat(left(Shrinking.of(needing(60), before, PLENTY))).containsExactly(60);
  }

  @Test
  void shrinking_boundedWork_playsNoMoreWorlds() {
    Shrinking.of(needing(3, 17, 40, 41, 90), WHOLE, 11);
    assertThat(played).hasSize(11);
  }

  @Test
  void shrinking_noWorldAllowed_staysWhole() {
    assertThat(Shrinking.of(needing(3), WHOLE, 0)).isEqualTo(WHOLE);
  }

  @Test
  void shrinking_anyNeededSteps_failsStill() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Integer[] needed = random.ints(1 + random.nextInt(6), 0, 120).boxed().toArray(Integer[]::new);
      Scope smallest = Shrinking.of(needing(needed), WHOLE, random.nextInt(200));
      assertThat(needing(needed).fails(smallest)).as("%s", List.of(needed)).isTrue();
    }
  }
}
