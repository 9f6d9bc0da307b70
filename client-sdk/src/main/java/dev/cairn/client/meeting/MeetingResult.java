package dev.cairn.client.meeting;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.protocol.id.DeviceId;

/**
 * What came of a meeting.
 *
 * @param peer the device that was met; a phone does not keep it
 * @param isPeerConfirmed whether a coordinator has compared its fingerprint words, as far as is
 *     known here
 * @param isWhole whether both said all they had; else meet again, and it goes on where it stopped
 * @param sent parcels that went over to their end
 * @param received parcels that came to their end
 * @param altered parcels that were not what they were said to be
 * @param isFull whether parcels of others had no room here: sync, or hand them on
 * @param taken what came out of the parcels
 */
public record MeetingResult(
    DeviceId peer,
    boolean isPeerConfirmed,
    boolean isWhole,
    long sent,
    long received,
    long altered,
    boolean isFull,
    BundleImport taken) {}
