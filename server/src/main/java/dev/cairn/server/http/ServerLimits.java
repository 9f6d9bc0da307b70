package dev.cairn.server.http;

/** Bounds of what one request or connection may take. */
final class ServerLimits {

  /** Bytes of one push that have arrived and are not answered; above it the sender is held back. */
  static final int PUSH_IN_FLIGHT_BYTES_MAX = 4 * 1024 * 1024;

  /** Entries of a push that are decoded together. */
  static final int PUSH_BATCH_ENTRIES_MAX = 64;

  /** Bytes of a push that are decoded together; a single entry may be longer. */
  static final int PUSH_BATCH_BYTES_MAX = 1024 * 1024;

  /** Entries that a device may push before one of them has admitted it. */
  static final int PUSH_ENTRIES_BEFORE_ADMISSION_MAX = 64;

  /** Bytes of an answer to a pull after which it ends at the next frame. */
  static final int PULL_BYTES_MAX = 4 * 1024 * 1024;

  /** The first statements of a space. */
  static final int SPACE_BYTES_MAX = 4 * 1024 * 1024;

  /** Bytes of an upload that wait to be written. */
  static final int UPLOAD_PIECE_BYTES_MAX = 256 * 1024;

  /** Requests one device may have running at once. */
  static final int DEVICE_REQUESTS_MAX = 16;

  /** Bytes of all headers of a request. */
  static final int HEADER_BYTES_MAX = 16 * 1024;

  /** Seconds without a byte in either direction after which a connection is closed. */
  static final int IDLE_SECONDS_MAX = 60;

  /** Streams of one HTTP/2 connection at once. */
  static final int STREAMS_MAX = 32;

  private ServerLimits() {}
}
