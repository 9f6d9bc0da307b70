package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.List;

/**
 * An invitation and who took it up.
 *
 * @param id the statement
 * @param invitation what it says
 * @param inviter the coordinator's device that issued it
 * @param admitted the devices that came in under it, ascending
 */
public record InvitationState(
    StatementId id, Invitation invitation, DeviceId inviter, List<DeviceId> admitted) {

  /** Keeps its own copy of the list. */
  public InvitationState {
    admitted = List.copyOf(admitted);
  }

  /** More came in than were expected: a warning to coordinators, who may suspend. */
  public boolean isOverused() {
    return admitted.size() > invitation.uses();
  }

  /**
   * Whether it has expired, by somebody's clock.
   *
   * @param nowSeconds seconds since 1970-01-01 UTC
   */
  public boolean isExpired(long nowSeconds) {
    return nowSeconds >= invitation.expiresSeconds();
  }
}
