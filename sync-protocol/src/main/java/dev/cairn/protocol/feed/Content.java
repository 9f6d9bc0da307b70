package dev.cairn.protocol.feed;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a writer wants a change to say.
 *
 * @param body what is sealed
 * @param attachments the attachments the body speaks of, ascending by id
 * @param erases the change whose body it withdraws, which the server must know of
 */
public record Content(Body body, List<AttachmentRef> attachments, Optional<ChangeId> erases) {

  /** Takes a copy. */
  public Content {
    attachments = List.copyOf(attachments);
  }

  /** A body and nothing beside it. */
  public static Content of(Body body) {
    return new Content(body, List.of(), Optional.empty());
  }

  /** The same with attachments, in any order. */
  public Content withAttachments(Collection<AttachmentRef> value) {
    return new Content(body, new ArrayList<>(new TreeSet<>(value)), erases);
  }

  /** The same as the erasure of a change. */
  public Content erasing(ChangeId value) {
    return new Content(body, attachments, Optional.of(value));
  }

  /** Tells sizes, never content. */
  @Override
  public String toString() {
    return body.toString();
  }
}
