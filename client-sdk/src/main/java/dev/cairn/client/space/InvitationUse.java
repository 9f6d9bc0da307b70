package dev.cairn.client.space;

import dev.cairn.protocol.id.StatementId;

/**
 * How an invitation was used so far, as far as this device knows. Who copied an invitation file and
 * heard its code can join beside the one it was meant for, or before him: then two newcomers stand
 * where one was expected, and only their fingerprint words tell them apart.
 *
 * @param invitation its statement
 * @param uses for how many devices it was made
 * @param devices how many came in under it and were not cut off since
 * @param waiting how many of these wait to be confirmed
 */
public record InvitationUse(StatementId invitation, int uses, int devices, int waiting) {

  /** Whether more came than were expected: one at least was not meant. */
  public boolean isOverused() {
    return devices > uses;
  }

  /** Whether a coordinator may take one newcomer for another. */
  public boolean isShared() {
    return isOverused() || waiting > 1;
  }
}
