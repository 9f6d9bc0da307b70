package dev.cairn.protocol.roster;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every epoch key that one recipient can open in a roster: from the epochs sealed to it and the
 * grants made to it, whether or not these still have force, for what was once sealed stays
 * readable. The epochs of a device's own circle are not among them: their seeds are sealed to
 * nobody.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class EpochKeyRing {

  private final DeviceId recipient;
  private final EncryptionKey key;
  private final Map<EpochId, EncryptionKey> keys = new TreeMap<>();
  private final Set<StatementId> tried = new TreeSet<>();
  private final Set<StatementId> damaged = new TreeSet<>();

  private EpochKeyRing(DeviceId recipient, EncryptionKey key) {
    this.recipient = recipient;
    this.key = key;
  }

  /**
   * An empty ring.
   *
   * @param recipient the device, or for the recovery key its sign key
   * @param key its private encryption key, used at each {@link #open} and never wiped here
   */
  public static EpochKeyRing of(DeviceId recipient, EncryptionKey key) {
    return new EpochKeyRing(recipient, key);
  }

  /** Opens what the state holds for the recipient and was not opened before. */
  public EpochKeyRing open(RosterState state) {
    for (Statement statement : state.statements()) {
      if (state.verdict(statement) == StatementVerdict.POWERLESS
          || tried.contains(statement.id())) {
        continue;
      }
      if (statement.content() instanceof Epoch epoch) {
        tried.add(statement.id());
        if (epoch.circle().equals(Circles.device(recipient))) {
          continue;
        }
        sealIn(state, epoch)
            .ifPresent(
                seal ->
                    open(
                        statement,
                        EpochId.of(statement.id().bytes()),
                        epoch,
                        seal,
                        SeedSeal.Purpose.epoch(
                            state.space(), epoch.circle(), epoch.publicKey(), recipient)));
      } else if (statement.content() instanceof Grant grant && grant.device().equals(recipient)) {
        open(state, statement, grant);
      }
    }
    return this;
  }

  private Optional<SeedSeal> sealIn(RosterState state, Epoch epoch) {
    boolean isRecovery =
        state.recovery().map(keys -> keys.signKey().equals(recipient)).orElse(false);
    return isRecovery ? epoch.recoverySeal() : epoch.sealFor(recipient);
  }

  private void open(RosterState state, Statement statement, Grant grant) {
    SpaceId space = state.space();
    boolean complete = true;
    for (GrantedSeed granted : grant.seeds()) {
      Optional<EpochState> epoch = state.epoch(granted.epoch());
      if (!epoch.isPresent()) {
        complete = false;
      } else if (epoch.get().epoch().circle().equals(grant.circle())) {
        open(
            statement,
            granted.epoch(),
            epoch.get().epoch(),
            granted.seal(),
            SeedSeal.Purpose.grant(space, grant.circle(), granted.epoch(), recipient));
      }
    }
    if (complete) {
      tried.add(statement.id());
    }
  }

  private void open(
      Statement statement, EpochId id, Epoch epoch, SeedSeal seal, SeedSeal.Purpose purpose) {
    if (keys.containsKey(id)) {
      return;
    }
    try {
      keys.put(id, seal.open(key, purpose, epoch.publicKey()));
    } catch (UndecryptableException refused) {
      damaged.add(statement.id());
    }
  }

  /** An epoch's private key, if the recipient has it. */
  public Optional<EncryptionKey> key(EpochId epoch) {
    return Optional.ofNullable(keys.get(epoch));
  }

  /** The epochs whose keys the ring holds, ascending. */
  public Set<EpochId> epochs() {
    return Collections.unmodifiableSet(keys.keySet());
  }

  /**
   * Epochs and grants that claim to be for the recipient and do not open: somebody made them wrong.
   */
  public Set<StatementId> damaged() {
    return Collections.unmodifiableSet(damaged);
  }

  /** Wipes every epoch key. */
  public void wipe() {
    keys.values().forEach(EncryptionKey::wipe);
    keys.clear();
  }
}
