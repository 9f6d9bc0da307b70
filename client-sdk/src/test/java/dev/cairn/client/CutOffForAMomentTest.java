package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk that was cut off by somebody who was cut off himself, and hears of both, and of what was
 * written between, in one answer of the log.
 */
class CutOffForAMomentTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device second;
  private Device third;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 9);
    desk = space.owner("desk");
    second = space.coordinator(desk, "second");
    third = space.coordinator(desk, "third");
    phone = space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT);
    space.sync(phone);
    for (Device each : new Device[] {desk, second, third, phone}) {
      space.sync(each);
    }
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** The owner cuts the second off without having heard that he cut the third off. */
  private void cutBothOff(String between) throws Exception {
    second.suspend(third.profile().device());
    desk.suspend(second.profile().device());
    space.sync(second);
    phone.record(TestSpace.note(between));
    space.sync(phone);
    space.sync(desk);
  }

  private void assertWhole(String... notes) throws Exception {
    assertThat(TestSpace.notes(third)).containsExactlyInAnyOrder(notes);
    assertThat(third.serverLied()).isFalse();
    assertThat(third.fsck().problems()).isEmpty();
  }

  @Test
  void sync_cutOffAndBackInOneAnswer_keepsWhatWasWrittenBetween() throws Exception {
    cutBothOff("between");
    space.sync(third);
    assertWhole("between");
  }

  @Test
  void sync_whatWasWrittenBetweenCameByHandFirst_keepsIt() throws Exception {
    second.suspend(third.profile().device());
    desk.suspend(second.profile().device());
    Sticks.into(third, Sticks.from(second));
    space.sync(second);
    phone.record(TestSpace.note("between"));
    space.sync(phone);
    space.sync(desk);
    assertThat(third.roster().isSuspended(third.profile().device())).isTrue();
    Sticks.into(third, Sticks.from(desk));
    space.sync(third);
    assertWhole("between");
  }

  @Test
  void sync_afterOneThatReadAgain_readsNothingAgain() throws Exception {
    cutBothOff("between");
    space.sync(third);
    assertThat(space.sync(third).requests()).isLessThanOrEqualTo(2);
  }
}
