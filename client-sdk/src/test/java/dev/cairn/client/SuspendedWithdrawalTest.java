package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.CircleDigest;
import dev.cairn.protocol.merge.Erasures;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordMerge;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator withdraws something and is suspended, and the three come in every order: a body
 * goes only where the withdrawal came before the suspension, and by what is held all say the same.
 */
final class SuspendedWithdrawalTest {

  private static final Field ACT = Field.of(KnownField.TYPE_OF_ACT);

  @TempDir Path folder;
  private TestSpace space;
  private Device second;
  private Device phone;
  private RosterState roster;
  private List<CircleId> readers;
  private TestWriter reporter;
  private TestWriter coordinator;
  private Written report;
  private List<Change> before;
  private List<Change> erasing;

  /** What the erasure counts for, what it does not count for, and one without a list. */
  private Statement within;

  private Statement beyond;
  private Statement whole;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    Device desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(phone);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    roster = desk.roster();
    readers = List.of(roster.desk().orElseThrow());
    reporter = new TestWriter(phone, roster, space.host.randomness());
    coordinator = new TestWriter(second, roster, space.host.randomness());
    write();
    SigningKey owner = desk.holdings().identity().signingKey();
    within = suspension(owner, erasing.get(erasing.size() - 1));
    beyond = suspension(owner, before.get(before.size() - 1));
    whole =
        new RosterWriter(roster, space.host.randomness())
            .suspension(second.profile().device(), null, owner);
    space.close(desk);
    copy(space.path("desk"), space.path("before"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void write() {
    report = reporter.opens(readers, act("shot"));
    RecordId record = report.record();
    ChangeId erased = report.change().id();
    coordinator.says(record, List.of(erased), readers, act("beaten"));
    before = List.copyOf(coordinator.changes);
    Operation account =
        new Operation.Erase(
            erased, phone.profile().device(), true, List.of(), List.of(ACT), "asked");
    coordinator.write(record, List.of(erased), readers, erased, account);
    coordinator.says(record, List.of(), readers, new Operation.Comment("done"));
    erasing = coordinator.changes.subList(before.size(), coordinator.changes.size());
  }

  private static Operation act(String value) {
    return new Operation.Assert(ACT, CborValue.of(value));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private Device fresh() throws Exception {
    try (Stream<Path> files = Files.list(space.path("desk"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    copy(space.path("before"), space.path("desk"));
    return space.open("desk");
  }

  private Statement suspension(SigningKey owner, Change lastGood) {
    LastGood good = new LastGood(lastGood.prefix().sequence(), lastGood.id());
    return new RosterWriter(roster, space.host.randomness())
        .suspension(second.profile().device(), List.of(good), owner);
  }

  private static void take(Device device, Statement statement) throws CairnException {
    IntakeBatch[] batches = new IntakeBatch[1];
    device
        .holdings()
        .store()
        .change(
            rows -> {
              batches[0] = new Intake(device.holdings()).begin(rows);
              batches[0].statement(statement, OptionalLong.empty());
              batches[0].finish();
            });
    device
        .holdings()
        .store()
        .read(
            rows -> {
              batches[0].adopt(rows);
              return Boolean.TRUE;
            });
  }

  /** What arrives, in its order. */
  private enum Arrival {
    WORDS,
    ERASURE,
    SUSPENSION
  }

  private static List<List<Arrival>> orders() {
    List<List<Arrival>> orders = new ArrayList<>();
    for (Arrival first : Arrival.values()) {
      for (Arrival second : Arrival.values()) {
        for (Arrival third : Arrival.values()) {
          if (first != second && second != third && first != third) {
            orders.add(List.of(first, second, third));
          }
        }
      }
    }
    return orders;
  }

  private Device arrived(List<Arrival> order, Statement suspension) throws Exception {
    Device reader = fresh();
    for (Change change : before) {
      WithdrawalTest.take(reader, change);
    }
    for (Arrival each : order) {
      if (each == Arrival.SUSPENSION) {
        take(reader, suspension);
      } else {
        for (Change change : each == Arrival.WORDS ? reporter.changes : erasing) {
          WithdrawalTest.take(reader, change);
        }
      }
    }
    return reader;
  }

  private boolean hasBody(Device reader) throws CairnException {
    return TestSpace.held(reader).stream()
        .filter(held -> held.change().id().equals(report.change().id()))
        .anyMatch(held -> held.change().ciphertext().isPresent());
  }

  /** What a desk makes of its store; or would, had it the body as well. */
  private Digest digest(Device reader, boolean withBody) throws CairnException {
    List<Label> labels = new ArrayList<>();
    Set<ChangeId> counting = new HashSet<>();
    Map<ChangeId, MergeChange> said = new HashMap<>();
    reporter.said.forEach(change -> said.put(change.id(), change));
    coordinator.said.forEach(change -> said.put(change.id(), change));
    List<MergeChange> opened = new ArrayList<>();
    for (HeldChange held : TestSpace.held(reader)) {
      ChangeId id = held.change().id();
      labels.add(Label.of(held.change()));
      if (held.counts()) {
        counting.add(id);
      }
      if (held.opened().isPresent() || (withBody && id.equals(report.change().id()))) {
        opened.add(said.get(id));
      }
    }
    MergeAuthority authority = authority(reader.roster(), counting);
    Erasures erasures = Erasures.of(labels, authority);
    Map<RecordId, List<MergeChange>> records = new TreeMap<>();
    for (MergeChange change : opened) {
      records.computeIfAbsent(change.record(), any -> new ArrayList<>()).add(change);
    }
    List<RecordState> states = new ArrayList<>();
    records.values().forEach(each -> states.add(RecordMerge.merge(each, erasures, authority)));
    return CircleDigest.of(states);
  }

  private static MergeAuthority authority(RosterState roster, Set<ChangeId> counting) {
    return new MergeAuthority() {
      @Override
      public Optional<Author> author(DeviceId device) {
        return roster
            .device(device)
            .map(entry -> new Author(entry.member(), roster.mayDecide(device), false));
      }

      @Override
      public boolean counts(ChangeId change, DeviceId device) {
        return counting.contains(change);
      }
    };
  }

  /** Whether somebody who was not cut off yet, as far as was known, withdrew what was there. */
  private static boolean goes(List<Arrival> order) {
    return order.get(2) == Arrival.SUSPENSION;
  }

  @Test
  void withdrawalThatCounts_inEveryOrder_leavesOneState_withTheBodyAndWithout() throws Exception {
    Set<Digest> digests = new HashSet<>();
    for (List<Arrival> order : orders()) {
      Device reader = arrived(order, within);
      assertThat(hasBody(reader)).as("%s", order).isEqualTo(!goes(order));
      digests.add(digest(reader, false));
      digests.add(digest(reader, true));
      assertThat(reader.fsck().problems()).as("%s", order).isEmpty();
      space.close(reader);
    }
    assertThat(digests).hasSize(1);
  }

  /** What is gone does not come back; who has it yet shows it as if nobody had withdrawn it. */
  @Test
  void withdrawalThatDoesNotCount_inEveryOrder_dropsNothingOnceTheSuspensionIsKnown()
      throws Exception {
    Set<Digest> full = new HashSet<>();
    Set<Digest> bare = new HashSet<>();
    for (List<Arrival> order : orders()) {
      Device reader = arrived(order, beyond);
      boolean goes = goes(order);
      assertThat(hasBody(reader)).as("%s", order).isEqualTo(!goes);
      full.add(digest(reader, true));
      if (goes) {
        bare.add(digest(reader, false));
      } else {
        full.add(digest(reader, false));
      }
      space.close(reader);
    }
    assertThat(full).hasSize(1);
    assertThat(bare).hasSize(1).doesNotContainAnyElementsOf(full);
  }

  @Test
  void withdrawal_byOneCutOffWithoutAList_inEveryOrder_dropsNothingOnceThatIsKnown()
      throws Exception {
    Set<Digest> full = new HashSet<>();
    for (List<Arrival> order : orders()) {
      Device reader = arrived(order, whole);
      assertThat(hasBody(reader)).as("%s", order).isEqualTo(!goes(order));
      full.add(digest(reader, true));
      space.close(reader);
    }
    assertThat(full).hasSize(1);
  }

  /** The log lets go of a body on the word of whoever was not cut off then: it is no lie. */
  @Test
  void bodyThatTheLogHasNot_andAWithdrawalOfOneCutOffSince_isExplained() throws Exception {
    for (boolean counts : List.of(true, false)) {
      Device reader = fresh();
      take(reader, counts ? within : beyond);
      for (Change change : coordinator.changes) {
        WithdrawalTest.take(reader, change);
      }
      for (Change change : reporter.changes) {
        WithdrawalTest.take(reader, change.opensSession() ? change : change.withoutCiphertext());
      }
      assertThat(reader.fsck().problems()).as("counts: %s", counts).isEmpty();
      space.close(reader);
    }
  }
}
