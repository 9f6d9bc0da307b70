package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One more change costs a desk the same however many like it came before, whoever wrote them: rows
 * and bytes are counted, not seconds.
 */
class IntakeWorkTest {

  private static final int MANY = 40;

  @TempDir Path folder;
  private final CountedRows counted = new CountedRows();
  private TestSpace space;
  private Device desk;
  private Device second;
  private Device phone;
  private List<CircleId> circles;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    space.drivers(counted.over(StoreDrivers.SQLITE));
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(phone);
    space.sync(second);
    space.sync(desk);
    circles = List.of(desk.roster().desk().orElseThrow());
  }

  @AfterEach
  void end() {
    space.close();
  }

  private TestWriter writer(Device device) {
    return new TestWriter(device, desk.roster(), space.host.randomness());
  }

  private static Operation note() {
    return new Operation.Note("n");
  }

  /** Takes all of them one by one; returns the bytes that each made the desk write. */
  private long[] taken(List<Change> changes) throws CairnException {
    long[] bytes = new long[changes.size()];
    for (int i = 0; i < bytes.length; i++) {
      long before = counted.bytesWritten();
      assertThat(WithdrawalTest.take(desk, changes.get(i)).refused()).isZero();
      bytes[i] = counted.bytesWritten() - before;
    }
    return bytes;
  }

  private TestWriter erasing(Device device, ChangeId erased) {
    TestWriter writer = writer(device);
    Written opening = writer.opens(circles, note());
    for (int i = 0; i < MANY; i++) {
      writer.write(opening.record(), List.of(opening.change().id()), circles, erased, note());
    }
    return writer;
  }

  private long erasureRows() throws CairnException {
    return desk.holdings().store().read(rows -> rows.count(Table.ERASURE));
  }

  private static void assertNoDearer(long[] bytes) {
    long early = bytes[5];
    for (int i = 5; i < bytes.length; i++) {
      assertThat(bytes[i]).as("change %d", i).isLessThanOrEqualTo(early + 64);
    }
  }

  @Test
  void erasures_ofOneChangeByACoordinator_costTheSameEach() throws Exception {
    desk.confirmDevice(second.profile().device());
    TestWriter report = writer(phone);
    ChangeId erased = report.opens(circles, note()).change().id();
    taken(report.changes);

    assertNoDearer(taken(erasing(second, erased).changes));
    assertThat(erasureRows()).isEqualTo(MANY);
  }

  @Test
  void erasures_byWhoNeverCoordinated_areNotRemembered() throws Exception {
    TestWriter report = writer(phone);
    ChangeId erased = report.opens(circles, note()).change().id();
    taken(report.changes);

    assertNoDearer(taken(erasing(second, erased).changes));
    assertThat(erasureRows()).isZero();
    assertThat(bodies()).contains(erased);
  }

  @Test
  void erasures_byWhoBecomesACoordinator_areRememberedThen() throws Exception {
    TestWriter report = writer(phone);
    ChangeId erased = report.opens(circles, note()).change().id();
    taken(report.changes);
    taken(erasing(second, erased).changes);
    desk.confirmDevice(second.profile().device());

    assertThat(erasureRows()).isEqualTo(MANY);
    assertThat(bodies()).doesNotContain(erased);
  }

  @Test
  void statement_thatGivesNobodyARight_readsNoErasures() throws Exception {
    desk.confirmDevice(second.profile().device());
    TestWriter report = writer(phone);
    ChangeId erased = report.opens(circles, note()).change().id();
    taken(report.changes);
    taken(erasing(second, erased).changes);
    long before = counted.reads();
    desk.confirmDevice(phone.profile().device());

    assertThat(counted.reads() - before).isLessThan(MANY);
  }

  private List<ChangeId> bodies() throws CairnException {
    return TestSpace.held(desk).stream()
        .filter(held -> held.change().ciphertext().isPresent())
        .map(held -> held.change().id())
        .toList();
  }

  static Operation act(String value) {
    return new Operation.Assert(Field.of(KnownField.TYPE_OF_ACT), CborValue.of(value));
  }
}
