package dev.cairn.cli;

import static dev.cairn.cli.CrossingWork.AUTHORS;
import static dev.cairn.cli.CrossingWork.DESKS;
import static dev.cairn.cli.CrossingWork.KARIM;
import static dev.cairn.cli.CrossingWork.LINA;
import static dev.cairn.cli.CrossingWork.OMAR;
import static dev.cairn.cli.CrossingWork.SAMIR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.cli.Delivery.Leg;
import dev.cairn.cli.Delivery.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The work of three authors, delivered in every order and by every route: all desks have the same
 * in the end, byte for byte. Most deliveries go through the parts that the commands call, on real
 * servers; the last ones by commands.
 */
@ExtendWith(CrossingWork.Recorded.class)
final class OrderOfArrivalTest {

  /** Which way the work goes. */
  enum Way {
    NETWORK,
    BUNDLE_TO_SERVER,
    BUNDLE_TO_DESKS,
    MIXED
  }

  private static final List<Route> ROUTES = List.of(Route.values());
  private static final int AT_ONCE = 2;

  @TempDir private static Path folder;
  private static CrossingWork work;
  private static final Map<String, Map<String, String>> digests = new ConcurrentHashMap<>();

  @BeforeAll
  static void deliver(CrossingWork recorded) throws Exception {
    work = recorded;
    List<Map.Entry<String, List<Leg>>> all = new ArrayList<>(deliveries().entrySet());
    List<Integer> halves = new ArrayList<>();
    for (int half = 0; half < AT_ONCE; half++) {
      halves.add(half);
    }
    CommandSpace.together(
        halves,
        half -> {
          for (int i = half; i < all.size(); i += AT_ONCE) {
            Path own = Files.createDirectory(folder.resolve("delivery-" + i));
            try (Delivery delivery = new Delivery(work, own)) {
              delivery.deliver(all.get(i).getValue());
              digests.put(all.get(i).getKey(), delivery.digests());
            }
          }
        });
  }

  /** Every order, each by every way; the mixed ones send each author by each route once. */
  private static Map<String, List<Leg>> deliveries() {
    Map<String, List<Leg>> deliveries = new LinkedHashMap<>();
    List<List<String>> orders = orders(AUTHORS);
    for (int i = 0; i < orders.size(); i++) {
      for (Way way : Way.values()) {
        List<Leg> legs = new ArrayList<>();
        for (String author : orders.get(i)) {
          legs.add(new Leg(author, route(way, AUTHORS.indexOf(author) + i)));
        }
        deliveries.put(way + " " + legs, legs);
      }
    }
    return deliveries;
  }

  private static Route route(Way way, int turn) {
    return way == Way.MIXED ? ROUTES.get(turn % ROUTES.size()) : Route.valueOf(way.name());
  }

  private static List<List<String>> orders(List<String> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> orders = new ArrayList<>();
    for (String first : of) {
      List<String> others = new ArrayList<>(of);
      others.remove(first);
      for (List<String> rest : orders(others)) {
        List<String> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>();
    digests.values().forEach(desks -> all.addAll(desks.values()));
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void work_inEveryOrderThisWay_isTheSameOnEveryDesk(Way way) {
    Set<String> found = new HashSet<>();
    int count = 0;
    for (Map.Entry<String, Map<String, String>> delivery : digests.entrySet()) {
      if (delivery.getKey().startsWith(way + " ")) {
        assertThat(delivery.getValue()).containsOnlyKeys(DESKS);
        found.addAll(delivery.getValue().values());
        count++;
      }
    }
    assertThat(found).hasSize(1);
    assertThat(count).isEqualTo(6);
  }

  @Test
  void work_byEveryWay_isTheSame() {
    assertThat(all()).hasSize(1);
  }

  @Test
  void work_halfDelivered_isNotTheSame() throws Exception {
    Path own = Files.createDirectory(folder.resolve("half"));
    try (Delivery delivery = new Delivery(work, own)) {
      delivery.deliver(List.of(new Leg(OMAR, Route.BUNDLE_TO_DESKS)));
      assertThat(new HashSet<>(delivery.digests().values()))
          .hasSize(3)
          .doesNotContainAnyElementsOf(all());
    }
  }

  @Test
  void work_byBundlesAndCommands_hasTheSameDigestsInItsState() throws Exception {
    CommandSpace space = work.copy(Files.createDirectory(folder.resolve("bundles")));
    List<String> order = new ArrayList<>(AUTHORS);
    Collections.reverse(order);
    for (String author : order) {
      space.run("bundle", "import", space.at(author + ".bundle"), "--data", space.at(SAMIR));
    }
    JsonNode state = space.run("state", "--data", space.at(SAMIR)).json();
    String found =
        state.path("digests").path("desk").asText() + " " + state.path("set_digest").asText();
    assertThat(all()).containsExactly(found);
  }

  @Test
  void work_byMixedRoutesAndCommands_isTheSameOnEveryDesk() throws Exception {
    Map<String, JsonNode> conflicts = new TreeMap<>();
    Map<String, JsonNode> states = new TreeMap<>();
    try (CommandSpace space = work.copy(Files.createDirectory(folder.resolve("mixed")))) {
      space.run("bundle", "import", space.at("omar.bundle"), "--data", space.at("server"));
      space.run("bundle", "import", space.at("lina.bundle"), "--data", space.at(SAMIR));
      space.serve(work.port());
      space.sync(KARIM, SAMIR, LINA, KARIM);
      CommandSpace.together(
          DESKS,
          desk -> {
            JsonNode conflict = space.run("review", "conflicts", "--data", space.at(desk)).json();
            JsonNode state = space.run("state", "--data", space.at(desk)).json();
            synchronized (states) {
              conflicts.put(desk, conflict);
              states.put(desk, state);
            }
          });
    }
    assertThat(new HashSet<>(conflicts.values())).hasSize(1);
    assertThat(digestsIn(states)).hasSize(1);
    assertThat(conflicts.get(SAMIR).findValuesAsText("rule")).hasSize(6).containsOnly("concurrent");
  }

  /** The desk's digest and that of all changes, as each desk's state tells them. */
  private static Set<String> digestsIn(Map<String, JsonNode> states) {
    Set<String> found = new HashSet<>();
    for (JsonNode state : states.values()) {
      found.add(
          state.path("digests").path("desk").asText() + " " + state.path("set_digest").asText());
    }
    return found;
  }
}
