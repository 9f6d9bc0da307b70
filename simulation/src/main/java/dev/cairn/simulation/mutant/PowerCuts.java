package dev.cairn.simulation.mutant;

import dev.cairn.client.sqlite.SqliteRowStore;
import dev.cairn.client.vault.KeyName;
import dev.cairn.client.vault.KeyRing;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The real stores, each cut off right after it said that something is durable. */
final class PowerCuts {

  private static final String LOST =
      "P5" + Inside.BETWEEN + "a cut of power took what was durable: ";
  private static final byte[] VALUE = {7};
  private static final byte[] MASTER = new byte[32];
  private static final int ROUNDS = 3;

  private PowerCuts() {}

  /** What was lost. */
  static List<String> all(Path folder) throws CairnException {
    List<String> lost = new ArrayList<>();
    ledger(folder.resolve("server"), lost);
    rows(folder.resolve("device"), lost);
    ring(folder.resolve("ring"), lost);
    return lost;
  }

  private static void ledger(Path folder, List<String> lost) throws CairnException {
    folder.toFile().mkdirs();
    String file = "ledger.sqlite";
    try (SqliteLedgerStore store = SqliteLedgerStore.open(folder.resolve(file))) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] hash = new byte[Digest.SIZE_BYTES];
        hash[0] = (byte) round;
        try (LedgerTransaction transaction = store.begin()) {
          LogOrigin origin = new LogOrigin("power.example/" + round);
          transaction.addCode(Digest.of(hash), new LedgerView.SpaceCode(origin, 1));
          transaction.commit();
        }
        Path image = WatchedDisk.image(folder, folder.resolve("cut-" + round));
        try (SqliteLedgerStore after = SqliteLedgerStore.open(image.resolve(file));
            LedgerView view = after.view()) {
          if (view.code(Digest.of(hash)).isEmpty()) {
            lost.add(LOST + "a transaction of the server's ledger");
          }
        } catch (CairnException e) {
          lost.add(LOST + "the server's ledger, " + e.code());
        }
      }
    }
  }

  private static void rows(Path folder, List<String> lost) throws CairnException {
    folder.toFile().mkdirs();
    String file = "rows.sqlite";
    try (SqliteRowStore store = SqliteRowStore.open(folder.resolve(file))) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] key = {(byte) round};
        store.write(
            rows -> {
              rows.put(1, key, VALUE);
              return true;
            });
        Path image = WatchedDisk.image(folder, folder.resolve("cut-" + round));
        try (SqliteRowStore after = SqliteRowStore.open(image.resolve(file))) {
          boolean there = after.read(rows -> Arrays.equals(VALUE, rows.get(1, key)));
          if (!there) {
            lost.add(LOST + "a row of a device's store");
          }
        } catch (CairnException e) {
          lost.add(LOST + "a device's rows, " + e.code());
        }
      }
    }
  }

  private static void ring(Path folder, List<String> lost) throws CairnException {
    folder.toFile().mkdirs();
    String file = "ring";
    Randomness randomness = bytes -> Arrays.fill(bytes, (byte) 9);
    KeyRing.create(folder.resolve(file), master(), randomness);
    try (KeyRing ring = KeyRing.open(folder.resolve(file), master(), randomness)) {
      for (int round = 0; round < ROUNDS; round++) {
        KeyName name = KeyName.of(new byte[] {(byte) round});
        ring.add(Map.of(name, Secret.take(new byte[32])));
        Path image = WatchedDisk.image(folder, folder.resolve("cut-" + round));
        try (KeyRing after = KeyRing.open(image.resolve(file), master(), randomness)) {
          if (!after.has(name)) {
            lost.add(LOST + "a key of the ring");
          }
        } catch (CairnException e) {
          lost.add(LOST + "the ring of keys, " + e.code());
        }
      }
    }
  }

  private static Secret master() {
    return Secret.copyOf(MASTER);
  }
}
