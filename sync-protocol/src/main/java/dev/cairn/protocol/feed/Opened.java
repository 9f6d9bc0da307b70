package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.id.RecordId;

/**
 * A change's content.
 *
 * @param body what the author stated
 * @param record the record it is about: the one the body names, or the one this change opens
 */
public record Opened(Body body, RecordId record) {

  /**
   * Opens a change with its own key.
   *
   * @throws UndecryptableException if the key is not the change's, or its ciphertext is not here
   * @throws MalformedException if it opens and its author sealed something that is no body
   * @throws TooNewException if it opens and a newer program packed the body
   */
  public static Opened with(MessageKey key, Change change)
      throws UndecryptableException, MalformedException, TooNewException {
    byte[] padded = key.openPadded(change);
    Body body = Body.decode(BodyEnvelope.unpack(padded));
    return new Opened(body, body.record().orElseGet(key::recordId));
  }
}
