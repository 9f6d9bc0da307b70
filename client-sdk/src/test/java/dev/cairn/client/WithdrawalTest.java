package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.frame.Frame;
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
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P7 through the store of a desk: erasures that come before, after and between what they erase. */
class WithdrawalTest {

  private static final Field ACT = Field.of(KnownField.TYPE_OF_ACT);

  private final List<TestWriter> writers = new ArrayList<>();

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device second;
  private Device phone;
  private Device tablet;
  private RosterState roster;
  private List<CircleId> deskOnly;
  private List<CircleId> phoneToo;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 11);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    tablet = space.reporter(desk, "tablet");
    second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(phone);
    space.sync(tablet);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    roster = desk.roster();
    CircleId deskCircle = roster.desk().orElseThrow();
    deskOnly = List.of(deskCircle);
    phoneToo = List.of(deskCircle, Circles.device(phone.profile().device()));
    // The desk's store as it is now is what every order of arrival begins with.
    space.close(desk);
    copy(space.path("desk"), space.path("before"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
  }

  private Device fresh() throws Exception {
    clear(space.path("desk"));
    copy(space.path("before"), space.path("desk"));
    return space.open("desk");
  }

  static Taken take(Device device, Change... changes) throws CairnException {
    Taken[] taken = new Taken[1];
    IntakeBatch[] batches = new IntakeBatch[1];
    device
        .holdings()
        .store()
        .change(
            rows -> {
              batches[0] = new Intake(device.holdings()).begin(rows);
              taken[0] = batches[0].frame(Frame.of(List.of(changes)));
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
    return taken[0];
  }

  /** Takes all in this order; what does not fit yet comes again later. */
  private static void takeAll(Device device, List<Change> order) throws CairnException {
    List<Change> left = new ArrayList<>(order);
    while (!left.isEmpty()) {
      List<Change> again = new ArrayList<>();
      for (Change change : left) {
        if (take(device, change).refused() > 0) {
          again.add(change);
        }
      }
      assertThat(again).hasSizeLessThan(left.size());
      left = again;
    }
  }

  /** What a desk makes of its store: labels of all, and what opens. */
  private List<Digest> digests(Device device) throws CairnException {
    List<Label> labels = new ArrayList<>();
    List<MergeChange> opened = new ArrayList<>();
    Map<ChangeId, MergeChange> said = said();
    for (HeldChange held : TestSpace.held(device)) {
      labels.add(Label.of(held.change()));
      held.opened().ifPresent(any -> opened.add(said.get(held.change().id())));
    }
    return digests(labels, opened);
  }

  private List<Digest> digests(List<Label> labels, Collection<MergeChange> opened) {
    MergeAuthority authority = authority();
    Map<ChangeId, Label> byId = new TreeMap<>();
    labels.forEach(label -> byId.put(label.change(), label));
    List<Digest> digests = new ArrayList<>();
    for (CircleId circle : phoneToo) {
      Map<RecordId, List<MergeChange>> records = new TreeMap<>();
      for (MergeChange change : opened) {
        if (byId.get(change.id()).audience().circles().contains(circle)) {
          records.computeIfAbsent(change.record(), any -> new ArrayList<>()).add(change);
        }
      }
      Erasures erasures = Erasures.of(labels, authority).in(circle);
      List<RecordState> states = new ArrayList<>();
      records.values().forEach(each -> states.add(RecordMerge.merge(each, erasures, authority)));
      digests.add(CircleDigest.of(states));
    }
    return digests;
  }

  private MergeAuthority authority() {
    return new MergeAuthority() {
      @Override
      public Optional<Author> author(DeviceId device) {
        return roster
            .device(device)
            .map(
                entry ->
                    new Author(
                        entry.member(),
                        roster.mayDecide(device),
                        entry.state() == DeviceEntry.State.PROVISIONAL));
      }

      @Override
      public boolean counts(ChangeId change, DeviceId device) {
        return true;
      }
    };
  }

  private Map<ChangeId, MergeChange> said() {
    Map<ChangeId, MergeChange> said = new TreeMap<>();
    writers.forEach(writer -> writer.said.forEach(change -> said.put(change.id(), change)));
    return said;
  }

  private TestWriter writer(Device device) {
    TestWriter writer = new TestWriter(device, roster, space.host.randomness());
    writers.add(writer);
    return writer;
  }

  private static Set<ChangeId> bodies(Device device) throws CairnException {
    Set<ChangeId> bodies = new TreeSet<>();
    for (HeldChange held : TestSpace.held(device)) {
      if (held.change().ciphertext().isPresent()) {
        bodies.add(held.change().id());
      }
    }
    return bodies;
  }

  private static Operation act(String value) {
    return new Operation.Assert(ACT, CborValue.of(value));
  }

  private static Operation.Erase account(ChangeId erased, Device author) {
    return new Operation.Erase(
        erased, author.profile().device(), true, List.of(), List.of(ACT), "asked");
  }

  /** Reports, comments and erasures, true and false, over several records and two audiences. */
  private List<Change> history(long seed) {
    writers.clear();
    Random random = new Random(seed);
    List<TestWriter> all = List.of(writer(phone), writer(second), writer(tablet));
    Device[] devices = {phone, second, tablet};
    List<Written> written = new ArrayList<>();
    List<Integer> authors = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int author = random.nextInt(3);
      List<CircleId> to = random.nextInt(3) == 0 ? deskOnly : phoneToo;
      if (i < 2) {
        written.add(all.get(author).opens(to, act("v" + i)));
      } else {
        Written about = written.get(random.nextInt(written.size()));
        List<ChangeId> seen = List.of(about.change().id());
        int target = random.nextInt(written.size());
        if (random.nextInt(2) == 0) {
          author = random.nextInt(3) == 0 ? author : 1;
          ChangeId erased = written.get(target).change().id();
          int told = random.nextInt(4) == 0 ? random.nextInt(3) : authors.get(target);
          written.add(
              all.get(author)
                  .write(about.record(), seen, to, erased, account(erased, devices[told])));
        } else {
          written.add(all.get(author).says(about.record(), seen, to, act("v" + i)));
        }
      }
      authors.add(author);
    }
    List<Change> changes = new ArrayList<>();
    all.forEach(writer -> changes.addAll(writer.changes));
    return changes;
  }

  @Test
  void arrivals_inEveryOrder_giveOneStateAndOneSetOfBodies() throws Exception {
    int erased = 0;
    for (long seed = 0; seed < 6; seed++) {
      List<Change> order = history(seed);
      List<Label> labels = new ArrayList<>();
      order.forEach(change -> labels.add(Label.of(change)));
      List<Digest> expected = digests(labels, said().values());
      Set<Set<ChangeId>> kept = new HashSet<>();
      for (int round = 0; round < 4; round++) {
        List<Change> arriving = new ArrayList<>(order);
        arriving.addAll(order.subList(0, order.size() / 2));
        Collections.shuffle(arriving, new Random(seed * 10 + round));
        Device reader = fresh();
        takeAll(reader, arriving);

        assertThat(digests(reader)).as("seed %d", seed).isEqualTo(expected);
        kept.add(bodies(reader));
        space.close(reader);
      }
      assertThat(kept).as("seed %d", seed).hasSize(1);
      erased += said().size() - kept.iterator().next().size();
    }
    assertThat(erased).isGreaterThan(3);
  }

  @Test
  void body_afterItsErasure_isNeitherKeptNorPutBack() throws Exception {
    TestWriter reporter = writer(phone);
    Written report = reporter.opens(phoneToo, act("shot"));
    TestWriter coordinator = writer(second);
    ChangeId id = report.change().id();
    coordinator.write(report.record(), List.of(id), phoneToo, id, account(id, phone));
    Device reader = fresh();

    takeAll(reader, coordinator.changes);
    takeAll(reader, reporter.changes);
    assertThat(bodies(reader)).doesNotContain(id);
    takeAll(reader, reporter.changes);
    assertThat(bodies(reader)).doesNotContain(id);
  }

  @Test
  void erasure_ofAnErasure_dropsNoBody() throws Exception {
    TestWriter reporter = writer(phone);
    Written report = reporter.opens(phoneToo, act("shot"));
    TestWriter coordinator = writer(second);
    ChangeId id = report.change().id();
    ChangeId erasure =
        coordinator
            .write(report.record(), List.of(id), phoneToo, id, account(id, phone))
            .change()
            .id();
    coordinator.write(report.record(), List.of(id), phoneToo, erasure, account(erasure, second));
    Device reader = fresh();

    takeAll(reader, reporter.changes);
    takeAll(reader, coordinator.changes);
    assertThat(bodies(reader)).contains(erasure).doesNotContain(id);
  }

  @Test
  void erasure_sentToFewer_dropsNoBody() throws Exception {
    TestWriter reporter = writer(phone);
    Written report = reporter.opens(phoneToo, act("shot"));
    TestWriter coordinator = writer(second);
    ChangeId id = report.change().id();
    coordinator.write(report.record(), List.of(id), deskOnly, id, account(id, phone));
    Device reader = fresh();

    takeAll(reader, reporter.changes);
    takeAll(reader, coordinator.changes);
    assertThat(bodies(reader)).contains(id);
  }

  @Test
  void erasure_byADeviceConfirmedLater_dropsTheBodyThen() throws Exception {
    Device third = joined("third");
    TestWriter reporter = writer(phone);
    Written report = reporter.opens(phoneToo, act("shot"));
    TestWriter coordinator = writer(third);
    ChangeId id = report.change().id();
    coordinator.write(report.record(), List.of(id), phoneToo, id, account(id, phone));
    takeAll(desk, reporter.changes);
    takeAll(desk, coordinator.changes);
    assertThat(bodies(desk)).contains(id);

    space.sync(desk);
    desk.confirmDevice(third.profile().device());
    space.sync(desk);
    assertThat(bodies(desk)).doesNotContain(id);
  }

  private Device joined(String name) throws Exception {
    desk = fresh();
    Device third = space.join(desk, name, Role.COORDINATOR, SealMode.NEVER);
    space.sync(third);
    space.sync(desk);
    roster = desk.roster();
    return third;
  }

  @Test
  void ownChange_erasedByItsOwnDevice_keepsNoBodyOnceItIsInTheLog() throws Exception {
    Device reader = fresh();
    RecordId record = reader.recordAll(List.of(TestSpace.note("own"))).get(0);
    ChangeId id = null;
    for (HeldChange held : TestSpace.held(reader)) {
      id = held.opened().isPresent() ? held.change().id() : id;
    }
    reader.write(
        WriteRequest.to(record, 1, List.of(id), List.of(account(id, reader)))
            .circles(phoneToo)
            .erasing(id));
    // It has not been sent: no log would take it without its body.
    assertThat(bodies(reader)).contains(id);
    space.sync(reader);
    assertThat(bodies(reader)).doesNotContain(id);
  }

  @Test
  void frame_withAGapInTheMiddle_isNotTakenInPart() throws Exception {
    TestWriter reporter = writer(phone);
    for (int i = 0; i < 3; i++) {
      reporter.opens(deskOnly, new Operation.Note("note " + i));
    }
    List<Change> changes = reporter.changes;
    Device reader = fresh();

    Taken taken = take(reader, changes.get(0), changes.get(1), changes.get(3));
    assertThat(taken.code()).contains(IntakeBatch.GAP);
    assertThat(taken.fresh()).isZero();
    assertThat(taken.refused()).isEqualTo(3);
    assertThat(TestSpace.held(reader)).isEmpty();
    assertThat(take(reader, changes.toArray(new Change[0])).fresh()).isEqualTo(4);
  }

  /** Who reads a session can open one of the same id; a reader of the first must not read that. */
  @Test
  void session_ofTheSameIdByAnotherDevice_isNotOpenedWithTheFirstOnesKeys() throws Exception {
    TestWriter reporter = new TestWriter(phone, roster, TestSpace.host(5).randomness());
    reporter.opens(deskOnly, new Operation.Note("first"));
    TestWriter other = new TestWriter(second, roster, TestSpace.host(5).randomness());
    other.opens(List.of(Circles.device(phone.profile().device())), new Operation.Note("second"));
    Device reader = fresh();

    assertThat(other.changes.get(1).prefix().session())
        .isEqualTo(reporter.changes.get(1).prefix().session());
    takeAll(reader, reporter.changes);
    reader
        .holdings()
        .store()
        .read(
            rows -> {
              assertThat(reader.holdings().sessions().keys(rows, reporter.changes.get(1)))
                  .isPresent();
              assertThat(reader.holdings().sessions().keys(rows, other.changes.get(1))).isEmpty();
              return Boolean.TRUE;
            });
  }
}
