package dev.cairn.client.attachment;

import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import java.nio.file.Path;
import java.util.Arrays;

/** Lets a target ask to be shown a piece of a file. */
public final class AttachmentDoor {

  private AttachmentDoor() {}

  /** Whether it was shown. */
  public static boolean shown(Transport server, AttachmentId id, Path file) throws CairnException {
    SpaceId space = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
    return new ShownPiece(server::open, space, bytes -> Arrays.fill(bytes, (byte) 1)).ask(id, file)
        == ShownPiece.Shown.SAME;
  }
}
