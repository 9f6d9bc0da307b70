package dev.cairn.client.space;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What members want to be called, as far as a key at hand opens it. */
final class Pseudonyms {

  private Pseudonyms() {}

  /**
   * That of a device's member.
   *
   * @param keys of epochs that are at hand
   */
  static Optional<String> open(
      DeviceEntry entry, RosterState roster, Function<EpochId, Optional<EncryptionKey>> keys) {
    for (EpochId epoch : sealedTo(entry, roster)) {
      Optional<EncryptionKey> key = keys.apply(epoch);
      if (key.isPresent()) {
        try {
          return Optional.of(entry.pseudonym().open(entry.device(), key.get()));
        } catch (UndecryptableException e) {
          // Sealed to another epoch, or by somebody who made it wrong: it stays unknown.
        }
      }
    }
    return Optional.empty();
  }

  /** The epochs it may be sealed to: the one it names, or in a genesis any early one. */
  private static Set<EpochId> sealedTo(DeviceEntry entry, RosterState roster) {
    Set<EpochId> epochs = new TreeSet<>();
    entry.pseudonym().epoch().ifPresent(epochs::add);
    if (epochs.isEmpty()) {
      roster
          .desk()
          .flatMap(roster::circle)
          .ifPresent(desk -> desk.epochs().forEach(epoch -> epochs.add(epoch.id())));
    }
    return epochs;
  }
}
