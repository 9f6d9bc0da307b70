package dev.cairn.client.space;

import dev.cairn.protocol.id.StatementId;

/**
 * An invitation just made.
 *
 * @param statement its statement, pushed at the next sync
 * @param file to be handed over; encrypted under the code
 * @param code to be told on another way
 * @param words the fingerprint words of the inviting device, for the newcomer to compare
 * @param expiresSeconds when it ends, in seconds since 1970
 */
public record NewInvitation(
    StatementId statement, byte[] file, String code, String words, long expiresSeconds) {

  /** Without the code. */
  @Override
  public String toString() {
    return "invitation " + statement;
  }
}
