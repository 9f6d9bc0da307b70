package dev.cairn.client.courier;

import dev.cairn.client.held.HeldDoor;
import java.util.List;

/** What a courier keeps from one time to the next. */
public final class CourierDoor {

  private CourierDoor() {}

  /** Its readers. */
  public static List<HeldDoor.Reader> readers() {
    return List.of(BundlePlace::read, MetDevices::read, CarriedParcels::all);
  }
}
