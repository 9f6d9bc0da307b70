package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.id.DeviceId;
import java.util.List;

/** Tells a target who has to sign a payload. */
public final class PayloadDoor {

  private PayloadDoor() {}

  /** The signers it names. */
  public static List<DeviceId> signers(byte[] payload) throws MalformedException, TooNewException {
    return StatementPayload.decode(payload).signers();
  }
}
