package dev.cairn.client.attachment;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.AttachmentId;

/**
 * Why a file is not where it has to be.
 *
 * @param attachment whose file it is
 * @param weight what is to be done
 * @param code the stable code of the refusal or failure
 * @param message what happened, without anything a report says
 */
public record AttachmentTrouble(
    AttachmentId attachment, Weight weight, String code, String message) {

  /** The code of a file that a change names and that is not here. */
  public static final String MISSING = "attachment.missing";

  /** The code of a file that is not the one its change names. */
  public static final String DAMAGED = "attachment.damaged";

  /** The code of a file that a server says to have and does not show. */
  public static final String UNPROVEN = "attachment.unproven";

  /** What is to be done about it. */
  public enum Weight {
    /**
     * Nothing failed here: it has not come yet, is larger than is fetched unasked, or does not open
     * with its author's key.
     */
    NOTED,
    /** Syncing again later may help: somebody was busy, or a disk was full. */
    PASSING,
    /** It was refused, or is not what it should be: somebody has to look. */
    REFUSED
  }

  /** What a refusal or failure of one file means. */
  static AttachmentTrouble of(AttachmentId attachment, CairnException why) {
    String code = why.code();
    String message = why.getMessage();
    return new AttachmentTrouble(
        attachment,
        Refusals.passes(code) ? Weight.PASSING : Weight.REFUSED,
        code,
        message == null ? "it was refused" : message);
  }

  /** A file that is not here, of which there is nothing more to say. */
  static AttachmentTrouble noted(AttachmentId attachment, String message) {
    return new AttachmentTrouble(attachment, Weight.NOTED, MISSING, message);
  }
}
