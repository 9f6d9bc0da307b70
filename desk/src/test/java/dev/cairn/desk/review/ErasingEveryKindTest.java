package dev.cairn.desk.review;

import static dev.cairn.desk.review.PretendHoldings.COORDINATOR;
import static dev.cairn.desk.review.PretendHoldings.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Erased;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Outcome;
import dev.cairn.protocol.record.Operation.Target;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.record.ReviewState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whatever is withdrawn of a space's life (incidents, persons, sources, forms, links, reviews, with
 * figures, files, tags, decisions, comments, questions, answers, retractions): it is in no record
 * any more, with its body or without, in whatever order all came; what others said stays.
 */
class ErasingEveryKindTest {

  private static final Audience DESK = Audience.of(PretendHoldings.DESK);

  private static final Map<RecordKind, List<KnownField>> REGISTERS =
      Map.of(
          RecordKind.INCIDENT, List.of(KnownField.PLACE_EN, KnownField.NARRATIVE),
          RecordKind.PERSON, List.of(KnownField.PERSON_NAME, KnownField.PERSON_HARM),
          RecordKind.SOURCE, List.of(KnownField.SOURCE_NAME, KnownField.SOURCE_CONTACT),
          RecordKind.FORM, List.of(KnownField.FORM_LABELS),
          RecordKind.LINK, List.of(KnownField.RELATION),
          RecordKind.DEVICE_NOTICE, List.of(KnownField.TITLE));

  /** A history by chance in which every change says words of its own. */
  private static final class Life {
    final PretendHoldings holdings = new PretendHoldings(COORDINATOR);
    final Map<ChangeId, String> words = new TreeMap<>();
    final Map<ChangeId, RecordId> records = new TreeMap<>();
    private final List<ChangeId> decisions = new ArrayList<>();
    private final List<ChangeId> questions = new ArrayList<>();
    private final Random random;
    private int count;

    Life(long seed) {
      random = new Random(seed);
      int number = 0;
      for (RecordKind kind : RecordKind.values()) {
        RecordId record = record(++number);
        List<ChangeId> said = new ArrayList<>();
        int size = 3 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
          said.add(change(kind, record, said));
        }
      }
    }

    private ChangeId change(RecordKind kind, RecordId record, List<ChangeId> said) {
      String word = "word" + ++count + ".";
      boolean decides =
          kind == RecordKind.FORM || kind == RecordKind.LINK || random.nextInt(3) == 0;
      int device = decides ? COORDINATOR + random.nextInt(2) : 1 + random.nextInt(2);
      List<ChangeId> seen = new ArrayList<>();
      if (!said.isEmpty()) {
        seen.add(said.get(said.size() - 1));
        if (random.nextBoolean()) {
          seen.add(said.get(random.nextInt(said.size())));
        }
      }
      List<Operation> operations = new ArrayList<>();
      int times = 1 + random.nextInt(3);
      for (int i = 0; i < times; i++) {
        operations.add(
            decides && !said.isEmpty() && random.nextBoolean()
                ? coordinators(kind, said, word)
                : anybodys(kind, said, word));
      }
      ChangeId id =
          holdings.sayOf(
              kind.code(), DESK, device, record, List.copyOf(new TreeSet<>(seen)), operations);
      operations.forEach(
          each -> {
            if (each instanceof Operation.Decide) {
              decisions.add(id);
            } else if (each instanceof Operation.Ask) {
              questions.add(id);
            }
          });
      words.put(id, word);
      records.put(id, record);
      return id;
    }

    private Field register(RecordKind kind) {
      List<KnownField> fields = REGISTERS.getOrDefault(kind, List.of(KnownField.TITLE));
      return Field.of(fields.get(random.nextInt(fields.size())));
    }

    private Operation anybodys(RecordKind kind, List<ChangeId> said, String word) {
      return switch (random.nextInt(said.isEmpty() ? 6 : 10)) {
        case 0, 1 -> states(register(kind), word);
        case 2 -> new Operation.Add(Field.of(KnownField.TAGS), List.of(CborValue.of(word)));
        case 3 -> new Operation.Note(word);
        case 4 -> attach(word);
        case 5 ->
            new Operation.Assert(
                Field.of(CountKey.of(Metric.KILLED, "")),
                CountValue.range((long) count, 1000L + count).toValue());
        case 6 -> new Operation.Retract(new Target.OfField(register(kind)), word);
        case 7 -> new Operation.Retract(new Target.Whole(), word);
        case 8 -> new Operation.Retract(new Target.OfNote(any(said), 0), word);
        default ->
            questions.isEmpty()
                ? new Operation.Note(word)
                : new Operation.Answer(any(questions), word);
      };
    }

    private Operation coordinators(RecordKind kind, List<ChangeId> said, String word) {
      return switch (random.nextInt(8)) {
        case 0 -> decides(register(kind), said, word);
        case 1 -> new Operation.Decide(register(kind), said, new Outcome.Choose(any(said)), word);
        case 2 -> new Operation.Decide(register(kind), said, new Outcome.KeepAll(), word);
        case 3 ->
            decisions.isEmpty()
                ? new Operation.Comment(word)
                : new Operation.UndoDecision(any(decisions), word);
        case 4 -> new Operation.Review(any(List.of(ReviewState.values())));
        case 5 -> new Operation.Assign(MemberId.of(PretendHoldings.device(1).bytes()));
        case 6 -> new Operation.Ask(word);
        default -> new Operation.Comment(word);
      };
    }

