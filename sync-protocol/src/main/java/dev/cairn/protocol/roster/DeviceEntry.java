package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device that is in the space.
 *
 * @param keys its keys
 * @param member whose device it is
 * @param role what it may do once it is confirmed
 * @param isConfirmed whether a coordinator has compared fingerprint words; owners need it not
 * @param isSuspended whether it is cut off
 * @param statement its admission, or the genesis or replacement that made it owner
 * @param inviterOrNull the coordinator's device that invited it; null for an owner
 * @param pseudonym what its member wants to be called
 */
public record DeviceEntry(
    DeviceKeys keys,
    MemberId member,
    Role role,
    boolean isConfirmed,
    boolean isSuspended,
    StatementId statement,
    @Nullable DeviceId inviterOrNull,
    SealedPseudonym pseudonym) {

  /** How far a device is trusted. */
  public enum State {
    /** It is in, and nobody has compared fingerprint words yet. */
    PROVISIONAL,
    /** It is in. */
    CONFIRMED,
    /** It is cut off. */
    SUSPENDED
  }

  /** The device's id. */
  public DeviceId device() {
    return keys.device();
  }

  /** How far it is trusted. */
  public State state() {
    if (isSuspended) {
      return State.SUSPENDED;
    }
    return isConfirmed ? State.CONFIRMED : State.PROVISIONAL;
  }

  /** The coordinator's device that invited it; empty for an owner. */
  public Optional<DeviceId> inviter() {
    return Optional.ofNullable(inviterOrNull);
  }

  /** Whether it may act as a coordinator now: has the role, is confirmed, is not cut off. */
  public boolean coordinates() {
    return role.coordinates() && isConfirmed && !isSuspended;
  }
}
