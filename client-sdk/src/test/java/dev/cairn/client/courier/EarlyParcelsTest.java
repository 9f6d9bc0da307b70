package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.client.courier.CarriedParcels.Keeping;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.Table;
import dev.cairn.client.store.TestStore;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many parcels wait on a device for what they continue, and which of them go. */
class EarlyParcelsTest {

  private static final int SMALL_BYTES = 8;
  private static final int LARGE_BYTES = 4 * 1024 * 1024;
  private static final Lacking NOTHING = Lacking.of(List.of(), List.of(), 0);

  @TempDir Path folder;
  private EncryptedStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private static byte[] parcel(int number, int sizeBytes) {
    return ByteBuffer.allocate(sizeBytes).putInt(number).array();
  }

  /** Keeps so many, from a number on, which wait for their beginning. */
  private void keep(int from, int count) throws Exception {
    store.change(
        rows -> {
          EarlyParcels early = EarlyParcels.read(rows);
          for (int i = from; i < from + count; i++) {
            assertThat(early.keep(rows, parcel(i, SMALL_BYTES), true, NOTHING))
                .isEqualTo(Keeping.FRESH);
          }
        });
  }

  /** Keeps so many for others. */
  private void carry(int from, int count) throws Exception {
    store.change(
        rows -> {
          for (int i = from; i < from + count; i++) {
            CarriedParcels.keep(rows, parcel(i, SMALL_BYTES), false, Here.CLOSED);
          }
        });
  }

  /** The server finds one too early once more. */
  private void offerInVain(int number) throws Exception {
    Digest id = Sha256.of(parcel(number, SMALL_BYTES));
    store.change(
        rows -> {
          for (CarriedParcels.Carried carried : CarriedParcels.all(rows)) {
            if (carried.id().equals(id)) {
              CarriedParcels.update(rows, carried.asEarly());
            }
          }
        });
  }

  private boolean has(int number) throws Exception {
    return store.read(rows -> CarriedParcels.has(rows, Sha256.of(parcel(number, SMALL_BYTES))));
  }

  private int held() throws Exception {
    return store.read(CarriedParcels::all).size();
  }

  @Test
  void early_upToTheMost_areKept_andTheOldestGoes() throws Exception {
    keep(0, Limits.EARLY_PARCELS_MAX);
    assertThat(held()).isEqualTo(Limits.EARLY_PARCELS_MAX);
    assertThat(has(0)).isTrue();
    keep(Limits.EARLY_PARCELS_MAX, 1);
    assertThat(held()).isEqualTo(Limits.EARLY_PARCELS_MAX);
    assertThat(has(0)).isFalse();
    assertThat(has(1)).isTrue();
  }

  @Test
  void early_ofTheMostBytes_areKept_andTheOldestGoes() throws Exception {
    int most = (int) (Limits.EARLY_PARCELS_BYTES_MAX / LARGE_BYTES);
    store.change(
        rows -> {
          EarlyParcels early = EarlyParcels.read(rows);
          for (int i = 0; i < most; i++) {
            early.keep(rows, parcel(i, LARGE_BYTES), true, NOTHING);
          }
          Digest oldest = Sha256.of(parcel(0, LARGE_BYTES));
          assertThat(CarriedParcels.has(rows, oldest)).isTrue();
          early.keep(rows, parcel(most, SMALL_BYTES), true, NOTHING);
          assertThat(CarriedParcels.has(rows, oldest)).isFalse();
          assertThat(rows.count(Table.PARCEL)).isEqualTo(most);
          assertThat(rows.count(Table.LACKING)).isEqualTo(most);
        });
  }

  @Test
  void early_thatMadeRoom_isFreshWhenItComesAgain() throws Exception {
    keep(0, Limits.EARLY_PARCELS_MAX + 1);
    keep(0, 1);
    assertThat(has(0)).isTrue();
  }

  @Test
  void early_asManyAsMayWait_leaveRoomForWhatIsCarried() throws Exception {
    int rest = Limits.CARRIED_PARCELS_MAX - Limits.EARLY_PARCELS_MAX;
    keep(0, Limits.EARLY_PARCELS_MAX);
    carry(Limits.EARLY_PARCELS_MAX, rest);
    assertThat(has(0)).isTrue();
    carry(Limits.CARRIED_PARCELS_MAX, 1);
    assertThat(held()).isEqualTo(Limits.CARRIED_PARCELS_MAX);
    assertThat(has(0)).isFalse();
    assertThat(has(Limits.CARRIED_PARCELS_MAX)).isTrue();
  }

  @Test
  void carried_thatTheServerFoundEarlyMostOften_goesFirst() throws Exception {
    carry(0, Limits.CARRIED_PARCELS_MAX);
    offerInVain(3);
    offerInVain(5);
    offerInVain(5);
    offerInVain(7);
    carry(Limits.CARRIED_PARCELS_MAX, 1);
    assertThat(has(5)).isFalse();
    carry(Limits.CARRIED_PARCELS_MAX + 1, 1);
    assertThat(has(3)).isFalse();
    assertThat(has(7)).isTrue();
  }

  @Test
  void carried_thatWereNeverOffered_goForNothing() throws Exception {
    carry(0, Limits.CARRIED_PARCELS_MAX);
    carry(Limits.CARRIED_PARCELS_MAX, 1);
    assertThat(has(0)).isTrue();
    assertThat(has(Limits.CARRIED_PARCELS_MAX)).isFalse();
  }

  /** The server refuses one for good. */
  private void settle(int number) throws Exception {
    store.change(
        rows -> {
          Digest id = Sha256.of(parcel(number, SMALL_BYTES));
          CarriedParcels.update(rows, CarriedParcels.find(rows, id).orElseThrow().asSettled());
        });
  }

  private void answer(int from, int count) throws Exception {
    List<byte[]> answers = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      answers.add(parcel(i, SMALL_BYTES));
    }
    store.change(rows -> CarriedParcels.keepAnswers(rows, answers));
  }

  @Test
  void answers_asManyAsThereIsRoomFor_areKept() throws Exception {
    int first = Limits.CARRIED_PARCELS_MAX - 2;
    carry(0, first);
    answer(first, 3);
    assertThat(held()).isEqualTo(Limits.CARRIED_PARCELS_MAX);
    assertThat(has(first + 1)).isTrue();
    assertThat(has(first + 2)).isFalse();
  }

  @Test
  void answers_withoutRoom_costNothingThatWasNotDelivered() throws Exception {
    int early = 2;
    keep(0, early);
    carry(early, Limits.CARRIED_PARCELS_MAX - early);
    offerInVain(5);
    answer(Limits.CARRIED_PARCELS_MAX, 1);
    assertThat(has(0)).isTrue();
    assertThat(has(5)).isTrue();
    assertThat(has(Limits.CARRIED_PARCELS_MAX)).isFalse();
  }

  @Test
  void answers_withoutRoom_takeThePlacesOfWhatTheServerNeedsNoMoreAndNoneOfAnAnswer()
      throws Exception {
    int first = Limits.CARRIED_PARCELS_MAX;
    carry(0, first);
    settle(3);
    settle(4);
    answer(first, 1);
    assertThat(has(3)).isFalse();
    assertThat(has(4)).isTrue();
    answer(first + 1, 2);
    assertThat(has(4)).isFalse();
    assertThat(has(first)).isTrue();
    assertThat(has(first + 1)).isTrue();
    assertThat(has(first + 2)).isFalse();
    assertThat(held()).isEqualTo(Limits.CARRIED_PARCELS_MAX);
  }
}