    private static Operation states(Field field, String word) {
      return new Operation.Assert(field, value(field, word));
    }

    private static Operation decides(Field field, List<ChangeId> said, String word) {
      return new Operation.Decide(field, said, new Outcome.Value(value(field, word)), word);
    }

    /** With the word in it, in the form of the field. */
    private static CborValue value(Field field, String word) {
      if (field.equals(Field.of(KnownField.RELATION))) {
        byte[] id = Arrays.copyOf(word.getBytes(StandardCharsets.UTF_8), RecordId.SIZE_BYTES);
        return CborValue.array(CborValue.of(1), CborValue.of(id), CborValue.of(id));
      }
      CborValue text = CborValue.of(word);
      return field.equals(Field.of(KnownField.FORM_LABELS))
          ? CborValue.map(Map.of(CborValue.of("en"), CborValue.map(Map.of(text, text))))
          : text;
    }

    private static Operation attach(String word) {
      byte[] hash = Sha256.of(word.getBytes(StandardCharsets.UTF_8)).bytes();
      return new Operation.Attach(
          new AttachedFile(
              AttachmentId.of(hash),
              AttachmentKey.of(hash),
              5,
              word,
              "image/jpeg",
              (CborValue.Bytes) CborValue.of(hash),
              Map.of()));
    }

    private <T> T any(List<T> items) {
      return items.get(random.nextInt(items.size()));
    }

    /** The words that stand in what all records say. */
    Set<String> shown() {
      StringBuilder all = new StringBuilder();
      for (RecordState state : holdings.records().states()) {
        all.append(new String(state.canonical(), StandardCharsets.ISO_8859_1));
      }
      Set<String> shown = new TreeSet<>(words.values());
      shown.removeIf(word -> all.indexOf(word) < 0);
      return shown;
    }
  }

  private static Digest digest(MergedRecords records) {
    return records.digest(PretendHoldings.DESK);
  }

  @Test
  void everyChange_withdrawn_isInNoRecord_withItsBodyOrWithout_andOthersWordsStay()
      throws Exception {
    Set<Integer> codes = new HashSet<>();
    for (long seed = 0; seed < 60; seed++) {
      int changes = new Life(seed).words.size();
      for (int i = 0; i < changes; i++) {
        Life life = new Life(seed);
        ChangeId erased = List.copyOf(life.words.keySet()).get(i);
        String word = life.words.get(erased);
        String what = "seed " + seed + ", change " + i;
        Set<String> expected = new TreeSet<>(life.shown());
        expected.remove(word);
        MergeChange said = life.holdings.records().change(erased).orElseThrow().change();
        for (Operation each : said.operations()) {
          codes.add(each.code());
          // What a decision chose may be shown for it alone: its author has said something else.
          if (each instanceof Operation.Decide decision
              && decision.outcome() instanceof Outcome.Choose choice) {
            expected.remove(life.words.get(choice.change()));
          }
        }
        new Erasing(life.holdings).erase(erased, "asked");

        assertThat(life.shown()).as(what).containsAll(expected).doesNotContain(word);
        assertThat(life.holdings.records().state(life.records.get(erased)).orElseThrow().erased())
            .as(what)
            .extracting(Erased::change)
            .containsExactly(erased);
        Digest whole = digest(life.holdings.records());
        life.holdings.loseBody(erased);
        assertThat(digest(life.holdings.records())).as(what).isEqualTo(whole);
      }
    }
    // All but removing of elements, confirmations and erasures.
    assertThat(codes).containsExactlyInAnyOrder(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  }

  /** Several are withdrawn, by two coordinators, the same twice; bodies are lost here and there. */
  @Test
  void severalChanges_withdrawnByTwo_inEveryOrder_leaveOneState() throws Exception {
    for (long seed = 0; seed < 60; seed++) {
      Life life = new Life(seed);
      Random random = new Random(seed);
      List<ChangeId> all = new ArrayList<>(life.words.keySet());
      Collections.shuffle(all, random);
      List<ChangeId> erased = all.subList(0, 4);
      PretendHoldings other = life.holdings.copyFor(COORDINATOR + 1);
      for (int i = 0; i < erased.size(); i++) {
        if (i < 3) {
          new Erasing(life.holdings).erase(erased.get(i), "asked");
        }
        if (i > 1) {
          new Erasing(other).erase(erased.get(i), "asked too");
        }
      }
      life.holdings.take(other);
      Digest expected = digest(life.holdings.records());
      for (int round = 0; round < 6; round++) {
        PretendHoldings replica = life.holdings.copyFor(COORDINATOR + 2);
        replica.shuffle(random);
        for (ChangeId each : erased) {
          if (random.nextBoolean()) {
            replica.loseBody(each);
          }
        }
        assertThat(digest(replica.records())).as("seed " + seed).isEqualTo(expected);
      }
      Set<String> shown = life.shown();
      erased.forEach(each -> assertThat(shown).doesNotContain(life.words.get(each)));
    }
  }
}
