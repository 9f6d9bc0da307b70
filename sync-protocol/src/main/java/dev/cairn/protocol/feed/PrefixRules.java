package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of PROTOCOL.md section 2 that a prefix shows by itself, without its feed. */
final class PrefixRules {

  private PrefixRules() {}

  /** Says what is wrong first, or null if nothing is. */
  static @Nullable String fault(PrefixBuilder prefix) {
    if (prefix.space == null
        || prefix.device == null
        || prefix.session == null
        || prefix.salt == null) {
      return "a field is missing";
    }
    Audience audience = prefix.audience;
    if (audience == null) {
      return "audience is missing";
    }
    String fault = placeFault("sequence", prefix.sequence, prefix.previous);
    if (fault == null) {
      fault = placeFault("audience sequence", prefix.audienceSequence, prefix.audiencePrevious);
    }
    if (fault == null && prefix.audienceSequence > prefix.sequence) {
      fault = "audience sequence above sequence";
    }
    if (fault == null) {
      fault = seenFault(prefix);
    }
    if (fault == null) {
      fault = attachmentFault(prefix.attachments);
    }
    return fault != null ? fault : sessionFault(prefix, audience);
  }

  private static @Nullable String placeFault(String name, long sequence, List<ChangeId> previous) {
    if (sequence < 1 || sequence > Limits.FEED_SEQUENCE_MAX) {
      return name + " out of bounds";
    }
    if ((sequence == 1) != previous.isEmpty()) {
      return name + " 1 exactly when nothing is previous";
    }
    if (previous.size() > Limits.CHANGE_PREVIOUS_MAX) {
      return name + " continues too many heads";
    }
    return Ascending.holds(previous) ? null : name + " has previous that do not ascend";
  }

  private static @Nullable String seenFault(PrefixBuilder prefix) {
    if (prefix.rosterHeads.size() > Limits.CHANGE_ROSTER_HEADS_MAX) {
      return "too many roster heads";
    }
    if (!Ascending.holds(prefix.rosterHeads)) {
      return "roster heads do not ascend";
    }
    CheckpointRef checkpoint = prefix.checkpoint;
    if (checkpoint != null && (checkpoint.generation() < 0 || checkpoint.size() < 1)) {
      return "checkpoint out of bounds";
    }
    return null;
  }

  private static @Nullable String attachmentFault(List<AttachmentRef> attachments) {
    if (attachments.size() > Limits.CHANGE_ATTACHMENTS_MAX) {
      return "too many attachments";
    }
    if (!Ascending.holds(attachments)) {
      return "attachments do not ascend";
    }
    for (AttachmentRef attachment : attachments) {
      if (attachment.sizeBytes() < 1 || attachment.sizeBytes() > Limits.ATTACHMENT_FILE_BYTES_MAX) {
        return "attachment size out of bounds";
      }
    }
    return null;
  }

  private static @Nullable String sessionFault(PrefixBuilder prefix, Audience audience) {
    if (prefix.openings.isEmpty()) {
      return prefix.index < 0 || prefix.index > Limits.SESSION_INDEX_MAX
          ? "index out of bounds"
          : null;
    }
    if (prefix.openings.size() != audience.circles().size()) {
      return "not one opening for each circle";
    }
    if (prefix.index != PrefixBuilder.NO_INDEX
        || !prefix.attachments.isEmpty()
        || prefix.erases != null) {
      return "session statement speaks of a body";
    }
    return null;
  }
}
