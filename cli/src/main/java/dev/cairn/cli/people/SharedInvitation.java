package dev.cairn.cli.people;

import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.InvitationUse;
import dev.cairn.protocol.RefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a coordinator is told where two newcomers came on one invitation. */
final class SharedInvitation {

  private static final int ID_CHARS = 12;

  private SharedInvitation() {}

  static String warning(InvitationUse use) {
    String id = use.invitation().toString().substring(0, ID_CHARS);
    if (use.isOverused()) {
      return use.devices()
          + " devices came on invitation "
          + id
          + ", which was made for "
          + use.uses()
          + ": somebody else had the file and its code. Confirm only whose words you heard"
          + " yourself, and cut off the others.";
    }
    return use.waiting()
        + " newcomers wait on invitation "
        + id
        + ", which was made for "
        + use.uses()
        + ": compare the words of each with the person you mean.";
  }

  /**
   * Says so before somebody is confirmed.
   *
   * @param heard the words that were given, which fit by now, or null
   * @return the warning, if there is one
   * @throws RefusedException if more came than were expected and no words were given: who did not
   *     compare them may be about to confirm a thief
   */
  static Optional<String> beforeConfirming(DeviceInfo info, @Nullable String heard)
      throws RefusedException {
    Optional<InvitationUse> use = info.invited().filter(InvitationUse::isShared);
    if (use.isPresent() && use.get().isOverused() && heard == null) {
      throw new RefusedException(
          "words.needed",
          warning(use.get()) + " Give the words with --words, and they are compared here.");
    }
    return use.map(SharedInvitation::warning);
  }
}
