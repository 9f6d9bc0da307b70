package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.merge.Assertion.Fate;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.merge.RandomHistory.Kind;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergeLawsTest {

  private static RecordState state(RandomHistory history) {
    return RecordMerge.merge(history.changes, history.erasures(), history);
  }

  private static byte[] merged(List<MergeChange> changes, RandomHistory history) {
    return RecordMerge.merge(changes, history.erasures(), history).canonical();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void merge_inEveryOrderOfAFewChanges_givesTheSameBytes(Kind kind) {
    for (long seed = 0; seed < 30; seed++) {
      RandomHistory history = new RandomHistory(seed, 5, kind);
      byte[] expected = merged(history.changes, history);

      for (List<MergeChange> order : Orders.of(history.changes)) {
        assertThat(merged(order, history)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void merge_ofManyShuffledAndRepeatedChanges_givesTheSameBytes(Kind kind) {
    for (long seed = 0; seed < 30; seed++) {
      RandomHistory history = new RandomHistory(seed, 60, kind);
      byte[] expected = merged(history.changes, history);
      Random random = new Random(seed);
      List<MergeChange> order = new ArrayList<>(history.changes);
      order.addAll(history.changes.subList(0, 20));

      for (int round = 0; round < 5; round++) {
        Collections.shuffle(order, random);
        assertThat(merged(order, history)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void merge_ofGrowingParts_endsWithTheBytesOfTheWhole() {
    for (long seed = 0; seed < 40; seed++) {
      RandomHistory history = new RandomHistory(seed, 30, Kind.WILD);
      byte[] expected = merged(history.changes, history);
      List<MergeChange> arriving = new ArrayList<>(history.changes);
      Collections.shuffle(arriving, new Random(seed));
      List<MergeChange> held = new ArrayList<>();

      byte[] last = new byte[0];
      for (MergeChange change : arriving) {
        held.add(change);
        last = merged(held, history);
      }
      assertThat(last).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void erasedBody_heldOrNot_makesNoDifference() {
    int erasures = 0;
    for (long seed = 0; seed < 300; seed++) {
      RandomHistory history = new RandomHistory(seed, 25, Kind.WILD);
      RecordState state = state(history);
      Set<ChangeId> erased = new HashSet<>();
      state.erased().forEach(one -> erased.add(one.change()));
      List<MergeChange> without = new ArrayList<>(history.changes);
      without.removeIf(change -> erased.contains(change.id()));
      erasures += history.changes.size() - without.size();

      assertThat(merged(without, history)).as("seed %d", seed).isEqualTo(state.canonical());
    }
    assertThat(erasures).isGreaterThan(50);
  }

  @Test
  void changes_thatDoNotCount_makeNoDifference() {
    for (long seed = 0; seed < 200; seed++) {
      RandomHistory history = new RandomHistory(seed, 25, Kind.WILD);
      List<MergeChange> counting = new ArrayList<>(history.changes);
      counting.removeIf(
          change ->
              !history.author(change.device()).isPresent()
                  || !history.counts(change.id(), change.device()));

      assertThat(merged(counting, history)).isEqualTo(merged(history.changes, history));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyAssertion_thatCounts_isKeptInTheHistory(Kind kind) {
    for (long seed = 0; seed < 300; seed++) {
      RandomHistory history = new RandomHistory(seed, 20, kind);
      RecordState state = state(history);

      for (MergeChange change : effective(history, state)) {
        for (int place = 0; place < change.operations().size(); place++) {
          if (change.operations().get(place) instanceof Operation.Assert assertion) {
            assertThat(said(state, change.id(), place)).contains(assertion.value());
          }
        }
      }
    }
  }

  /** P6: nobody but its author, or a coordinator's decision beside it, takes a value away. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyMembersLatest_unlessTakenBackOrWithdrawn_isAmongTheValues(Kind kind) {
    int checked = 0;
    for (long seed = 0; seed < 300; seed++) {
      RandomHistory history = new RandomHistory(seed, 20, kind);
      RecordState state = state(history);
      if (!state.erased().isEmpty()) {
        continue;
      }
      for (FieldState field : state.fields()) {
        for (MemberId member : members(field)) {
          if (!retracts(history, member)) {
            checked++;
            assertThat(standing(field, member)).as("seed %d %s", seed, field).isNotEmpty();
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(200);
  }

  @Test
  void decisions_ofThoseWithoutTheRole_neverCount() {
    for (long seed = 0; seed < 300; seed++) {
      RandomHistory history = new RandomHistory(seed, 20, Kind.WILD);

      for (FieldState field : state(history).fields()) {
        for (Decision decision : field.decisions()) {
          assertThat(history.author(decision.origin().device()).orElseThrow().decides()).isTrue();
        }
      }
    }
  }

  /** Guards the other laws: histories that never come to something would prove nothing of it. */
  @Test
  void histories_together_reachEveryStatusAndEveryReason() {
    Set<Status> statuses = EnumSet.noneOf(Status.class);
    Set<Refusal.Reason> reasons = EnumSet.noneOf(Refusal.Reason.class);
    Set<Decision.Force> forces = EnumSet.noneOf(Decision.Force.class);
    Set<Fate> fates = EnumSet.noneOf(Fate.class);
    Set<Boolean> visible = new HashSet<>();
    Set<Integer> unknown = new HashSet<>();
    Set<Long> kinds = new HashSet<>();
    for (long seed = 0; seed < 400; seed++) {
      RandomHistory history = new RandomHistory(seed, 14, Kind.WILD);
      RecordState state = state(history);
      visible.add(state.visible());
      kinds.add(state.kind());
      state.unknown().forEach(entry -> unknown.add(entry.operation().code()));
      state.refused().forEach(refusal -> reasons.add(refusal.reason()));
      for (FieldState field : state.fields()) {
        statuses.add(field.status());
        field.decisions().forEach(decision -> forces.add(decision.force()));
        field.history().forEach(assertion -> fates.add(assertion.fate()));
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(Status.values());
    assertThat(reasons).containsExactlyInAnyOrder(Refusal.Reason.values());
    assertThat(forces).containsExactlyInAnyOrder(Decision.Force.values());
    assertThat(fates).containsExactlyInAnyOrder(Fate.values());
    assertThat(visible).hasSize(2);
    assertThat(unknown).as("too deep, twice the same, later").contains(1, 2, 99);
    assertThat(kinds).contains(1L, 2L, 4L, 5L, 6L, 77L);
  }

  /** Changes that count and are not erased, with operations of a known kind and role. */
  private static List<MergeChange> effective(RandomHistory history, RecordState state) {
    Set<ChangeId> gone = new HashSet<>();
    state.erased().forEach(one -> gone.add(one.change()));
    state.refused().forEach(one -> gone.add(one.origin().change()));
    state.unknown().forEach(one -> gone.add(one.origin().change()));
    List<MergeChange> effective = new ArrayList<>(history.changes);
    effective.removeIf(
        change ->
            gone.contains(change.id())
                || !history.author(change.device()).isPresent()
                || !history.counts(change.id(), change.device()));
    return effective;
  }

  private static List<CborValue> said(RecordState state, ChangeId change, int place) {
    List<CborValue> said = new ArrayList<>();
    for (FieldState field : state.fields()) {
      for (Assertion assertion : field.history()) {
        Origin origin = assertion.origin();
        if (origin.change().equals(change) && origin.index() == place) {
          said.add(assertion.value());
        }
      }
    }
    return said;
  }

  private static Set<MemberId> members(FieldState field) {
    Set<MemberId> members = new HashSet<>();
    field.history().forEach(assertion -> members.add(assertion.origin().member()));
    return members;
  }

  private static boolean retracts(RandomHistory history, MemberId member) {
    for (MergeChange change : history.changes) {
      MemberId author = history.author(change.device()).map(Author::member).orElse(null);
      if (member.equals(author)) {
        for (Operation operation : change.operations()) {
          if (operation instanceof Operation.Retract) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<Field> standing(FieldState field, MemberId member) {
    List<Field> standing = new ArrayList<>();
    for (FieldValue value : field.values()) {
      for (Assertion assertion : value.assertions()) {
        if (assertion.origin().member().equals(member)) {
          standing.add(field.field());
        }
      }
    }
    return standing;
  }
}
