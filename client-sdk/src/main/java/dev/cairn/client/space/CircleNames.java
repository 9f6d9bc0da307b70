package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What circles are called, as far as this device holds a key that tells. */
final class CircleNames {

  /** The coordinators' circle, whatever its epochs call it. */
  static final String DESK = "desk";

  /** This device's own. */
  static final String OWN = "own";

  private final Holdings holdings;

  CircleNames(Holdings holdings) {
    this.holdings = holdings;
  }

  /** As the newest epoch calls it that this device can open. */
  Optional<String> of(CircleState circle) {
    if (circle.id().equals(holdings.desk())) {
      return Optional.of(DESK);
    }
    if (circle.id().equals(holdings.identity().ownCircle())) {
      return Optional.of(OWN);
    }
    Deque<EpochState> left = new ArrayDeque<>(circle.current());
    Set<EpochId> seen = new HashSet<>();
    while (!left.isEmpty()) {
      EpochState epoch = left.remove();
      if (seen.add(epoch.id())) {
        Optional<String> name = in(circle, epoch);
        if (name.isPresent()) {
          return name;
        }
        for (EpochId earlier : epoch.epoch().superseded()) {
          holdings.roster().epoch(earlier).ifPresent(left::add);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> in(CircleState circle, EpochState epoch) {
    Optional<EncryptionKey> key = holdings.book().key(epoch.id());
    if (key.isPresent()) {
      try {
        return Optional.of(epoch.epoch().name().openCircle(circle.id(), key.get()));
      } catch (UndecryptableException e) {
        // Whoever opened this epoch named it wrongly; an earlier one may do.
      }
    }
    return Optional.empty();
  }
}
