package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;

/**
 * Who said something, and in which signed change.
 *
 * @param member the person
 * @param device which signed it
 * @param provisional whether the device was not yet confirmed
 * @param change which holds it
 * @param index place of the operation in the change, from 0
 * @param clock of the change, see {@link Hlc}
 * @param skew device clock minus clock, in milliseconds
 */
public record Origin(
    MemberId member,
    DeviceId device,
    boolean provisional,
    ChangeId change,
    int index,
    long clock,
    long skew) {}
