package dev.cairn.client.sync;

import dev.cairn.client.held.HeldDoor;
import java.util.List;

/** What a sync keeps from one time to the next. */
public final class SyncDoor {

  private SyncDoor() {}

  /** Its readers. */
  public static List<HeldDoor.Reader> readers() {
    return List.of(Unshown::read, SetAside::read);
  }
}
