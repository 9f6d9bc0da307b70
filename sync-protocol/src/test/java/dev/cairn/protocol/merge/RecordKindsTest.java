package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.AMAL;
import static dev.cairn.protocol.merge.People.BASIL;
import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.NEWCOMER;
import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind of a record in a circle that was not given what opened it. */
class RecordKindsTest {

  private final List<MergeChange> changes = new ArrayList<>();

  /** Somebody's change of a kind; the lower the clock the earlier it stands. */
  private void says(DeviceId device, long kind, long clock, Operation... operations) {
    Story story = new Story(Story.record(1), kind).at(clock);
    story.says(device, seen(), operations);
    MergeChange said = story.changes().get(0);
    changes.add(
        new MergeChange(
            Story.id(changes.size() + 1),
            said.device(),
            said.record(),
            said.opens(),
            kind,
            said.parents(),
            clock,
            0,
            said.operations(),
            null));
  }

  private void reports() {
    says(AMAL, 1, 1000, act("shelling"));
    says(BASIL, 1, 1001, new Operation.Note("n"));
  }

  private RecordState merged() {
    return RecordMerge.merge(changes, new People());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void kindOfCoordinators_statedFirstByAReporter_isNotBelieved(long kind) {
    reports();
    says(BASIL, kind, 0, new Operation.Note("x"));

    assertThat(merged().kind()).isEqualTo(1);
    assertThat(merged().fields()).hasSize(1);
    assertThat(merged().statements()).hasSize(1);
    assertThat(merged().refused()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4, 6, 77})
  void anyOtherKind_statedFirstByANewcomer_isNotBelieved(long kind) {
    reports();
    says(NEWCOMER, kind, 0, new Operation.Note("x"));

    assertThat(merged().kind()).isEqualTo(1);
    assertThat(merged().fields()).hasSize(1);
  }

  @Test
  void unknownKind_statedFirstByAReporter_isNotBelieved() {
    reports();
    says(BASIL, 77, 0, new Operation.Note("x"));

    assertThat(merged().kind()).isEqualTo(1);
  }

  @Test
  void kindOfACoordinator_isBelievedBeforeAnybodys() {
    reports();
    says(DESK, 5, 2000, new Operation.Note("linked"));

    assertThat(merged().kind()).isEqualTo(5);
    assertThat(merged().refused()).hasSize(2);
  }

  @Test
  void newcomersOnly_areBelieved() {
    says(NEWCOMER, 2, 7, new Operation.Note("x"));

    assertThat(merged().kind()).isEqualTo(2);
  }

  @Test
  void recordOfWhichNobodyTellsAKindHeMay_hasTheFirstOne() {
    says(AMAL, 77, 8, act("later"));
    says(NEWCOMER, 4, 9, new Operation.Note("x"));

    assertThat(merged().kind()).isEqualTo(77);
  }

  @Test
  void form_whoseOpenerIsNoCoordinatorAnyMore_staysAForm() {
    Story form = new Story(Story.record(3), 4);
    form.opens(AMAL, new Operation.Note("mine"));

    assertThat(form.merged().kind()).isEqualTo(4);
  }
}
