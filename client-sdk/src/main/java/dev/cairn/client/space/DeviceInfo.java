package dev.cairn.client.space;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Fingerprint;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import java.util.Optional;

/**
 * A device of the space.
 *
 * @param device the device
 * @param member whose it is
 * @param role what it may do once it is confirmed
 * @param state provisional, confirmed or suspended
 * @param words its fingerprint words, to be compared with what it shows itself
 * @param pseudonym what its member wants to be called, if this device can open it
 * @param invited how it came in; empty for an owner, and where this device does not hold that
 */
public record DeviceInfo(
    DeviceId device,
    MemberId member,
    Role role,
    DeviceEntry.State state,
    String words,
    Optional<String> pseudonym,
    Optional<InvitationUse> invited) {

  private static final String WORDS_SEPARATOR = "-";

  static DeviceInfo of(
      RosterState roster,
      DeviceEntry entry,
      Optional<String> pseudonym,
      Optional<InvitationUse> invited) {
    return new DeviceInfo(
        entry.device(),
        entry.member(),
        entry.role(),
        entry.state(),
        String.join(WORDS_SEPARATOR, Fingerprint.words(roster.space(), entry.keys())),
        pseudonym,
        invited);
  }

  /** Without the pseudonym. */
  @Override
  public String toString() {
    return device + " " + role + " " + state;
  }
}
