package dev.cairn.protocol.frame;

import static dev.cairn.protocol.frame.ItemKey.bit;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Prefix;
import java.util.Objects;

/**
 * Decides which keys an item has. Writer and reader ask the same question, so a reader can refuse
 * an item that writes more: one stream has one form, and nobody hides bytes in the choice.
 */
final class Elision {

  private Elision() {}

  /** The keys of a change's item, as bits; a signature it carries counts as written. */
  static int keys(Change change, FrameMemory memory) {
    Prefix prefix = change.prefix();
    int keys = bit(ItemKey.SALT) | placeKeys(prefix, memory) | sessionKeys(prefix, memory);
    keys |= unless(ItemKey.ROSTER_HEADS, prefix.rosterHeads().equals(memory.rosterHeads()));
    keys |=
        unless(
            ItemKey.CHECKPOINT,
            memory.rebuildsCheckpoint() && prefix.checkpoint().equals(memory.checkpoint()));
    keys |= unless(ItemKey.ATTACHMENTS, prefix.attachments().isEmpty());
    keys |= unless(ItemKey.OPENINGS, !prefix.opensSession());
    keys |= unless(ItemKey.ERASES, !prefix.erases().isPresent());
    if (change.tail().isPresent()) {
      keys |= bit(ItemKey.COMMITMENT);
      keys |= bit(change.ciphertext().isPresent() ? ItemKey.CIPHERTEXT : ItemKey.CIPHERTEXT_HASH);
    }
    return keys | unless(ItemKey.SIGNATURE, !change.signature().isPresent());
  }

  private static int placeKeys(Prefix prefix, FrameMemory memory) {
    Audience audience = prefix.audience();
    return unless(ItemKey.SEQUENCE, Objects.equals(memory.sequence(), prefix.sequence()))
        | unless(ItemKey.PREVIOUS, prefix.previous().equals(memory.previous()))
        | unless(ItemKey.AUDIENCE, audience.equals(memory.audience()))
        | unless(
            ItemKey.AUDIENCE_SEQUENCE,
            Objects.equals(memory.audienceSequence(audience), prefix.audienceSequence()))
        | unless(
            ItemKey.AUDIENCE_PREVIOUS,
            memory.audiencePrevious(audience, prefix.previous()).equals(prefix.audiencePrevious()));
  }

  private static int sessionKeys(Prefix prefix, FrameMemory memory) {
    if (prefix.opensSession()) {
      return bit(ItemKey.SESSION);
    }
    Audience audience = prefix.audience();
    Integer index = memory.index(audience, prefix.session());
    return unless(ItemKey.SESSION, prefix.session().equals(memory.session(audience)))
        | unless(ItemKey.INDEX, index != null && index == prefix.index().getAsInt());
  }

  private static int unless(int key, boolean leftOut) {
    return leftOut ? 0 : bit(key);
  }
}
