package dev.cairn.client.leaving;

import dev.cairn.client.space.NewInvitation;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.roster.Role;
import java.util.Optional;

/**
 * What a member needs to go on with another device.
 *
 * @param member whose device it will be, once it is confirmed
 * @param role what the invitation gives
 * @param suspended what came of cutting off the old one; empty if it was cut off already
 * @param invitation for the new one
 */
public record Replaced(
    MemberId member, Role role, Optional<Suspended> suspended, NewInvitation invitation) {}
