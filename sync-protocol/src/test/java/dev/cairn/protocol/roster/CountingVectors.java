package dev.cairn.protocol.roster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.RawChange;
import dev.cairn.protocol.vectors.RawFeed;
import dev.cairn.protocol.vectors.RawFrames;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code suspended-1.json}: the space, its people and the changes that they made, and how a case is
 * written down. {@link CountingStories} has the cases.
 */
public final class CountingVectors {

  final Organisation org = new Organisation(20_261_124);
  final Person one = org.coordinator();
  final Person two = org.coordinator();
  final Person reporter = org.reporter();
  final Person stranger = org.person();
  final Person newcomer = org.person();
  final RosterState before = org.state();
  private final int base = org.all.size();

  private final RawChange.Noise noise = new RawChange.Noise();
  private final List<Object> first = LaxCbor.list(RawChange.Noise.of(11, 16));
  private final List<Object> second = LaxCbor.list(RawChange.Noise.of(12, 16));
  private final List<RawChange> changes = new ArrayList<>();
  private final Map<StatementId, Integer> numbers = new LinkedHashMap<>();
  private final ArrayNode pool = VectorJson.array();
  private final ArrayNode cases = VectorJson.array();

  private CountingVectors() {
    reportersFeed();
    feed(two, 3);
    feed(stranger, 1);
    feed(org.owner, 2);
    feed(newcomer, 1);
  }

  public static ObjectNode make() {
    CountingVectors vectors = new CountingVectors();
    new CountingStories(vectors).tell();
    ObjectNode file = VectorJson.object();
    file.put(
        "about",
        "PROTOCOL.md section 5, which changes count; a case names statements and changes by their"
            + " numbers");
    file.put("space", vectors.org.space().toString());
    file.set("statements", vectors.pool);
    ArrayNode entries = file.putArray("changes");
    vectors.changes.forEach(each -> entries.add(Hex.encode(RawFrames.of(List.of(each)))));
    file.set("cases", vectors.cases);
    return file;
  }

  private RawFeed author(Person person) {
    return new RawFeed(person.signing, org.space().bytes(), noise);
  }

  private void feed(Person person, int length) {
    RawFeed author = author(person);
    changes.add(author.open(first, 20 + changes.size()));
    for (int i = 1; i < length; i++) {
      changes.add(author.next(first));
    }
  }

  /**
   * 0 and 1 to the first circle, 2 and 3 to the second, then 4 to the first, 5 to the second, 6 to
   * the first. Beside them: 7 after 1, 8 after 7, 9 a second beginning, 10 that joins 6 and 8.
   */
  private void reportersFeed() {
    RawFeed author = author(reporter);
    changes.add(author.open(first, 1));
    changes.add(author.next(first));
    RawFeed branch = author.copy();
    changes.add(author.open(second, 2));
    changes.add(author.next(second));
    changes.add(author.next(first));
    changes.add(author.next(second));
    changes.add(author.next(first));
    changes.add(branch.next(first));
    changes.add(branch.next(first));
    changes.add(author(reporter).open(first, 3));
    List<Object> heads = LaxCbor.list(changes.get(6).id, changes.get(8).id);
    heads.sort((a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b));
    changes.add(
        author.anotherOpen(
            first, 4, RawChange.PREVIOUS, heads, RawChange.AUDIENCE_PREVIOUS, heads));
  }

  ChangeId change(int number) {
    return ChangeId.of(changes.get(number).id);
  }

  /** A list of last good changes. */
  List<LastGood> last(int... some) {
    List<LastGood> list = new ArrayList<>();
    for (int number : some) {
      long sequence = ((Number) changes.get(number).get(RawChange.SEQUENCE)).longValue();
      list.add(new LastGood(sequence, change(number)));
    }
    list.sort(null);
    return list;
  }

  /** One case of what was said since the last, of which nothing is left then. */
  final class Case {
    private final ObjectNode node;

    Case(String name) {
      node = cases.addObject().put("name", name);
      ArrayNode statements = node.putArray("statements");
      org.all.forEach(each -> statements.add(number(each)));
      org.all.subList(base, org.all.size()).clear();
      later();
    }

    Case held(int... some) {
      return put("held", some);
    }

    Case counts(int... some) {
      return put("counts", some);
    }

    Case quarantined(int... some) {
      return put("quarantined", some);
    }

    /** What a suspended device makes after its cut: held as well, it changes nothing. */
    Case later(int... some) {
      return put("later", some);
    }

    private Case put(String name, int... some) {
      ArrayNode list = node.putArray(name);
      Arrays.stream(some).forEach(list::add);
      return this;
    }
  }

  private int number(Statement statement) {
    return numbers.computeIfAbsent(
        statement.id(),
        any -> {
          pool.add(Hex.encode(statement.encode()));
          return numbers.size();
        });
  }
}
