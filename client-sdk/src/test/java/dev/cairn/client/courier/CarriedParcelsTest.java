package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.CarriedParcels.Carried;
import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a parcel that came too early waits before it is offered again. */
class CarriedParcelsTest {

  private static final Digest ID = Digest.of(new byte[Digest.SIZE_BYTES]);

  /** Syncs to the next offer, when so many offers in a row came too early. */
  private static List<Integer> syncs(int offers) {
    List<Integer> syncs = new ArrayList<>();
    Carried carried = new Carried(ID, 1, 0, false, 0, 0, Here.CLOSED);
    for (int i = 0; i < offers; i++) {
      carried = carried.asEarly();
      syncs.add(carried.pause() + 1);
    }
    return syncs;
  }

  @Test
  void pause_doubledOftenEnough_reachesTheMost() {
    assertThat(syncs(6)).containsExactly(1, 2, 4, 8, 16, Limits.PARCEL_PAUSE_SYNCS_MAX);
  }

  @Test
  void pause_doubledOnAndOn_staysTheMost() {
    assertThat(syncs(100).subList(6, 100)).containsOnly(Limits.PARCEL_PAUSE_SYNCS_MAX);
  }
}
