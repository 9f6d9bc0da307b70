package dev.cairn.client;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bundles in memory, and couriers who carry them. */
final class Sticks {

  private Sticks() {}

  static byte[] from(Device device) throws CairnException, IOException {
    return from(device, Long.MAX_VALUE);
  }

  static byte[] from(Device device, long bytesMax) throws CairnException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    device.exportBundle(out, bytesMax);
    return out.toByteArray();
  }

  /** Bundles of a bounded size until nothing is left. */
  static List<byte[]> allFrom(Device device, long bytesMax) throws CairnException, IOException {
    List<byte[]> sticks = new ArrayList<>();
    boolean left = true;
    while (left) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      left = device.exportBundle(out, bytesMax).left();
      sticks.add(out.toByteArray());
    }
    return sticks;
  }

  static BundleImport into(Device device, byte[] stick) throws CairnException, IOException {
    return device.importBundle(new ByteArrayInputStream(stick));
  }

  /** Takes a stick to a server and brings back what it answers. */
  static byte[] there(Device courier, byte[] stick, HonestLedger ledger)
      throws CairnException, IOException {
    into(courier, stick);
    courier.sync(LedgerTransport.to(ledger), SyncListener.NONE);
    return from(courier);
  }

  /** Every order of three. */
  static List<List<Integer>> ordersOfThree() {
    return List.of(
        List.of(0, 1, 2),
        List.of(0, 2, 1),
        List.of(1, 0, 2),
        List.of(1, 2, 0),
        List.of(2, 0, 1),
        List.of(2, 1, 0));
  }
}
