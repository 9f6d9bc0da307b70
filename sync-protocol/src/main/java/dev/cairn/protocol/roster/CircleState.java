package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A circle: its keys through time and who reads with it.
 *
 * @param id the circle
 * @param epochs every epoch it ever had, ascending
 * @param forWritingOrNull of the current epochs the one that writers take; null if none stands
 * @param members the devices that belong to it, cut off or not: whoever a current epoch names and
 *     no other has removed. The next epoch is for them; until then the newest keys may not be
 * @param readers the devices that may fetch what is addressed to it
 */
public record CircleState(
    CircleId id,
    List<EpochState> epochs,
    @Nullable EpochState forWritingOrNull,
    Set<DeviceId> members,
    Set<DeviceId> readers) {

  /**
   * Of the current epochs the one with the fewest devices that were suspended or removed, then the
   * lowest id.
   */
  public Optional<EpochState> forWriting() {
    return Optional.ofNullable(forWritingOrNull);
  }

  /** What a writer seals a session to; empty if the circle has no epoch that stands. */
  public Optional<EpochKey> writingKey() {
    return forWriting().map(chosen -> new EpochKey(id, chosen.id(), chosen.epoch().publicKey()));
  }

  /**
   * The epochs that no standing epoch supersedes; more than one until a coordinator merges them.
   */
  public List<EpochState> current() {
    return epochs.stream().filter(EpochState::isCurrent).collect(Collectors.toList());
  }
}
