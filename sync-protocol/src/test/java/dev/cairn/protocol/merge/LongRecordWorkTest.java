package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * In a record of more changes than a bit for every pair is affordable for, who had seen what is
 * looked for along the parents. One device can write roots that no chain holds, full of assertions,
 * and above them layers that name one another: a walk for each assertion took half a minute. Steps
 * are counted, not seconds.
 */
class LongRecordWorkTest {

  private static final int ROOTS = 300;
  private static final int WIDTH = 16;
  private static final int LAYERS = 40;
  private static final int PARENTS = 4;
  private static final int ASSERTIONS = 2000;
  private static final int CHAINS = 16;

  private static final MergeAuthority ONE_MEMBER =
      new MergeAuthority() {
        @Override
        public Optional<Author> author(DeviceId device) {
          return Optional.of(new Author(MemberId.of(device.bytes()), false, true));
        }

        @Override
        public boolean counts(ChangeId change, DeviceId device) {
          return true;
        }
      };

  private final List<MergeChange> changes = new ArrayList<>();
  private Optional<ChainAncestry> asked = Optional.empty();

  /** Assertions in the last roots, and of the last changes what each is to say. */
  private void bomb(int heavy, IntFunction<Operation> assertion, List<Operation> last) {
    List<Operation> little = List.of(new Operation.Note(""));
    List<Operation> much = new ArrayList<>();
    for (int i = 0; i < ASSERTIONS; i++) {
      much.add(assertion.apply(i));
    }
    for (int i = 0; i < ROOTS; i++) {
      says(Collections.emptyList(), i >= ROOTS - heavy ? much : little);
    }
    for (int i = 0; i < WIDTH * LAYERS; i++) {
      says(below(i), i >= WIDTH * LAYERS - 3 ? last : little);
    }
  }

  private static List<ChangeId> below(int number) {
    int layer = number / WIDTH;
    List<ChangeId> parents = new ArrayList<>();
    for (int k = 0; k < PARENTS && layer > 0; k++) {
      parents.add(Story.id(ROOTS + (layer - 1) * WIDTH + (number + k) % WIDTH));
    }
    Collections.sort(parents);
    return parents;
  }

  private void says(List<ChangeId> parents, List<Operation> operations) {
    int number = changes.size();
    changes.add(
        new MergeChange(
            Story.id(number),
            People.device(0),
            Story.record(1),
            number == 0,
            1,
            parents,
            number,
            0,
            operations,
            null));
  }

  private void assertFewSteps(int askersMax) {
    RecordGraph graph = RecordGraph.of(changes, Erasures.none(), ONE_MEMBER, this::chains);
    RecordMerge.merge(Story.record(1), graph);

    long parents = changes.stream().mapToLong(change -> change.parents().size()).sum();
    assertThat(asked.orElseThrow().steps()).isPositive().isLessThanOrEqualTo(askersMax * parents);
  }

  private Ancestry chains(int[][] parents) {
    ChainAncestry chains = new ChainAncestry(Condensation.of(parents), parents, CHAINS);
    asked = Optional.of(chains);
    return chains;
  }

  @Test
  void steps_ofThousandsOfAssertions_areThoseOfTheirChanges() {
    bomb(4, i -> Story.act(""), List.of(Story.retract(Story.ACT)));
    assertFewSteps(6);
  }

  @Test
  void steps_ofThousandsOfFields_areThoseOfTheirChanges() {
    List<Operation> again = new ArrayList<>();
    for (int i = 0; i < ASSERTIONS; i++) {
      again.add(path(i));
    }
    bomb(2, LongRecordWorkTest::path, again);
    assertFewSteps(ASSERTIONS / 100);
  }

  private static Operation path(int number) {
    return new Operation.Assert(Field.path("f" + number), Story.text("1"));
  }
}
