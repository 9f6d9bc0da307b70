package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.People.DESK;
import static dev.cairn.protocol.merge.People.OTHER_DESK;
import static dev.cairn.protocol.merge.Story.record;
import static dev.cairn.protocol.merge.Story.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final int NONE = 0;
  private static final int SAME = 1;
  private static final int PART = 2;
  private static final int DISTINCT = 3;

  private final RecordId a = record(10);
  private final RecordId b = record(20);
  private final RecordId c = record(30);
  private final List<RecordState> links = new ArrayList<>();

  private static Operation relation(int relation, RecordId from, RecordId to) {
    return new Operation.Assert(
        Field.of(KnownField.RELATION),
        CborValue.array(
            CborValue.of(relation), CborValue.of(from.bytes()), CborValue.of(to.bytes())));
  }

  private void link(DeviceId by, int relation, RecordId from, RecordId to) {
    Story story = new Story(Links.id(from, to), 5);
    story.says(by, seen(), relation(relation, from, to));
    links.add(story.merged());
  }

  private void disputed(int one, int other, RecordId from, RecordId to) {
    Story story = new Story(Links.id(from, to), 5);
    story.says(DESK, seen(), relation(one, from, to));
    story.says(OTHER_DESK, seen(), relation(other, from, to));
    links.add(story.merged());
  }

  private Links links() {
    return Links.of(links);
  }

  @Test
  void id_ofAPair_isTheSameWhicheverIsNamedFirst() {
    assertThat(Links.id(a, b)).isEqualTo(Links.id(b, a)).isNotEqualTo(Links.id(a, c));
  }

  @Test
  void same_overTwoLinks_isOneGroup() {
    link(DESK, SAME, a, b);
    link(DESK, SAME, c, b);

    assertThat(links().groups()).hasSize(1);
    assertThat(links().groups().get(0).records()).containsExactly(a, b, c);
    assertThat(links().groups().get(0).inConflict()).isFalse();
    assertThat(links().groupOf(c)).isEqualTo(links().groupOf(a));
  }

  @Test
  void group_withADistinctPair_isInConflict() {
    link(DESK, SAME, a, b);
    link(DESK, SAME, c, b);
    link(DESK, DISTINCT, a, c);

    assertThat(links().groups().get(0).inConflict()).isTrue();
    assertThat(links().groups().get(0).disputes()).containsExactly(Links.id(a, c));
  }

  @Test
  void group_withALinkNotSettled_isInConflict() {
    link(DESK, SAME, a, b);
    disputed(SAME, NONE, b, c);

    assertThat(links().groups()).hasSize(1);
    assertThat(links().groups().get(0).inConflict()).isTrue();
    assertThat(links().disputed()).containsExactly(Links.id(b, c));
  }

  @Test
  void group_withAPartOfItself_isInConflict() {
    link(DESK, SAME, a, b);
    link(DESK, SAME, b, c);
    link(DESK, PART, a, c);

    assertThat(links().groups().get(0).inConflict()).isTrue();
  }

  @Test
  void distinct_orNone_isNoGroup() {
    link(DESK, DISTINCT, a, b);
    link(DESK, NONE, b, c);

    assertThat(links().groups()).isEmpty();
    assertThat(links().groupOf(a)).isEmpty();
  }

  @Test
  void part_ofAnother_isTold() {
    link(DESK, PART, b, a);

    assertThat(links().parts()).containsExactly(new Links.Part(b, a, Links.id(a, b)));
  }

  @Test
  void relation_betweenOtherRecordsThanTheLinks_isPassedOver() {
    Story story = new Story(Links.id(a, b), 5);
    story.says(DESK, seen(), relation(SAME, a, c));
    links.add(story.merged());

    assertThat(links().groups()).isEmpty();
  }

  @Test
  void link_byAReporter_saysNothing() {
    link(People.AMAL, SAME, a, b);

    assertThat(links().groups()).isEmpty();
  }

  @Test
  void link_ofWhichAReporterSaysItIsAnIncident_staysALink() {
    Story story = new Story(Links.id(a, b), 5);
    story.says(DESK, seen(), relation(SAME, a, b));
    List<MergeChange> changes = new ArrayList<>(story.changes());
    Story forged = new Story(Links.id(a, b), 1).at(0);
    forged.says(People.AMAL, seen(), relation(DISTINCT, a, b));
    MergeChange change = forged.changes().get(0);
    changes.add(
        new MergeChange(
            Story.id(9),
            change.device(),
            change.record(),
            false,
            1,
            change.parents(),
            0,
            0,
            change.operations(),
            null));

    RecordState state = RecordMerge.merge(changes, new People());

    assertThat(state.kind()).isEqualTo(5);
    assertThat(state.conflicts()).isEmpty();
    assertThat(state.refused()).hasSize(1);
  }
}
