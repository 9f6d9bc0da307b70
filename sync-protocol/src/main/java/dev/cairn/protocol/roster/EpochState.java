package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;

/**
 * An epoch and what became of it.
 *
 * @param id the epoch
 * @param epoch what its statement says
 * @param author the device that opened it
 * @param stands whether it has force; one that has lost it with its author still opens old sessions
 * @param isCurrent whether it stands and no standing epoch supersedes it
 */
public record EpochState(
    EpochId id, Epoch epoch, DeviceId author, boolean stands, boolean isCurrent) {}
