package dev.cairn.server.ledger;

/**
 * Why one entry of a push was not accepted: the stable codes of the entries that answer it, besides
 * those of {@link dev.cairn.protocol.feed.FeedFault} and {@link
 * dev.cairn.protocol.frame.FrameSignatures}.
 */
public enum RefusalCode {
  /** The bytes are no entry, statement or frame of this version. */
  ENTRY_MALFORMED("entry.malformed"),
  /** A kind of entry that only a server sends. */
  ENTRY_UNEXPECTED("entry.unexpected"),
  /** It is of a later version than this server knows. */
  ENTRY_TOO_NEW("entry.too-new"),
  /** It belongs to another space. */
  SPACE_OTHER("space.other"),

  /** A signature of the statement does not hold. */
  STATEMENT_SIGNATURE("statement.signature"),
  /** It names roster heads that this server does not hold; push those first. */
  STATEMENT_GAP("statement.gap"),
  /** Whoever signed it had no right to, or has lost it. */
  STATEMENT_NO_AUTHORITY("statement.no-authority"),
  /** It opens another log than the one that waits here, or ends another than this. */
  GENERATION_OTHER("generation.other"),
  /** As many devices as the invitation allows came in under it. */
  INVITATION_USED_UP("invitation.used-up"),
  /** The invitation's time is over by the server's clock. */
  INVITATION_EXPIRED("invitation.expired"),

  /**
   * The log was opened anew since the sender last looked: the statement that says so comes first.
   */
  LOG_GENERATION("log.generation"),
  /** The server was restored from a backup and takes nothing new until it is refilled. */
  LOG_REFILLING("log.refilling"),

  /** The frame's device is not admitted. */
  DEVICE_UNKNOWN("device.unknown"),
  /** The frame's device is suspended, and the change is not among those that still count. */
  DEVICE_SUSPENDED("device.suspended"),
  /** The change continues changes that this server does not hold; push those first. */
  FEED_GAP("feed.gap"),
  /** A session is sealed to an epoch the roster never held, or to another circle's. */
  EPOCH_UNKNOWN("epoch.unknown"),
  /** The change comes without its body, which was never withdrawn. */
  BODY_MISSING("change.body-missing"),
  /**
   * The same, or behind such a one: it is kept for a while, and goes into the log with the erasure
   * that drops the body, once that comes.
   */
  BODY_AWAITED("change.body-awaited"),
  /** An attachment it names is larger than this server takes. */
  ATTACHMENT_TOO_LARGE("attachment.too-large"),
  /** The device has stored, or signed of the roster, as much as it may. */
  QUOTA_DEVICE("quota.device"),
  /** The roster is as large as it may be. */
  QUOTA_SPACE("quota.space");

  private final String code;

  RefusalCode(String code) {
    this.code = code;
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }
}
