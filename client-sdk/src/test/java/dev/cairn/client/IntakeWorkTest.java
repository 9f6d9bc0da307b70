package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.store.Table;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One more change costs a desk no more than a bound, however many like it came before and whoever
 * wrote them: rows and bytes are counted, not seconds.
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

  /** Branches of the phone's feed, each begun as if there were nothing before it. */
  private List<Change> branches(int count) {
    List<Change> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestWriter twin = writer(phone);
      twin.opens(circles, note());
      branches.add(twin.changes.get(0));
    }
    return branches;
  }

  /** Takes a change as a pull brings it, with its place in the log. */
  private static Taken pulled(Device device, Change change, long position) throws CairnException {
    Taken[] taken = new Taken[1];
    device
        .holdings()
        .store()
        .change(
            rows -> {
              IntakeBatch batch = new Intake(device.holdings()).begin(rows);
              taken[0] = batch.frame(Frame.of(List.of(change)), List.of(position), true);
              batch.finish();
            });
    return taken[0];
  }

  @Test
  void branches_ofABundle_costLittleAndEndWhereOneChangeCanJoinThem() throws Exception {
    long[] bytes = taken(branches(Limits.FEED_HEADS_MAX));
    assertThat(bytes[bytes.length - 1]).isLessThan(bytes[5] + 36L * Limits.FEED_HEADS_MAX);

    Change further = branches(1).get(0);
    assertThat(WithdrawalTest.take(desk, further).code()).contains("feed.forks");
  }

  /** Else a desk that holds branches by hand would call a server a liar for having taken others. */
  @Test
  void branches_ofTheLog_areTakenBesideThoseOfABundle() throws Exception {
    taken(branches(Limits.FEED_HEADS_MAX));

    assertThat(pulled(desk, branches(1).get(0), 100).fresh()).isEqualTo(1);
  }

  private List<Change> writtenNext() throws CairnException {
    int before = own().size();
    phone.write(WriteRequest.opening(RecordKind.INCIDENT, List.of(act("raid"))).circles(circles));
    return own().subList(before, own().size());
  }

  private List<Change> own() throws CairnException {
    return phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 1000));
  }

  private void openAgain() throws Exception {
    space.close(phone);
    phone = space.open("phone");
  }

  /** What the phone writes and then finds in the log; returns the heads it finds. */
  private List<ChangeId> finds(int notes) throws CairnException {
    List<ChangeId> heads = new ArrayList<>();
    long position = 100;
    for (int i = 0; i < Limits.FEED_HEADS_MAX; i++) {
      TestWriter twin = writer(phone);
      Written opening = twin.opens(circles, note());
      for (int more = 1; more < notes; more++) {
        twin.says(opening.record(), List.of(opening.change().id()), circles, note());
      }
      for (Change change : twin.changes) {
        assertThat(pulled(phone, change, position++).fresh()).isEqualTo(1);
      }
      heads.add(twin.changes.get(notes).id());
    }
    return heads;
  }

  /** The log takes no further branch, so the one that it does not have must not be continued. */
  @Test
  void deviceThatFindsAsManyBranchesAsThereMayBe_joinsThemWithoutItsOwn() throws Exception {
    List<Change> mine = writtenNext();
    ChangeId head = mine.get(mine.size() - 1).id();
    List<ChangeId> found = finds(2);
    openAgain();

    Change joining = writtenNext().get(0);
    assertThat(joining.opensSession()).isTrue();
    assertThat(joining.prefix().previous()).containsExactlyInAnyOrderElementsOf(found);
    assertThat(joining.prefix().audiencePrevious()).containsExactlyInAnyOrderElementsOf(found);
    openAgain();
    assertThat(writtenNext().get(0).prefix().previous()).contains(head).hasSize(2);
  }

  /** Own changes are kept by sequence: joining shorter branches only would write one over. */
  @Test
  void deviceThatFindsManyShorterBranches_losesNothingOfItsOwn() throws Exception {
    writtenNext();
    writtenNext();
    List<Change> mine = own();
    finds(1);
    openAgain();

    Change joining = writtenNext().get(0);
    assertThat(joining.prefix().previous())
        .hasSize(Limits.FEED_HEADS_MAX)
        .contains(mine.get(mine.size() - 1).id());
    assertThat(own()).extracting(Change::id).containsAll(ids(mine));
  }

  private static List<ChangeId> ids(List<Change> changes) {
    return changes.stream().map(Change::id).toList();
  }

  static Operation act(String value) {
    return new Operation.Assert(Field.of(KnownField.TYPE_OF_ACT), CborValue.of(value));
  }

  /** Each change in a parcel of its own, the last one first. */
  private byte[] backwards(List<Change> changes) throws Exception {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (int i = changes.size() - 1; i >= 0; i--) {
      bundle.writeBytes(parcel(List.of(changes.get(i))));
    }
    return bundle.toByteArray();
  }

  /** A parcel for the desk, as a bundle holds it. */
  private byte[] parcel(List<Change> changes) throws Exception {
    Entry entry = new Entry.OfFrame(Frame.of(changes), List.of());
    ParcelContent content =
        new ParcelContent.Changes(
            desk.profile().space(), Encoded.of(new EntryWriter().write(entry)));
    EncryptionPublicKey key = desk.holdings().identity().encryptionKey().publicKey();
    return BundleWriter.parcel(Parcel.seal(content, List.of(key), space.host.randomness()));
  }

  /** Rows that a desk reads to take in a chain of so many in the worst order. */
  private long readsOfAChain(Device author, int parcels) throws Exception {
    TestWriter writer = writer(author);
    Written opening = writer.opens(circles, note());
    while (writer.changes.size() < parcels) {
      writer.write(opening.record(), List.of(opening.change().id()), circles, null, note());
    }
    byte[] bundle = backwards(writer.changes);
    long before = counted.reads();
    assertThat(Sticks.into(desk, bundle).early()).isZero();
    return counted.reads() - before;
  }

  @Test
  void parcels_twiceAsManyInTheWorstOrder_costNotMuchMoreThanTwiceAsMuch() throws Exception {
    long few = readsOfAChain(phone, MANY);
    assertThat(readsOfAChain(second, 2 * MANY)).isLessThan(3 * few);
  }

  /** A frame of a device that nobody let in, in so many parcels. */
  private byte[] ofAStranger(int parcels) throws Exception {
    Device stranger = space.reporter(desk, "stranger");
    stranger.record(TestSpace.note("of a stranger"));
    List<Change> written =
        stranger.holdings().store().read(rows -> OwnChanges.from(rows, 0, Integer.MAX_VALUE));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (int i = 0; i < parcels; i++) {
      bundle.writeBytes(parcel(written));
    }
    return bundle.toByteArray();
  }

  private long readsOfAnEmptyBundle() throws Exception {
    long before = counted.reads();
    Sticks.into(desk, BundleWriter.beginning());
    return counted.reads() - before;
  }

  /** Else whoever has a desk's public key could make everything it is handed dear. */
  @Test
  void parcelsThatWait_areNotReadAgainBeforeSomethingHasCome() throws Exception {
    long without = readsOfAnEmptyBundle();
    assertThat(Sticks.into(desk, ofAStranger(MANY)).early()).isEqualTo(MANY);

    assertThat(readsOfAnEmptyBundle()).isEqualTo(without + MANY);
  }

  /** A phone's flash wears, and a large parcel may be offered for weeks. */
  @Test
  void parcelOfferedInVain_isNotWrittenAgain() throws Exception {
    int sizeBytes = 1 << 20;
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    byte[] ofALaterVersion = new CborWriter().array(2).uint(2).bytes(new byte[sizeBytes]).toBytes();
    bundle.writeBytes(BundleWriter.parcel(ofALaterVersion));
    Sticks.into(desk, bundle.toByteArray());
    long before = counted.bytesWritten();

    LedgerTransport transport = LedgerTransport.to(space.ledger);
    desk.sync(transport, SyncListener.NONE);

    assertThat(transport.targets()).anyMatch(target -> target.contains("/parcels"));
    assertThat(counted.bytesWritten() - before).isLessThan(sizeBytes / 10);
  }
}
