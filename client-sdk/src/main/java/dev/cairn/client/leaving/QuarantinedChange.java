package dev.cairn.client.leaving;

import dev.cairn.client.held.HeldChange;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import java.util.List;
import java.util.Optional;

/**
 * A change that is held and does not count, for its device was cut off before it.
 *
 * @param held the change, opened if this device can open it
 * @param member whose device it is
 * @param suspensions what cuts its device off
 * @param refusal why it was refused at this store, nothing if nobody said; empty if it was not
 * @param isAcceptable whether this device may let it count
 */
public record QuarantinedChange(
    HeldChange held,
    MemberId member,
    List<StatementId> suspensions,
    Optional<String> refusal,
    boolean isAcceptable) {

  /** Keeps its own copy. */
  public QuarantinedChange {
    suspensions = List.copyOf(suspensions);
  }

  /** Its id. */
  public ChangeId id() {
    return held.change().id();
  }
}
