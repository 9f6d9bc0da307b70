package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborReader;

/** Lets a target in behind the code of an invitation. */
public final class InvitationDoor {

  /** The least that a file may ask for: 8 MiB, once. */
  public static final long LEAST_COST = 8192;

  private InvitationDoor() {}

  /** What opening a file would cost; nothing, if it is refused before. */
  public static long costs(byte[] file) {
    try {
      byte[] rest = new FirstLine("invitation file", "CAIRN-INVITATION").after(file);
      CborReader reader = CborReader.of(rest);
      reader.arrayOf(4);
      long memory = reader.uint();
      long passes = reader.uint();
      return memory > Integer.MAX_VALUE || passes > Integer.MAX_VALUE ? 0 : memory * passes;
    } catch (MalformedException | TooNewException refused) {
      return 0;
    }
  }

  /** What opening does once the code fits. */
  public static InvitationFile read(byte[] plaintext) throws MalformedException, TooNewException {
    return InvitationPlaintext.read(plaintext, InvitationFile::checked);
  }
}
