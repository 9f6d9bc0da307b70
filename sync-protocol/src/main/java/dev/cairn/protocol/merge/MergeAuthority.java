package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import java.util.Optional;

/**
 * What a merge must know of the roster. Answers must depend on the roster alone and stay the same
 * for the whole merge, else replicas that hold the same would not agree.
 */
public interface MergeAuthority {

  /** Whose device this is; empty if it was never admitted, and then nothing of it counts. */
  Optional<Author> author(DeviceId device);

  /**
   * Whether a change counts: not what a suspended device wrote beyond its last good changes. What
   * was erased is not for the roster to say, see {@link Erasures}.
   */
  boolean counts(ChangeId change, DeviceId device);

  /**
   * The member behind a device.
   *
   * @param member whose assertions the device's are
   * @param decides whether the device has the role coordinator and is confirmed
   * @param provisional whether nobody has confirmed the device yet; marked, and otherwise no
   *     different
   */
  record Author(MemberId member, boolean decides, boolean provisional) {}
}
