package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RandomHistory.Kind;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** P7: {payload, erasure} merges as {payload, body, erasure} does, in every order of arrival. */
class ErasureLawsTest {

  private static final List<CircleId> CIRCLES = Arrays.asList(Story.circle(1), Story.circle(2));

  /** What a careful replica keeps: every label, and the bodies that nothing held erases. */
  private static final class Replica {
    final Map<ChangeId, Label> labels = new TreeMap<>();
    final Map<ChangeId, MergeChange> bodies = new TreeMap<>();
    private final RandomHistory history;

    Replica(RandomHistory history) {
      this.history = history;
    }

    void takes(int number) {
      Label label = history.labels.get(number);
      labels.put(label.change(), label);
      if (labels.values().stream().noneMatch(held -> erases(held, label))) {
        bodies.put(label.change(), history.changes.get(number));
      }
      labels.values().stream()
          .filter(held -> erases(label, held))
          .forEach(held -> bodies.remove(held.change()));
    }

    private boolean erases(Label label, Label target) {
      return label.erases(target)
          && history.author(label.device()).map(MergeAuthority.Author::decides).orElse(false)
          && history.counts(label.change(), label.device());
    }

    List<Digest> digests() {
      return ErasureLawsTest.digests(history, labels.values(), bodies.values());
    }
  }

  private static List<Digest> digests(
      RandomHistory history, Collection<Label> labels, Collection<MergeChange> bodies) {
    List<Digest> digests = new ArrayList<>();
    for (CircleId circle : CIRCLES) {
      digests.add(digest(circle, history, labels, bodies));
    }
    return digests;
  }

  private static Digest digest(
      CircleId circle,
      RandomHistory history,
      Collection<Label> labels,
      Collection<MergeChange> bodies) {
    Set<ChangeId> addressed = new HashSet<>();
    for (Label label : labels) {
      if (label.audience().circles().contains(circle)) {
        addressed.add(label.change());
      }
    }
    Map<RecordId, List<MergeChange>> records = new TreeMap<>();
    for (MergeChange body : bodies) {
      if (addressed.contains(body.id())) {
        records.computeIfAbsent(body.record(), any -> new ArrayList<>()).add(body);
      }
    }
    Erasures erasures = Erasures.of(labels, history).in(circle);
    List<RecordState> states = new ArrayList<>();
    records.values().forEach(each -> states.add(RecordMerge.merge(each, erasures, history)));
    return CircleDigest.of(states);
  }

  private static List<Digest> expected(RandomHistory history) {
    return digests(history, history.labels, history.changes);
  }

  @Test
  void erasedBodies_heldOrNot_inSeveralRecordsAndCircles_makeNoDifference() {
    int erased = 0;
    for (long seed = 0; seed < 300; seed++) {
      RandomHistory history = new RandomHistory(seed, 25, Kind.WILD, 3);
      List<MergeChange> without = new ArrayList<>(history.changes);
      without.removeIf(change -> history.erasures().isErased(change.id()));
      erased += history.changes.size() - without.size();

      assertThat(digests(history, history.labels, without))
          .as("seed %d", seed)
          .isEqualTo(expected(history));
    }
    assertThat(erased).isGreaterThan(50);
  }

  @Test
  void replicas_inEveryOrderOfAFewArrivals_agree() {
    int checked = 0;
    for (long seed = 0; checked < 20; seed++) {
      RandomHistory history = new RandomHistory(seed, 5, Kind.WILD, 2);
      if (history.labels.stream().noneMatch(each -> history.erasures().isErased(each.change()))) {
        continue;
      }
      checked++;
      List<Digest> expected = expected(history);
      for (List<Integer> order : Orders.of(Arrays.asList(0, 1, 2, 3, 4))) {
        Replica replica = new Replica(history);
        order.forEach(replica::takes);
        assertThat(replica.digests()).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void replicas_ofManyShuffledAndRepeatedArrivals_agreeAndHoldTheSameBodies() {
    for (long seed = 0; seed < 60; seed++) {
      RandomHistory history = new RandomHistory(seed, 40, Kind.WILD, 3);
      List<Digest> expected = expected(history);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        order.add(i % 40);
      }
      Set<Set<ChangeId>> bodies = new HashSet<>();
      for (int round = 0; round < 4; round++) {
        Collections.shuffle(order, new Random(seed * 10 + round));
        Replica replica = new Replica(history);
        order.forEach(replica::takes);
        bodies.add(replica.bodies.keySet());

        assertThat(replica.digests()).as("seed %d", seed).isEqualTo(expected);
      }
      assertThat(bodies).as("seed %d", seed).hasSize(1);
    }
  }

  /** A reader of one circle has nothing but what was addressed to it. */
  @Test
  void readersOfOneCircle_agreeWithThoseOfAll() {
    for (long seed = 0; seed < 200; seed++) {
      RandomHistory history = new RandomHistory(seed, 25, Kind.WILD, 3);
      for (int i = 0; i < CIRCLES.size(); i++) {
        CircleId circle = CIRCLES.get(i);
        List<Label> labels = new ArrayList<>(history.labels);
        labels.removeIf(label -> !label.audience().circles().contains(circle));
        Set<ChangeId> addressed = new HashSet<>();
        labels.forEach(label -> addressed.add(label.change()));
        List<MergeChange> bodies = new ArrayList<>(history.changes);
        bodies.removeIf(change -> !addressed.contains(change.id()));

        assertThat(digest(circle, history, labels, bodies))
            .as("seed %d", seed)
            .isEqualTo(expected(history).get(i));
      }
    }
  }
}
