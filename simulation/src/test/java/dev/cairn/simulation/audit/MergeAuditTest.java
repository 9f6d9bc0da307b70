package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordMerge;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MergeAuditTest {

  private static final RecordId RECORD = RecordId.of(Made.filled(16, 70));
  private static final Field TITLE = Field.of(KnownField.TITLE);
  private static final Field TAGS = Field.of(KnownField.TAGS);

  private final Findings findings = new Findings();
  private final List<HeldFact> all = new ArrayList<>();

  private ChangeId says(DeviceId device, long clock, Set<ChangeId> parents, Operation... said) {
    ChangeFact change = Made.change(device).session(8, 0).sequence(2).make();
    SpokenFact spoken = new SpokenFact(RECORD, all.isEmpty(), 1, parents, clock, List.of(said));
    all.add(new HeldFact(change, true, spoken, ""));
    return change.id;
  }

  private static Operation title(String value) {
    return new Operation.Assert(TITLE, CborValue.of(value));
  }

  private static Operation decides(String value, ChangeId... settled) {
    return new Operation.Decide(
        TITLE, List.of(settled), new Operation.Outcome.Value(CborValue.of(value)), "");
  }

  /** The product's merge of some of the changes, by somebody's idea of who decides. */
  private static RecordState merged(List<HeldFact> changes, Set<DeviceId> deciding) {
    List<MergeChange> given = new ArrayList<>();
    for (HeldFact each : changes) {
      SpokenFact spoken = each.spoken();
      given.add(
          new MergeChange(
              each.change().id,
              each.change().device,
              RECORD,
              spoken.opens(),
              1,
              List.copyOf(spoken.parents()),
              spoken.clock(),
              0,
              spoken.operations(),
              null));
    }
    return RecordMerge.merge(
        given,
        new MergeAuthority() {
          @Override
          public Optional<Author> author(DeviceId device) {
            MemberId member = MemberId.of(device.bytes());
            return Optional.of(new Author(member, deciding.contains(device), false));
          }

          @Override
          public boolean counts(ChangeId change, DeviceId device) {
            return true;
          }
        });
  }

  private void judge(RecordState state) {
    OwnRoster roster = OwnRoster.of(Made.people());
    OwnErasures none = OwnErasures.among(Map.of(), Set.of(), roster);
    MergeAudit.judge(findings, "desk", state, new OwnRecord(all, Map.of(), none, roster));
  }

  private RecordState right() {
    return merged(all, Set.of(Made.OWNER, Made.DESK));
  }

  @Test
  void merge_ofEverything_isFine() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"), new Operation.Note("n"));
    ChangeId two = says(Made.OTHER, 10, Set.of(one), title("b"));
    says(Made.PHONE, 11, Set.of(one), title("c"));
    ChangeId decision = says(Made.DESK, 12, Set.of(two), decides("b", one, two));
    says(Made.OWNER, 13, Set.of(decision), new Operation.UndoDecision(decision, ""));
    says(Made.PHONE, 14, Set.of(one), new Operation.Add(TAGS, List.of(CborValue.of("x"))));
    says(
        Made.PHONE,
        15,
        Set.of(one),
        new Operation.Retract(new Operation.Target.OfField(TITLE), ""));
    judge(right());
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void value_thatIsDropped_isFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    says(Made.OTHER, 11, Set.of(one), title("b"));
    judge(merged(all.subList(0, 1), Set.of()));
    assertThat(Made.rules(findings)).contains("merge.history", "merge.values");
  }

  @Test
  void value_overwrittenByAnotherMember_isFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    ChangeId other = says(Made.OTHER, 11, Set.of(one), title("b"));
    // As if the second change were the first member's.
    List<HeldFact> wrong = new ArrayList<>(all.subList(0, 1));
    SpokenFact spoken = all.get(1).spoken();
    ChangeFact twin = Made.change(Made.PHONE).session(8, 1).sequence(3).make();
    wrong.add(new HeldFact(twin, true, spoken, ""));
    judge(merged(wrong, Set.of()));
    assertThat(other).isNotEqualTo(one);
    assertThat(Made.rules(findings)).contains("merge.history");
  }

  @Test
  void values_ofOneClock_areShownByTheRule() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), new Operation.Note("n"));
    says(Made.PHONE, 11, Set.of(one), title("a"));
    says(Made.OTHER, 11, Set.of(one), title("b"));
    judge(right());
    assertThat(findings.all()).isEmpty();
    List<HeldFact> wrong = new ArrayList<>(all);
    SpokenFact late = all.get(1).spoken();
    wrong.set(
        1,
        new HeldFact(
            all.get(1).change(),
            true,
            new SpokenFact(RECORD, false, 1, late.parents(), 12, late.operations()),
            ""));
    judge(merged(wrong, Set.of()));
    assertThat(Made.rules(findings)).containsExactly("merge.shown");
  }

  @Test
  void decision_ofAReporter_isFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    says(Made.OTHER, 11, Set.of(one), decides("b", one));
    judge(right());
    assertThat(findings.all()).isEmpty();
    judge(merged(all, Set.of(Made.OTHER)));
    assertThat(Made.rules(findings)).contains("merge.decisions", "merge.status", "merge.shown");
  }

  @Test
  void decision_thatIsLost_isFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    says(Made.DESK, 11, Set.of(one), decides("b", one));
    judge(merged(all, Set.of()));
    assertThat(Made.rules(findings)).contains("merge.decisions");
  }

  @Test
  void parents_thatAreNotLookedAt_areFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    ChangeId two = says(Made.PHONE, 9, Set.of(one), title("b"));
    List<HeldFact> wrong = new ArrayList<>(all.subList(0, 1));
    SpokenFact spoken = all.get(1).spoken();
    wrong.add(
        new HeldFact(
            all.get(1).change(),
            true,
            new SpokenFact(RECORD, false, 1, Set.of(), 9, spoken.operations()),
            ""));
    judge(merged(wrong, Set.of()));
    assertThat(two).isNotNull();
    assertThat(Made.rules(findings)).contains("merge.history", "merge.shown");
  }

  @Test
  void element_thatIsLost_isFound() {
    ChangeId one =
        says(Made.PHONE, 10, Set.of(), new Operation.Add(TAGS, List.of(CborValue.of("x"))));
    says(Made.OTHER, 11, Set.of(one), new Operation.Remove(TAGS, List.of(CborValue.of("x"))));
    judge(right());
    assertThat(findings.all()).isEmpty();
    judge(merged(all, Set.of(Made.OTHER)));
    assertThat(Made.rules(findings)).containsExactly("merge.set");
  }

  @Test
  void note_thatIsLost_isFound() {
    ChangeId one = says(Made.PHONE, 10, Set.of(), title("a"));
    says(Made.OTHER, 11, Set.of(one), new Operation.Note("n"));
    judge(merged(all.subList(0, 1), Set.of()));
    assertThat(Made.rules(findings)).containsExactly("merge.statements");
  }
}
