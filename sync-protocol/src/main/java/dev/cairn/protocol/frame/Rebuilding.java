package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.PrefixBuilder;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the change of an item again, byte for byte: what the item leaves out follows from the items
 * before it. The rebuilt change is what is hashed and verified, so a wrong rebuilding shows as a
 * broken signature.
 */
final class Rebuilding {

  private Rebuilding() {}

  /**
   * Rebuilds a change.
   *
   * @throws MalformedException if a field is neither written nor to be rebuilt, if one is written
   *     that could be rebuilt, or if the change would break a rule of its own
   */
  static Change change(FrameItem item, SpaceId space, DeviceId device, FrameMemory memory)
      throws MalformedException {
    Prefix prefix = prefix(item, space, device, memory);
    Change change = sealed(item, prefix);
    if (item.signature != null) {
      change = change.withSignature(item.signature);
    }
    // Two forms of one item would let a carrier mark streams, and cost bytes for nothing.
    if (Elision.keys(change, memory) != item.keys) {
      throw new MalformedException("frame item writes what it could leave out");
    }
    return change;
  }

  private static Prefix prefix(FrameItem item, SpaceId space, DeviceId device, FrameMemory memory)
      throws MalformedException {
    long sequence = either(item.sequence, memory.sequence());
    List<ChangeId> previous = either(item.previous, memory.previous());
    Audience audience = either(item.audience, memory.audience());
    long audienceSequence = either(item.audienceSequence, memory.audienceSequence(audience));
    List<ChangeId> audiencePrevious =
        either(item.audiencePrevious, memory.audiencePrevious(audience, previous));
    PrefixBuilder prefix =
        Prefix.builder()
            .space(space)
            .device(device)
            .place(sequence, previous)
            .audience(audience)
            .audiencePlace(audienceSequence, audiencePrevious)
            .rosterHeads(either(item.rosterHeads, memory.rosterHeads()))
            .checkpoint(checkpoint(item, memory).orElse(null))
            .attachments(item.attachments)
            .salt(either(item.salt, null))
            .openings(item.openings)
            .erases(item.erases);
    return session(prefix, item, audience, memory).build();
  }

  private static PrefixBuilder session(
      PrefixBuilder prefix, FrameItem item, Audience audience, FrameMemory memory)
      throws MalformedException {
    if (!item.openings.isEmpty()) {
      if (item.index != null) {
        throw new MalformedException("frame item: session statement with an index");
      }
      return prefix.session(either(item.session, null));
    }
    SessionId session = either(item.session, memory.session(audience));
    return prefix.session(session).index(either(item.index, memory.index(audience, session)));
  }

  private static Optional<CheckpointRef> checkpoint(FrameItem item, FrameMemory memory)
      throws MalformedException {
    if (item.has(ItemKey.CHECKPOINT)) {
      return Optional.ofNullable(item.checkpoint);
    }
    if (!memory.rebuildsCheckpoint()) {
      throw new MalformedException("frame item leaves out what cannot be rebuilt");
    }
    return memory.checkpoint();
  }

  private static Change sealed(FrameItem item, Prefix prefix) throws MalformedException {
    if (item.commitment == null) {
      if (item.ciphertext != null || item.ciphertextHash != null) {
        throw new MalformedException("frame item: ciphertext without commitment");
      }
      return Change.ofSession(prefix);
    }
    if (item.ciphertext != null) {
      Tail tail = Tail.of(item.commitment, item.ciphertext);
      return Change.of(prefix, tail).withCiphertext(item.ciphertext);
    }
    if (item.ciphertextHash == null) {
      throw new MalformedException("frame item: commitment without ciphertext or its hash");
    }
    return Change.of(prefix, Tail.of(item.commitment, item.ciphertextHash, item.ciphertextLength));
  }

  private static <T> T either(@Nullable T written, @Nullable T rebuilt) throws MalformedException {
    if (written != null) {
      return written;
    }
    if (rebuilt == null) {
      throw new MalformedException("frame item leaves out what cannot be rebuilt");
    }
    return rebuilt;
  }
}
