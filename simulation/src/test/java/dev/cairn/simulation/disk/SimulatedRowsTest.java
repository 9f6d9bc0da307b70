package dev.cairn.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import org.junit.jupiter.api.Test;

final class SimulatedRowsTest {

  private static final byte[] KEY = {1};

  private final SimulatedDisk disk = new SimulatedDisk();
  private SimulatedRows rows = new SimulatedRows(disk);

  private void put(int value) throws CairnException {
    rows.write(
        inside -> {
          inside.put(0, KEY, new byte[] {(byte) value});
          return true;
        });
  }

  /** What is there when the machine is switched on again. */
  private byte[] afterRestart() throws CairnException {
    rows = new SimulatedRows(disk);
    return rows.read(inside -> inside.get(0, KEY));
  }

  @Test
  void crash_beforeTheWriteIsDurable_leavesWhatWasThere() throws Exception {
    put(1);
    disk.plan().crashAfter(0, false);
    assertThatThrownBy(() -> put(2)).isInstanceOf(Crash.class);
    assertThat(afterRestart()).containsExactly(1);
  }

  @Test
  void crash_afterTheWriteIsDurable_keepsIt() throws Exception {
    put(1);
    disk.plan().crashAfter(0, true);
    assertThatThrownBy(() -> put(2)).isInstanceOf(Crash.class);
    assertThat(afterRestart()).containsExactly(2);
  }

  @Test
  void crash_afterSoManyWrites_comesThen() throws Exception {
    disk.plan().crashAfter(2, false);
    put(1);
    put(2);
    assertThatThrownBy(() -> put(3)).isInstanceOf(Crash.class);
    assertThat(afterRestart()).containsExactly(2);
  }

  @Test
  void deadMachine_writingOnItsWayOut_dies() throws Exception {
    put(1);
    disk.powerOff();
    assertThatThrownBy(() -> put(2)).isInstanceOf(Crash.class);
    assertThat(afterRestart()).containsExactly(1);
  }

  @Test
  void fullDisk_write_failsAndChangesNothing() throws Exception {
    put(1);
    disk.plan().fullFor(1);
    assertThatThrownBy(() -> put(2)).isInstanceOf(StoreException.class);
    assertThat(afterRestart()).containsExactly(1);
  }

  @Test
  void workThatFails_changesNothing() throws Exception {
    put(1);
    assertThatThrownBy(
            () ->
                rows.write(
                    inside -> {
                      inside.put(0, KEY, new byte[] {2});
                      inside.delete(0, KEY);
                      throw new StoreException(StoreException.Reason.FAILED, "as asked");
                    }))
        .isInstanceOf(StoreException.class);
    assertThat(afterRestart()).containsExactly(1);
  }

  @Test
  void image_putBack_isWhatWasThereThen() throws Exception {
    put(1);
    SimulatedDisk.Image image = disk.image();
    put(2);
    disk.restore(image);
    assertThat(afterRestart()).containsExactly(1);
    put(3);
    disk.restore(image);
    assertThat(afterRestart()).containsExactly(1);
  }

  @Test
  void work_thatOnlyReads_isNoWrite() throws Exception {
    disk.plan().crashAfter(0, false);
    rows.write(inside -> inside.get(0, KEY));
    assertThat(disk.plan().crashes()).isZero();
  }
}
