package dev.cairn.client.intake;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes in what others wrote, from the server or by courier: nothing is kept that is not signed by
 * an admitted device and does not continue its feed.
 */
public final class Intake {

  private final Holdings holdings;
  private final Map<DeviceId, VerifyingKey> keys = new HashMap<>();

  /** Takes in for this device. */
  public Intake(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * Begins with what is taken in together, inside one transaction. When that is durable, {@link
   * IntakeBatch#adopt} has to be called.
   */
  public IntakeBatch begin(SealedRows rows) throws CairnException {
    return new IntakeBatch(this, holdings, rows);
  }

  /** The key of a device, whose validity is checked once. */
  VerifyingKey key(DeviceId device) throws MalformedException {
    VerifyingKey key = keys.get(device);
    if (key == null) {
      key = VerifyingKey.of(device.bytes());
      keys.put(device, key);
    }
    return key;
  }
}
