package dev.cairn.client.space;

import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.ServerAddress;

/**
 * Who this device is.
 *
 * @param space its space
 * @param device itself
 * @param member whose device it is
 * @param role what it may do once it is confirmed
 * @param confirmed whether a coordinator has confirmed it, as far as it knows
 * @param pseudonym what its member is called
 * @param sealMode when its reports are sealed
 * @param server where the server is: the latest move that is known, else what the invitation said
 * @param words its fingerprint words
 */
public record DeviceProfile(
    SpaceId space,
    DeviceId device,
    MemberId member,
    Role role,
    boolean confirmed,
    String pseudonym,
    SealMode sealMode,
    ServerAddress server,
    String words) {

  /** Without the pseudonym. */
  @Override
  public String toString() {
    return role + " " + device;
  }
}
