package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.roster.Role;
import java.nio.charset.StandardCharsets;
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

  /** The change is held already, without its body, when the log tells of it. */
  @Test
  void sync_whatWasWrittenBetweenCameByHandBefore_keepsIt() throws Exception {
    Device fourth = space.coordinator(desk, "fourth");
    space.sync(third);
    second.suspend(third.profile().device());
    fourth.suspend(third.profile().device());
    desk.suspend(second.profile().device());
    Sticks.into(third, Sticks.from(second));
    phone.record(TestSpace.note("between"));
    Sticks.into(third, Sticks.from(phone));
    Sticks.into(third, Sticks.from(desk));
    assertThat(third.roster().isSuspended(third.profile().device())).isFalse();
    assertThat(TestSpace.notes(third)).isEmpty();
    desk.suspend(fourth.profile().device());
    space.sync(fourth);
    space.sync(phone);
    space.sync(desk);
    space.sync(third);
    assertWhole("between");
  }

  @Test
  void sync_afterOneThatReadAgain_readsNothingAgain() throws Exception {
    cutBothOff("between");
    int before = readingsFromTheStart();
    space.sync(third);
    assertThat(readingsFromTheStart()).isEqualTo(before + 1);
    space.sync(third);
    assertThat(readingsFromTheStart()).isEqualTo(before + 1);
  }

  private int readingsFromTheStart() {
    String heard = new String(space.ledger.received(), StandardCharsets.ISO_8859_1);
    return heard.split("pull\\?from=0&", -1).length;
  }
}
