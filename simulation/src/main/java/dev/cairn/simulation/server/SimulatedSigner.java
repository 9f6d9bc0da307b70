package dev.cairn.simulation.server;

import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.StoreException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a server's logs. They are in its backups, and only there when its disk is gone. */
final class SimulatedSigner implements LogSigner {

  private final Randomness randomness;
  private final Map<String, SigningKey> keys = new HashMap<>();
  private @Nullable SigningKey own;

  SimulatedSigner(Randomness randomness) {
    this.randomness = randomness;
  }

  /** The same keys, and others made by another chance. */
  SimulatedSigner copy(Randomness chance) {
    SimulatedSigner copy = new SimulatedSigner(chance);
    copy.keys.putAll(keys);
    return copy;
  }

  /** The keys there are now, for a backup. */
  Map<String, SigningKey> keys() {
    return Map.copyOf(keys);
  }

  /** Goes back to the keys of a backup: what was made since is gone with the disk. */
  void putBack(Map<String, SigningKey> backup) {
    keys.clear();
    keys.putAll(backup);
  }

  /** Somebody who has everything but these keys, and signs with one of his own. */
  SimulatedSigner impostor(Randomness chance) {
    SimulatedSigner impostor = copy(chance);
    impostor.own = SigningKey.generate(chance);
    return impostor;
  }

  /** Makes the key of a new log. */
  LogOrigin newLog() {
    LogOrigin origin = new LogOrigin("simulated.example/" + Hex.encode(randomness.bytes(16)));
    keys.put(origin.text(), SigningKey.generate(randomness));
    return origin;
  }

  @Override
  public SignedCheckpoint sign(Checkpoint checkpoint) throws StoreException {
    SigningKey instead = own;
    return SignedCheckpoint.sign(checkpoint, instead == null ? key(checkpoint.origin()) : instead);
  }

  @Override
  public LogKey logKey(LogOrigin origin) throws StoreException {
    return new LogKey(origin, key(origin).verifyingKey());
  }

  private SigningKey key(LogOrigin origin) throws StoreException {
    SigningKey key = keys.get(origin.text());
    if (key == null) {
      throw new StoreException.Failed(new IllegalStateException("no such log"));
    }
    return key;
  }
}
