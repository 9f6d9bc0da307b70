package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A courier with an older program loses nothing of what newer programs sealed. */
class LaterParcelTest {

  /** Array, version and the header of what follows. */
  private static final int HEAD_BYTES = 7;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device courier;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 41);
    desk = space.owner("desk");
    courier = space.reporter(desk, "courier");
    space.sync(courier);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static byte[] later(int number, int restBytes) {
    byte[] rest = new byte[restBytes];
    rest[0] = (byte) number;
    rest[1] = (byte) (number >> 8);
    return new CborWriter().array(2).uint(2).bytes(rest).toBytes();
  }

  private static byte[] later(int number) {
    return later(number, 100);
  }

  private static Set<String> inHex(List<byte[]> parcels) {
    return parcels.stream().map(HexFormat.of()::formatHex).collect(Collectors.toSet());
  }

  private static byte[] bundle(byte[]... parcels) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (byte[] parcel : parcels) {
      bundle.writeBytes(new CborWriter().bytes(parcel).toBytes());
    }
    return bundle.toByteArray();
  }

  private static List<byte[]> parcels(byte[] bundle) throws Exception {
    BundleReader reader = new BundleReader();
    reader.feed(bundle, 0, bundle.length);
    List<byte[]> parcels = new ArrayList<>();
    for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
      parcels.add(next.get());
    }
    return parcels;
  }

  @Test
  void laterParcel_inABundle_countsAsForOthersAndStopsNothing() throws Exception {
    Device phone = space.reporter(desk, "phone");
    phone.record(TestSpace.note("behind it"));
    byte[] own = parcels(Sticks.from(phone)).get(0);

    BundleImport taken = Sticks.into(desk, bundle(later(1), own));

    assertThat(taken.forOthers()).isEqualTo(1);
    assertThat(taken.tooNew()).isEqualTo(1);
    assertThat(taken.refused()).isZero();
    assertThat(TestSpace.notes(desk)).containsExactly("behind it");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void laterParcel_carried_goesOnByteForByte() throws Exception {
    Sticks.into(courier, bundle(later(1)));
    space.close(courier);
    courier = space.open("courier");
    assertThat(parcels(Sticks.from(courier))).contains(later(1));
  }

  @Test
  void laterParcel_takenInTwice_isCarriedOnce() throws Exception {
    Sticks.into(courier, bundle(later(1), later(1)));
    Sticks.into(courier, bundle(later(1)));
    assertThat(parcels(Sticks.from(courier))).containsOnlyOnce(later(1));
  }

  /** What a later version protects its parcels with is not known: whoever opens it will see. */
  @Test
  void laterParcel_alteredOnItsWay_isCarriedBesideTheWholeOne() throws Exception {
    byte[] altered = later(1);
    altered[altered.length - 1] ^= 1;
    BundleImport taken = Sticks.into(courier, bundle(later(1), altered));
    assertThat(taken.forOthers()).isEqualTo(2);
    assertThat(parcels(Sticks.from(courier))).contains(later(1), altered);
  }

  @Test
  void laterParcel_ofTheMostBytes_isCarried() throws Exception {
    byte[] most = later(1, Limits.PARCEL_BYTES_MAX - HEAD_BYTES);
    assertThat(most).hasSize(Limits.PARCEL_BYTES_MAX);
    Sticks.into(courier, bundle(most));
    assertThat(parcels(Sticks.from(courier))).contains(most);
  }

  @Test
  void laterParcel_ofOneByteMore_isRefusedWithItsBundle() throws Exception {
    byte[] more = later(1, Limits.PARCEL_BYTES_MAX - HEAD_BYTES + 1);
    assertThatThrownBy(() -> Sticks.into(courier, bundle(more)))
        .isInstanceOf(MalformedException.class);
    assertThat(parcels(Sticks.from(courier))).doesNotContain(more);
  }

  @Test
  void laterParcels_asManyAsAreCarried_leaveNoRoomUntilTheServerDoesNotKnowThemEither()
      throws Exception {
    byte[][] many = new byte[Limits.CARRIED_PARCELS_MAX][];
    for (int i = 0; i < many.length; i++) {
      many[i] = later(i);
    }
    byte[] another = later(many.length);
    Sticks.into(courier, bundle(many));
    assertThatThrownBy(() -> Sticks.into(courier, bundle(another)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("courier.full"));
    space.sync(courier);
    assertThat(Sticks.into(courier, bundle(another)).forOthers()).isEqualTo(1);
    assertThat(parcels(Sticks.from(courier))).contains(another, many[1]).doesNotContain(many[0]);
  }

  private long offers() throws Exception {
    LedgerTransport transport = LedgerTransport.to(space.ledger);
    courier.sync(transport, SyncListener.NONE);
    return transport.targets().stream().filter(target -> target.endsWith("/parcels")).count();
  }

  @Test
  void laterParcel_thatTheServerDoesNotKnow_isOfferedAgainAfterLongerAndLongerPauses()
      throws Exception {
    Sticks.into(courier, bundle(later(1)));
    List<Long> offers = new ArrayList<>();
    for (int sync = 0; sync < 8; sync++) {
      offers.add(offers());
    }
    assertThat(offers).containsExactly(1L, 1L, 0L, 1L, 0L, 0L, 0L, 1L);
    assertThat(parcels(Sticks.from(courier))).contains(later(1));
  }

  @Test
  void answer_ofALaterVersion_isCarriedBackAndDoesNotStopTheSync() throws Exception {
    Device phone = space.reporter(desk, "phone");
    phone.record(TestSpace.note("carried"));
    Sticks.into(courier, Sticks.from(phone));
    HonestLedger newer =
        new HonestLedger(space.ledger) {
          @Override
          protected byte[] parcelAnswers(byte[] honest) {
            return BundleWriter.parcel(later(1));
          }
        };
    newer.copy(space.ledger);

    courier.sync(LedgerTransport.to(newer), SyncListener.NONE);

    assertThat(newer.changeCount()).isEqualTo(2);
    assertThat(parcels(Sticks.from(courier))).contains(later(1));
  }

  @Test
  void answers_atACourierWithoutRoom_costNothingThatHasNotArrived() throws Exception {
    byte[][] many = new byte[Limits.CARRIED_PARCELS_MAX][];
    for (int i = 0; i < many.length; i++) {
      many[i] = later(i);
    }
    Sticks.into(courier, bundle(many));
    space.sync(courier);
    HonestLedger answering =
        new HonestLedger(space.ledger) {
          @Override
          protected byte[] parcelAnswers(byte[] honest) {
            return BundleWriter.parcel(later(many.length));
          }
        };
    answering.copy(space.ledger);

    courier.sync(LedgerTransport.to(answering), SyncListener.NONE);

    // As text: comparing a thousand arrays with a thousand others one by one takes half a minute.
    assertThat(inHex(parcels(Sticks.from(courier)))).containsAll(inHex(List.of(many)));
  }
}
