package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The part of a change that everybody who carries it may read: where it stands in its feed, whom it
 * is addressed to, and what its author had seen. Every key that opens the body is derived from it,
 * so no body can be moved under another prefix.
 *
 * <p>A prefix that exists keeps the rules of PROTOCOL.md section 2 as far as one change can show
 * them. Immutable; equal when the encodings are.
 */
public final class Prefix {

  private final SpaceId space;
  private final DeviceId device;
  private final long sequence;
  private final List<ChangeId> previous;
  private final Audience audience;
  private final long audienceSequence;
  private final List<ChangeId> audiencePrevious;
  private final SessionId session;
  private final int index;
  private final List<StatementId> rosterHeads;
  private final @Nullable CheckpointRef checkpoint;
  private final List<AttachmentRef> attachments;
  private final Salt salt;
  private final List<Opening> openings;
  private final @Nullable ChangeId erases;
  private final byte[] encoded;

  Prefix(PrefixBuilder checked) {
    space = PrefixBuilder.required(checked.space);
    device = PrefixBuilder.required(checked.device);
    sequence = checked.sequence;
    previous = checked.previous;
    audience = PrefixBuilder.required(checked.audience);
    audienceSequence = checked.audienceSequence;
    audiencePrevious = checked.audiencePrevious;
    session = PrefixBuilder.required(checked.session);
    index = checked.index;
    rosterHeads = checked.rosterHeads;
    checkpoint = checked.checkpoint;
    attachments = checked.attachments;
    salt = PrefixBuilder.required(checked.salt);
    openings = checked.openings;
    erases = checked.erases;
    encoded = PrefixCodec.encode(this);
  }

  /** Begins a prefix; the builder says which fields may be left unset. */
  public static PrefixBuilder builder() {
    return new PrefixBuilder();
  }

  /** The space the feed belongs to. */
  public SpaceId space() {
    return space;
  }

  /** The author. */
  public DeviceId device() {
    return device;
  }

  /** The place in the feed, from 1; one more than the greatest among {@link #previous}. */
  public long sequence() {
    return sequence;
  }

  /** The heads of the feed that this change continues, ascending; empty for a first change. */
  public List<ChangeId> previous() {
    return previous;
  }

  /** Whom the change is addressed to. */
  public Audience audience() {
    return audience;
  }

  /** The place among the author's changes to exactly this audience, from 1. */
  public long audienceSequence() {
    return audienceSequence;
  }

  /** As {@link #previous}, among the author's changes to exactly this audience. */
  public List<ChangeId> audiencePrevious() {
    return audiencePrevious;
  }

  /** The session whose chain of keys seals the body; in a session statement the one it opens. */
  public SessionId session() {
    return session;
  }

  /** The place in the session, from 0; empty in a session statement. */
  public OptionalInt index() {
    return index == PrefixBuilder.NO_INDEX ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Whether this is a session statement: it opens a session and has no body. */
  public boolean opensSession() {
    return !openings.isEmpty();
  }

  /** The heads of the roster the author had seen, ascending; the lowest if there were too many. */
  public List<StatementId> rosterHeads() {
    return rosterHeads;
  }

  /** The newest checkpoint the author had verified. */
  public Optional<CheckpointRef> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** The attachments the body speaks of, ascending by id. */
  public List<AttachmentRef> attachments() {
    return attachments;
  }

  /** 16 random bytes, so that nobody can guess a body and confirm it by the leaf hash. */
  public Salt salt() {
    return salt;
  }

  /** One opening for each circle of the audience, in its order; empty but in session statements. */
  public List<Opening> openings() {
    return openings;
  }

  /** The change whose body this one withdraws. */
  public Optional<ChangeId> erases() {
    return Optional.ofNullable(erases);
  }

  /** The encoding, as it stands in the payload; a copy. */
  public byte[] bytes() {
    return encoded.clone();
  }

  /** The encoding itself, for readers in this package that do not change it. */
  byte[] encoded() {
    return encoded;
  }

  /** Whether another prefix has the same encoding. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Prefix prefix && Arrays.equals(encoded, prefix.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** Names the place only. */
  @Override
  public String toString() {
    return "change " + sequence() + " of " + device();
  }
}
