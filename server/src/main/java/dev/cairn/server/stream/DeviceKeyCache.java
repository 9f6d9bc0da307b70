package dev.cairn.server.stream;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys of devices that were checked lately: checking one costs as much as a signature. Safe for
 * many threads.
 */
public final class DeviceKeyCache {

  private static final int KEYS_MAX = 4096;

  private final Map<DeviceId, VerifyingKey> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, VerifyingKey> eldest) {
          return size() > KEYS_MAX;
        }
      };

  /** An empty cache. */
  public DeviceKeyCache() {}

  /** The key, checked. */
  VerifyingKey of(DeviceId device) throws MalformedException {
    synchronized (keys) {
      VerifyingKey known = keys.get(device);
      if (known != null) {
        return known;
      }
    }
    VerifyingKey checked = VerifyingKey.of(device.bytes());
    synchronized (keys) {
      keys.put(device, checked);
    }
    return checked;
  }
}
