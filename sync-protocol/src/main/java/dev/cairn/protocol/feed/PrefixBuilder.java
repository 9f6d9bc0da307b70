package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the fields of one {@link Prefix}. Lists are taken as they are and must ascend: whoever
 * builds a prefix from received bytes must not mend them.
 *
 * <p>May be left unset: index (a session statement has none), checkpoint, attachments, openings,
 * erases, roster heads, and both lists of previous changes (a first change has none). Used once, by
 * one thread.
 */
public final class PrefixBuilder {

  static final int NO_INDEX = -1;

  @Nullable SpaceId space;
  @Nullable DeviceId device;
  long sequence;
  List<ChangeId> previous = List.of();
  @Nullable Audience audience;
  long audienceSequence;
  List<ChangeId> audiencePrevious = List.of();
  @Nullable SessionId session;
  int index = NO_INDEX;
  List<StatementId> rosterHeads = List.of();
  @Nullable CheckpointRef checkpoint;
  List<AttachmentRef> attachments = List.of();
  @Nullable Salt salt;
  List<Opening> openings = List.of();
  @Nullable ChangeId erases;

  PrefixBuilder() {}

  /** Sets the space the feed belongs to. */
  public PrefixBuilder space(SpaceId value) {
    space = value;
    return this;
  }

  /** Sets the author. */
  public PrefixBuilder device(DeviceId value) {
    device = value;
    return this;
  }

  /** Sets the place in the feed and the heads it continues. */
  public PrefixBuilder place(long sequence, List<ChangeId> previous) {
    this.sequence = sequence;
    this.previous = List.copyOf(previous);
    return this;
  }

  /** Sets whom the change is addressed to. */
  public PrefixBuilder audience(Audience value) {
    audience = value;
    return this;
  }

  /** Sets the place among the changes to this audience and the heads it continues there. */
  public PrefixBuilder audiencePlace(long sequence, List<ChangeId> previous) {
    audienceSequence = sequence;
    audiencePrevious = List.copyOf(previous);
    return this;
  }

  /** Sets the session. */
  public PrefixBuilder session(SessionId value) {
    session = value;
    return this;
  }

  /** Sets the place in the session, from 0. */
  public PrefixBuilder index(int value) {
    index = value;
    return this;
  }

  /** Sets the roster heads seen, ascending. */
  public PrefixBuilder rosterHeads(List<StatementId> value) {
    rosterHeads = List.copyOf(value);
    return this;
  }

  /** Sets the last checkpoint seen; null for none. */
  public PrefixBuilder checkpoint(@Nullable CheckpointRef value) {
    checkpoint = value;
    return this;
  }

  /** Sets the attachments, ascending by id. */
  public PrefixBuilder attachments(List<AttachmentRef> value) {
    attachments = List.copyOf(value);
    return this;
  }

  /** Sets the salt. */
  public PrefixBuilder salt(Salt value) {
    salt = value;
    return this;
  }

  /** Sets the openings, one for each circle of the audience, in its order. */
  public PrefixBuilder openings(List<Opening> value) {
    openings = List.copyOf(value);
    return this;
  }

  /** Sets the change that is erased; null for none. */
  public PrefixBuilder erases(@Nullable ChangeId value) {
    erases = value;
    return this;
  }

  /**
   * Checks every rule that one prefix can show. The builder is not to be used again.
   *
   * @throws MalformedException if the fields would make no prefix of this version
   */
  public Prefix build() throws MalformedException {
    String fault = PrefixRules.fault(this);
    if (fault != null) {
      throw new MalformedException("change prefix: " + fault);
    }
    return new Prefix(this);
  }

  /** A field that {@link PrefixRules} has seen to be there. */
  static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("prefix was not checked");
    }
    return value;
  }
}
