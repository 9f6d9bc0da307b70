package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.VerifyingKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes count by which statements, whatever came first. */
class CountingVectorsTest {

  private static final int ORDERS = 3;

  private static JsonNode file;
  private static SpaceId space;
  private static final List<Change> CHANGES = new ArrayList<>();

  @BeforeAll
  static void readFile() throws Exception {
    file = PublishedVectors.own("suspended-1.json");
    space = SpaceId.parse(file.required("space").textValue());
    for (JsonNode each : file.required("changes")) {
      ByteStringStream stream = ByteStringStream.ofEntries();
      stream.feed(Hex.decode(each.textValue()));
      Entry.OfFrame entry =
          (Entry.OfFrame) new EntryReader(space).read(stream.next().orElseThrow());
      FrameSignatures.verify(entry.frame(), VerifyingKey.of(entry.frame().device().bytes()));
      CHANGES.addAll(entry.frame().changes());
    }
  }

  static Stream<Arguments> cases() {
    return StreamSupport.stream(file.required("cases").spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  private static List<Integer> numbers(JsonNode vector, String name) {
    List<Integer> numbers = new ArrayList<>();
    vector.required(name).forEach(each -> numbers.add(each.intValue()));
    return numbers;
  }

  /** The changes held that count, and those that do not though their device is in. */
  private record Judged(Set<Integer> counting, Set<Integer> quarantined) {}

  private static Judged judge(List<Statement> statements, List<Integer> held) {
    RosterState state = RosterState.fold(space, statements);
    Map<ChangeId, List<ChangeId>> links = new HashMap<>();
    for (int number : held) {
      Change change = CHANGES.get(number);
      List<ChangeId> continued = new ArrayList<>(change.prefix().previous());
      continued.addAll(change.prefix().audiencePrevious());
      links.put(change.id(), continued);
    }
    Judged judged = new Judged(new TreeSet<>(), new TreeSet<>());
    for (int number : held) {
      Change change = CHANGES.get(number);
      if (state.device(change.prefix().device()).isPresent()) {
        Optional<SuspensionRule> rule = state.suspensionRule(change.prefix().device());
        boolean counts =
            !rule.isPresent()
                || rule.get().counted(id -> links.getOrDefault(id, List.of())).counts(change.id());
        (counts ? judged.counting : judged.quarantined).add(number);
      }
    }
    return judged;
  }

  private static List<Statement> statements(JsonNode vector) throws Exception {
    List<Statement> statements = new ArrayList<>();
    for (int number : numbers(vector, "statements")) {
      String bytes = file.required("statements").get(number).textValue();
      statements.add(Statement.decode(Hex.decode(bytes)));
    }
    return statements;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void changes_heldInAnyOrder_countAsPublished(String name, JsonNode vector) throws Exception {
    List<Statement> statements = statements(vector);
    List<Integer> held = numbers(vector, "held");
    Judged wanted =
        new Judged(
            new TreeSet<>(numbers(vector, "counts")),
            new TreeSet<>(numbers(vector, "quarantined")));
    Random random = new Random(7);
    for (int order = 0; order < ORDERS; order++) {
      assertThat(judge(statements, held)).isEqualTo(wanted);
      Collections.shuffle(statements, random);
      Collections.shuffle(held, random);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void changes_madeAfterTheCut_gainNothing(String name, JsonNode vector) throws Exception {
    List<Integer> held = numbers(vector, "later");
    held.addAll(numbers(vector, "held"));
    Set<Integer> quarantined = new TreeSet<>(numbers(vector, "later"));
    quarantined.addAll(numbers(vector, "quarantined"));

    Judged judged = judge(statements(vector), held);

    assertThat(judged.counting).isEqualTo(new TreeSet<>(numbers(vector, "counts")));
    assertThat(judged.quarantined).isEqualTo(quarantined);
  }
}
