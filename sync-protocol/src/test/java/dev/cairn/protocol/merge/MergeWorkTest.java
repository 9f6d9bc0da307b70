package dev.cairn.protocol.merge;

import static dev.cairn.protocol.merge.Story.act;
import static dev.cairn.protocol.merge.Story.decide;
import static dev.cairn.protocol.merge.Story.retract;
import static dev.cairn.protocol.merge.Story.retractRecord;
import static dev.cairn.protocol.merge.Story.tag;
import static dev.cairn.protocol.merge.Story.untag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A merge asks about as often who had seen what as there are operations, whoever wrote them: bodies
 * compress six hundred to one, so anything dearer is a bomb. Questions are counted, not seconds.
 */
class MergeWorkTest {

  private static final int QUESTIONS_PER_OPERATION_MAX = 24;
  private static final int FULL = Limits.OPERATIONS_MAX;

  private static final int REPORTER = 1;
  private static final int OTHER = 2;
  private static final int DESK = 0;

  private final List<MergeChange> changes = new ArrayList<>();
  private long questions;

  /** Counts what is asked of it; a set of all that was seen costs as much as its words. */
  private final class Counting implements Ancestry {
    private final Ancestry ancestry;
    private final int words;

    Counting(int[][] parents) {
      ancestry = Ancestry.of(parents);
      words = (parents.length >> 6) + 1;
    }

    @Override
    public boolean hasSeen(int later, int earlier) {
      questions++;
      return ancestry.hasSeen(later, earlier);
    }

    @Override
    public int depth(int change) {
      return ancestry.depth(change);
    }

    @Override
    public void collectSeen(int later, BitSet seen) {
      questions += words;
      ancestry.collectSeen(later, seen);
    }
  }

  /** Every device is a member of its own, and only the first decides. */
  private static final MergeAuthority CROWD =
      new MergeAuthority() {
        @Override
        public Optional<Author> author(DeviceId device) {
          MemberId member = MemberId.of(device.bytes());
          return Optional.of(new Author(member, device.equals(device(DESK)), false));
        }

        @Override
        public boolean counts(ChangeId change, DeviceId device) {
          return true;
        }
      };

  private static DeviceId device(int number) {
    byte[] bytes = new byte[DeviceId.SIZE_BYTES];
    bytes[0] = (byte) (number >> 8);
    bytes[1] = (byte) number;
    return DeviceId.of(bytes);
  }

  private ChangeId says(int device, List<ChangeId> seen, List<Operation> operations) {
    ChangeId id = Story.id(changes.size() + 1);
    changes.add(
        new MergeChange(
            id,
            device(device),
            Story.record(1),
            changes.isEmpty(),
            1,
            seen,
            1000 + changes.size(),
            0,
            operations,
            null));
    return id;
  }

  private ChangeId fills(int device, List<ChangeId> seen, Operation operation) {
    return says(device, seen, Collections.nCopies(FULL, operation));
  }

  private RecordState merged() {
    RecordGraph graph = RecordGraph.of(changes, Erasures.none(), CROWD, Counting::new);
    return RecordMerge.merge(Story.record(1), graph);
  }

  private void assertLittleWork() {
    long operations = changes.stream().mapToInt(change -> change.operations().size()).sum();
    merged();
    assertThat(questions).isLessThanOrEqualTo(QUESTIONS_PER_OPERATION_MAX * operations);
  }

  private static List<ChangeId> none() {
    return Collections.emptyList();
  }

  @Test
  void work_ofAddsAndRemovesOfOneElement_isLinear() {
    for (int i = 0; i < 4; i++) {
      fills(REPORTER, none(), tag("x"));
      fills(OTHER, none(), untag("x"));
      fills(DESK, none(), untag("x"));
      fills(REPORTER, none(), retract(Story.TAGS));
    }
    assertLittleWork();
  }

  @Test
  void work_ofAssertionsAndRetractions_isLinear() {
    for (int i = 0; i < 8; i++) {
      fills(REPORTER, none(), retract(Story.ACT));
      fills(REPORTER, none(), act("x"));
    }
    assertLittleWork();
  }

  @Test
  void work_ofNotesAndRetractionsOfTheRecord_isLinear() {
    says(OTHER, none(), List.of(act("x")));
    for (int i = 0; i < 4; i++) {
      fills(REPORTER, none(), retractRecord());
      fills(OTHER, none(), retractRecord());
      fills(REPORTER, none(), new Operation.Note("n"));
      fills(OTHER, none(), new Operation.Note("n"));
    }
    assertLittleWork();
  }

  @Test
  void work_ofDecisionsUndosAndReviews_isLinear() {
    ChangeId said = fills(REPORTER, none(), act("x"));
    for (int i = 0; i < 4; i++) {
      fills(REPORTER, none(), act("y"));
      ChangeId decided = fills(DESK, none(), decide(Story.ACT, "z" + i, said));
      fills(DESK, List.of(decided), Story.undo(decided));
      fills(DESK, none(), Story.choose(Story.ACT, said, said));
      fills(DESK, none(), new Operation.Review(ReviewState.OPEN));
    }
    assertLittleWork();
  }

  @Test
  void work_ofOneMembersConcurrentChanges_isLinear() {
    List<Operation> both = List.of(act("x"), retract(Story.ACT), tag("t"), untag("t"));
    IntStream.range(0, 256).forEach(i -> says(REPORTER, none(), both));
    assertLittleWork();
  }

  /** Every pair of theirs says the same, or one has seen the other: no conflict ends the search. */
  @Test
  void work_ofACrowdThatContradictsItself_isLinear() {
    List<Operation> first = sayEverywhere("a");
    List<Operation> second = sayEverywhere("b");
    List<ChangeId> seen = new ArrayList<>();
    IntStream.range(0, 250).forEach(i -> seen.add(says(i + 1, none(), first)));
    List<ChangeId> joined = new ArrayList<>();
    for (int from = 0; from < 250; from += 50) {
      joined.add(says(DESK, seen.subList(from, from + 50), List.of(new Operation.Note("n"))));
    }
    IntStream.range(0, 250).forEach(i -> says(i + 300, joined, second));

    assertLittleWork();
    assertThat(merged().fields().get(0).status()).isEqualTo(Status.CORRECTION);
  }

  private static List<Operation> sayEverywhere(String value) {
    List<Operation> operations = new ArrayList<>();
    for (KnownField known : List.of(KnownField.CODE, KnownField.DATE, KnownField.CAUSE)) {
      operations.add(new Operation.Assert(Field.of(known), Story.text(value)));
    }
    return operations;
  }
}
