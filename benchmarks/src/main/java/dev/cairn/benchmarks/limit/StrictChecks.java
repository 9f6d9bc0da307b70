package dev.cairn.benchmarks.limit;

import dev.cairn.benchmarks.workload.Push;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Changes a second of which everything is checked that the bytes alone can show, on all cores at
 * once: frames are read and payloads rebuilt, every id, ciphertext and leaf is hashed, and each
 * signature verified by the strict rule. No feed, no roster, no disk.
 */
public final class StrictChecks {

  private final SpaceId space;
  private final Map<DeviceId, VerifyingKey> keys = new ConcurrentHashMap<>();

  /** Of frames in a space. */
  public StrictChecks(SpaceId space) {
    this.space = space;
  }

  /** Changes a second over these pushes, again and again, on so many threads. */
  public double perSecond(List<Push> pushes, int threads, long millis) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger next = new AtomicInteger();
    try {
      List<Callable<Double>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        work.add(
            () ->
                Timing.perSecond(
                    () -> check(pushes.get(Math.floorMod(next.getAndIncrement(), pushes.size()))),
                    millis));
      }
      double sum = 0;
      for (Future<Double> each : pool.invokeAll(work)) {
        sum += each.get();
      }
      return sum;
    } finally {
      pool.shutdown();
    }
  }

  /** As many threads as there are cores. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private long check(Push push) throws CairnException {
    EntryReader reader = new EntryReader(space);
    long changes = 0;
    for (byte[] entry : push.entries()) {
      // The entry as a stream's reader hands it over: without the length before it.
      if (reader.read(Bare.of(entry)) instanceof Entry.OfFrame frame) {
        FrameSignatures.verify(frame.frame(), key(frame.frame().device()));
        for (var change : frame.frame().changes()) {
          change.leafHash();
          changes++;
        }
      }
    }
    return changes;
  }

  private VerifyingKey key(DeviceId device) throws CairnException {
    VerifyingKey known = keys.get(device);
    if (known == null) {
      known = VerifyingKey.of(device.bytes());
      keys.put(device, known);
    }
    return known;
  }
}
