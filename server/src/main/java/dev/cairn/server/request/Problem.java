package dev.cairn.server.request;

/**
 * Every refusal of a whole request: its stable code, its status, and the sentence that goes with
 * it. What becomes of single entries of a push stands in the answer's stream, not here.
 */
public enum Problem {
  REQUEST_MALFORMED("request.malformed", 400, "The request cannot be read"),
  DIGEST_MISMATCH("digest.mismatch", 400, "The body is not the one that was signed"),
  NONCE_STALE("nonce.stale", 401, "Sign again with the nonce of this answer"),
  SIGNATURE_MISSING("signature.missing", 401, "The request is not signed"),
  SIGNATURE_MALFORMED("signature.malformed", 400, "The signature's parameters are not those asked"),
  SIGNATURE_INVALID("signature.invalid", 401, "The signature does not fit the request"),
  DEVICE_UNKNOWN("device.unknown", 403, "The device is not admitted to this space"),
  DEVICE_SUSPENDED("device.suspended", 403, "The device is suspended"),
  SPACE_CODE_UNKNOWN("space.code-unknown", 403, "The space code is unknown or was used"),
  SPACE_CODE_EXPIRED("space.code-expired", 403, "The space code has expired"),
  SPACE_UNKNOWN("space.unknown", 404, "There is no such space here"),
  SPACE_OTHER("space.other", 422, "The parcel belongs to another space"),
  SPACE_INVALID("space.invalid", 422, "The statements do not begin a space on this server"),
  ROUTE_UNKNOWN("route.unknown", 404, "There is nothing at this address"),
  CHECKPOINT_UNKNOWN("checkpoint.unknown", 404, "The log was never signed at this size"),
  ATTACHMENT_UNKNOWN("attachment.unknown", 404, "No such attachment, or not for this device"),
  ATTACHMENT_INCOMPLETE("attachment.incomplete", 404, "The attachment has not arrived in full"),
  UPLOAD_UNKNOWN("upload.unknown", 404, "There is no such upload"),
  METHOD_UNKNOWN("method.unknown", 405, "The method does not fit this address"),
  REQUEST_TOO_SLOW("request.too-slow", 408, "The body came too slowly"),
  LOG_BEHIND("log.behind", 409, "The caller has seen more of the log than this server holds"),
  LOG_GENERATION("log.generation", 409, "The log was opened anew; its account says by whom"),
  UPLOAD_OFFSET("upload.offset", 409, "The offset is not where the upload stands"),
  UPLOAD_BUSY("upload.busy", 409, "Another request is writing to this upload"),
  UPLOAD_EXPIRED("upload.expired", 410, "The upload address has expired; create it again"),
  TUS_VERSION("tus.version", 412, "Only tus 1.0.0 is spoken here"),
  REQUEST_TOO_LARGE("request.too-large", 413, "The request is larger than allowed"),
  ATTACHMENT_SIZE("attachment.size", 413, "The size is not the one the change states"),
  MEDIA_UNSUPPORTED("media.unsupported", 415, "The body is not of the media type asked"),
  RANGE_INVALID("range.invalid", 416, "The range is not inside the attachment"),
  ATTACHMENT_HASH("attachment.hash", 422, "The bytes are not those the attachment is named for"),
  PARCEL_NOT_FOR_US("parcel.not-for-us", 422, "This server cannot open the parcel"),
  PARCEL_MALFORMED("parcel.malformed", 422, "What is in the parcel cannot be read"),
  TOO_MANY_REQUESTS("request.too-many", 429, "Too many requests at once from this device"),
  SERVER_FAILED("server.failed", 500, "The server failed; nothing of this request was kept"),
  LOG_REFILLING("log.refilling", 503, "Restored from a backup; members are refilling the log"),
  SERVER_BUSY("server.busy", 503, "Too much to do; try again soon"),
  SERVER_CLOSING("server.closing", 503, "The server is shutting down"),
  STORE_READ_ONLY("store.read-only", 503, "The server cannot write; reading goes on"),
  STORE_FAILED("store.failed", 503, "The server's store failed"),
  STORE_FULL("store.full", 507, "The server's disk is full; reading goes on");

  private final String code;
  private final int status;
  private final String title;

  Problem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  /** The code, which never changes. */
  public String code() {
    return code;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** One sentence for a person. */
  public String title() {
    return title;
  }
}
