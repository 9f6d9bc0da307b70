package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {

  private static final int NOTES = 9;
  private static final int NOTE_CHARACTERS = 12_000;
  private static final int STICK_BYTES = 48_000;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private Device courier;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 4);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    courier = space.reporter(desk, "courier");
    space.sync(courier);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ReportState state(RecordId record) throws Exception {
    return phone.show(record).status().state();
  }

  /** Notes that do not compress, so that a few sticks are needed for them. */
  private List<byte[]> threeSticks() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < NOTES; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < NOTE_CHARACTERS) {
        text.append((char) ('!' + random.nextInt(90)));
      }
      phone.record(TestSpace.note(i + ":" + text));
    }
    List<byte[]> sticks = Sticks.allFrom(phone, STICK_BYTES);
    assertThat(sticks.size()).isEqualTo(3);
    sticks.forEach(stick -> assertThat(stick.length).isLessThanOrEqualTo(STICK_BYTES));
    return sticks;
  }

  @Test
  void bundle_thereAndBack_bringsReceiptsThatSeal() throws Exception {
    RecordId record = phone.record(TestSpace.note("on a stick"));
    BundleImport taken = Sticks.into(courier, Sticks.from(phone));
    assertThat(taken.forOthers()).isEqualTo(1);
    assertThat(taken.fresh()).isZero();
    space.sync(courier);

    BundleImport back = Sticks.into(phone, Sticks.from(courier));

    assertThat(back.receipts()).isEqualTo(4); // admission, epoch, session, report
    assertThat(back.unreconciled()).isZero();
    assertThat(state(record)).isEqualTo(ReportState.RECEIVED);
    assertThat(phone.show(record).status().sealed()).isTrue();
    assertThat(phone.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("on a stick");
  }

  @Test
  void answer_takenInTwice_countsOnce() throws Exception {
    phone.record(TestSpace.note("on a stick"));
    byte[] back = Sticks.there(courier, Sticks.from(phone), space.ledger);
    Sticks.into(phone, back);
    assertThat(Sticks.into(phone, back).receipts()).isZero();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @TestFactory
  List<DynamicTest> threeSticks_deliveredAtOnceInAnyOrder_loseAndDoubleNothing() throws Exception {
    List<byte[]> sticks = threeSticks();
    return orders(
        order -> {
          Device carrier = space.reporter(desk, "carrier" + order);
          HonestLedger ledger = new HonestLedger(space.ledger);
          ledger.copy(space.ledger);
          for (int number : order) {
            Sticks.into(carrier, sticks.get(number));
          }
          carrier.sync(LedgerTransport.to(ledger), SyncListener.NONE);
          assertThat(ledger.changeCount()).isEqualTo(NOTES + 1);
        });
  }

  @TestFactory
  List<DynamicTest> threeSticks_deliveredOneByOneInAnyOrder_loseAndDoubleNothing()
      throws Exception {
    List<byte[]> sticks = threeSticks();
    return orders(
        order -> {
          Device carrier = space.reporter(desk, "carrier" + order);
          HonestLedger ledger = new HonestLedger(space.ledger);
          ledger.copy(space.ledger);
          for (int number : order) {
            Sticks.into(carrier, sticks.get(number));
            carrier.sync(LedgerTransport.to(ledger), SyncListener.NONE);
            Sticks.into(carrier, sticks.get(number));
          }
          carrier.sync(LedgerTransport.to(ledger), SyncListener.NONE);
          assertThat(ledger.changeCount()).isEqualTo(NOTES + 1);
        });
  }

  @TestFactory
  List<DynamicTest> threeSticks_takenInByADeskInAnyOrder_areAllRead() {
    return orders(
        order -> {
          try (TestSpace twin = new TestSpace(folder.resolve("twin" + order), 4)) {
            Device twinDesk = twin.owner("desk");
            phone = twin.reporter(twinDesk, "phone");
            List<byte[]> sticks = threeSticks();
            BundleImport last = null;
            for (int number : order) {
              last = Sticks.into(twinDesk, sticks.get(number));
            }
            assertThat(last).isNotNull();
            assertThat(last.early() + last.refused()).isZero();
            assertThat(TestSpace.notes(twinDesk)).hasSize(NOTES).doesNotHaveDuplicates();
            assertThat(twinDesk.fsck().problems()).isEmpty();
          }
        });
  }

  private interface OrderTest {
    void run(List<Integer> order) throws Exception;
  }

  private static List<DynamicTest> orders(OrderTest test) {
    return Sticks.ordersOfThree().stream()
        .map(order -> DynamicTest.dynamicTest(order.toString(), () -> test.run(order)))
        .collect(java.util.stream.Collectors.toList());
  }

  @Test
  void middleStick_missing_waitsAndIsTakenWhenItComes() throws Exception {
    List<byte[]> sticks = threeSticks();
    Sticks.into(courier, sticks.get(2));
    Sticks.into(courier, sticks.get(0));
    space.sync(courier);
    long first = space.ledger.changeCount();
    assertThat(first).isBetween(2L, (long) NOTES);

    Device other = space.reporter(desk, "other");
    Sticks.into(other, sticks.get(1));
    space.sync(other);
    space.sync(courier);

    assertThat(space.ledger.changeCount()).isEqualTo(NOTES + 1);
  }

  @Test
  void middleStick_missingAtADesk_isSaidAndTakenInLater() throws Exception {
    List<byte[]> sticks = threeSticks();
    Sticks.into(desk, sticks.get(0));
    BundleImport last = Sticks.into(desk, sticks.get(2));
    assertThat(last.early()).isEqualTo(1);
    assertThat(last.refused()).isPositive();
    assertThat(last.fresh()).isZero();
    space.close(desk);
    desk = space.open("desk");
    BundleImport middle = Sticks.into(desk, sticks.get(1));
    assertThat(middle.early()).isZero();
    assertThat(middle.refused()).isZero();
    assertThat(TestSpace.notes(desk)).hasSize(NOTES);
  }

  @Test
  void smallSticks_afterTheLast_beginAnew() throws Exception {
    List<byte[]> sticks = threeSticks();
    List<byte[]> again = Sticks.allFrom(phone, STICK_BYTES);
    assertThat(again.size()).isEqualTo(sticks.size());
    for (byte[] stick : again) {
      Sticks.into(courier, stick);
    }
    space.sync(courier);
    assertThat(space.ledger.changeCount()).isEqualTo(NOTES + 1);
  }

  @Test
  void stick_tooSmallForAnything_isRefusedByName() throws Exception {
    threeSticks();
    assertThatThrownBy(() -> Sticks.from(phone, 1000))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("bundle.too-small"));
  }

  /** Not one stick after another, each with the same beginning. */
  @Test
  void stick_tooSmallForWhatGoesTogether_isRefusedByName() throws Exception {
    LettingIn inviting = new LettingIn(desk.holdings());
    for (int i = 0; i < 40; i++) {
      inviting.offer(Role.REPORTER, List.of(), 1, 4_000_000_000L, desk.profile().server());
    }
    assertThatThrownBy(() -> Sticks.from(desk, 16 * 1024))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("bundle.too-small"));
    Sticks.into(courier, Sticks.allFrom(desk, 64 * 1024).get(0));
    space.sync(courier);
    space.sync(desk);
    assertThat(desk.state().pending()).isZero();
  }

  @Test
  void parcel_altered_isRefusedByNameAndTheOthersAreTakenIn() throws Exception {
    List<byte[]> sticks = threeSticks();
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    byte[] altered = sticks.get(0).clone();
    altered[altered.length - 100] ^= 1;
    bundle.write(altered);
    phone.record(TestSpace.note("short"));
    byte[] whole = Sticks.from(phone);
    bundle.write(whole, 15, whole.length - 15);

    assertThatThrownBy(() -> Sticks.into(desk, bundle.toByteArray()))
        .isInstanceOfSatisfying(
            MalformedException.class, e -> assertThat(e.code()).isEqualTo("malformed"))
        .hasMessageContaining("was altered on its way");
    assertThat(TestSpace.notes(desk)).hasSize(NOTES + 1);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void bundle_cutShort_givesWhatIsWhole() throws Exception {
    phone.record(TestSpace.note("whole"));
    byte[] whole = Sticks.from(phone);
    assertThatThrownBy(() -> Sticks.into(desk, Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(MalformedException.class);
    assertThat(TestSpace.notes(desk)).isEmpty();
    Sticks.into(desk, whole);
    assertThat(TestSpace.notes(desk)).containsExactly("whole");
  }

  @Test
  void parcel_refusedByTheServer_doesNotStopASync() throws Exception {
    phone.record(TestSpace.note("carried"));
    Sticks.into(courier, Sticks.from(phone));
    for (int status : new int[] {500, 403, 409, 422}) {
      RecordId own = courier.record(TestSpace.note("the courier's own"));
      HonestLedger refusing = refusing(status);
      refusing.copy(space.ledger);
      SyncResult result = courier.sync(LedgerTransport.to(refusing), SyncListener.NONE);
      assertThat(result.refused()).isEmpty();
      assertThat(courier.show(own).status().state()).isEqualTo(ReportState.RECEIVED);
      space.ledger.copy(refusing);
    }
  }

  @Test
  void parcel_notTakenNow_isOfferedAgain() throws Exception {
    phone.record(TestSpace.note("carried"));
    Sticks.into(courier, Sticks.from(phone));
    HonestLedger refusing = refusing(500);
    refusing.copy(space.ledger);
    courier.sync(LedgerTransport.to(refusing), SyncListener.NONE);
    space.sync(courier);
    assertThat(space.ledger.changeCount()).isEqualTo(2);
  }

  private HonestLedger refusing(int status) {
    return new HonestLedger(space.ledger) {
      @Override
      protected OptionalInt parcelStatus() {
        return OptionalInt.of(status);
      }
    };
  }

  @Test
  void parcel_refusedForGood_isNotOfferedAgain() throws Exception {
    phone.record(TestSpace.note("carried"));
    Sticks.into(courier, Sticks.from(phone));
    HonestLedger refusing = refusing(422);
    refusing.copy(space.ledger);
    LedgerTransport first = LedgerTransport.to(refusing);
    courier.sync(first, SyncListener.NONE);
    LedgerTransport second = LedgerTransport.to(refusing);
    courier.sync(second, SyncListener.NONE);
    assertThat(first.targets()).filteredOn(target -> target.endsWith("/parcels")).hasSize(1);
    assertThat(second.targets()).noneMatch(target -> target.endsWith("/parcels"));
  }

  @Test
  void attachment_onSmallSticksInAnyOrder_arrivesWhole() throws Exception {
    RecordId record = phone.record(TestSpace.note("with a photograph"));
    byte[] photograph = new byte[110_000];
    new Random(6).nextBytes(photograph);
    String id =
        phone
            .attach(
                record,
                new java.io.ByteArrayInputStream(photograph),
                "a.jpg",
                "image/jpeg",
                dev.cairn.client.report.CaptureMetadata.NONE)
            .toString();
    List<byte[]> sticks = Sticks.allFrom(phone, STICK_BYTES);
    assertThat(sticks.size()).isEqualTo(3);
    for (int number : new int[] {2, 0, 1}) {
      Sticks.into(courier, sticks.get(number));
    }
    space.sync(courier);
    space.sync(desk);
    assertThat(space.ledger.file(id).length).isGreaterThan(photograph.length);
    dev.cairn.protocol.id.AttachmentId attachment = dev.cairn.protocol.id.AttachmentId.parse(id);
    desk.fetchAttachment(attachment, LedgerTransport.to(space.ledger));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    desk.openAttachment(attachment, out);
    assertThat(Arrays.equals(out.toByteArray(), photograph)).isTrue();
  }

  @Test
  void carriedParcels_onSmallSticks_stayInBoundsAndAllGo() throws Exception {
    for (byte[] stick : threeSticks()) {
      Sticks.into(courier, stick);
    }
    Device next = space.reporter(desk, "next");
    List<byte[]> handedOn = Sticks.allFrom(courier, STICK_BYTES + 1000);
    assertThat(handedOn.size()).isGreaterThan(1);
    for (byte[] stick : handedOn) {
      assertThat(stick.length).isLessThanOrEqualTo(STICK_BYTES + 1000);
      Sticks.into(next, stick);
    }
    space.sync(next);
    assertThat(space.ledger.changeCount()).isEqualTo(NOTES + 1);
  }

  @Test
  void courier_withTooManyParcels_saysSoUntilTheyAreHandedOn() throws Exception {
    Device full = space.reporter(desk, "full");
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.write(BundleWriter.beginning());
    for (int i = 0; i <= Limits.CARRIED_PARCELS_MAX; i++) {
      // For nobody here: well formed, and sealed to a key that nobody has.
      bundle.write(BundleWriter.parcel(unopenable(i)));
    }
    assertThatThrownBy(() -> Sticks.into(full, bundle.toByteArray()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("courier.full"));
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    left.write(BundleWriter.beginning());
    left.write(BundleWriter.parcel(unopenable(Limits.CARRIED_PARCELS_MAX)));
    assertThatThrownBy(() -> Sticks.into(full, left.toByteArray()))
        .isInstanceOf(RefusedException.class);
    Sticks.from(full);
    assertThat(Sticks.into(full, left.toByteArray()).forOthers()).isEqualTo(1);
  }

  private static byte[] unopenable(int number) {
    byte[] stanza = new byte[1168];
    stanza[0] = (byte) number;
    stanza[1] = (byte) (number >> 8);
    CborWriter writer = new CborWriter().array(4).uint(1).array(1).bytes(stanza);
    byte[] parcel = writer.bytes(new byte[100]).bytes(new byte[32]).toBytes();
    byte[] check = new Sha256().update(parcel, 0, parcel.length - 34).digest().bytes();
    System.arraycopy(check, 0, parcel, parcel.length - check.length, check.length);
    return parcel;
  }
}
