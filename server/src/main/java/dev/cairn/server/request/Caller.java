package dev.cairn.server.request;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.SpaceSnapshot;

/**
 * Who makes a request, proved by its signature.
 *
 * @param snapshot the space as it was when the request came
 * @param device who signed
 * @param isIn whether the device is in the space; one that is not may push what lets it in
 */
public record Caller(SpaceSnapshot snapshot, DeviceId device, boolean isIn) {

  /** The same, if the device is in the space. */
  public Caller member() {
    if (!isIn) {
      // To a restored server it may have come in after the backup.
      throw new ProblemException(
          snapshot.isRefilling() ? Problem.LOG_REFILLING : Problem.DEVICE_UNKNOWN);
    }
    return this;
  }

  /**
   * As who the caller hands something in.
   *
   * @param alone whether he says that nobody he knows has what the statements name as seen
   */
  public Bringer bringer(boolean alone) {
    if (!isIn || snapshot.roster().isSuspended(device)) {
      return Bringer.ANYBODY;
    }
    boolean coordinates =
        snapshot.roster().device(device).map(entry -> entry.coordinates()).orElse(false);
    return new Bringer(coordinates ? Bringer.Standing.COORDINATOR : Bringer.Standing.MEMBER, alone);
  }
}
