package dev.cairn.server.limits;

/**
 * Every bound of what a request, a connection or a stranger may take of the server, with its unit.
 * Both sides of each are tested.
 */
public final class ServerLimits {

  /** Bytes of one push that have arrived and are not answered; above it the sender is held back. */
  public static final int PUSH_IN_FLIGHT_BYTES_MAX = 4 * 1024 * 1024;

  /** Entries of a push that are decoded together. */
  public static final int PUSH_BATCH_ENTRIES_MAX = 64;

  /** Bytes of a push that are decoded together; a single entry may be longer. */
  public static final int PUSH_BATCH_BYTES_MAX = 1024 * 1024;

  /** Entries that a device may push before one of them has admitted it. */
  public static final int PUSH_ENTRIES_BEFORE_ADMISSION_MAX = 64;

  /** Bytes of an answer to a pull after which it ends at the next frame. */
  public static final int PULL_BYTES_MAX = 4 * 1024 * 1024;

  /** Statements that a new space is founded with: three, and room for its first invitations. */
  public static final int SPACE_STATEMENTS_MAX = 16;

  /** Bytes of those statements together; the three take about 12 KiB. */
  public static final int SPACE_BYTES_MAX = 64 * 1024;

  /** Statements of one space that all who sign there share. */
  public static final int ROSTER_STATEMENTS_MAX = 20_000;

  /**
   * Of these, statements of one coordinator who is no owner; apart from these, suspensions and
   * releases of one owner. One suspension can list as many that stand.
   */
  public static final int COORDINATOR_STATEMENTS_MAX = 4096;

  /** Of these, statements of one device that never coordinated: epochs of its own circle. */
  public static final int REPORTER_STATEMENTS_MAX = 64;

  /** Bytes of an upload that wait to be written. */
  public static final int UPLOAD_PIECE_BYTES_MAX = 256 * 1024;

  /** Bytes of an upload that were written and do not count yet: what a power cut may cost. */
  public static final int UPLOAD_UNSYNCED_BYTES_MAX = 1024 * 1024;

  /** Days after which an upload that nobody goes on with is dropped. */
  public static final int UPLOAD_ABANDONED_DAYS = 30;

  /** Requests one device may have running at once. */
  public static final int DEVICE_REQUESTS_MAX = 16;

  /** Requests that all devices not admitted may have running together: keys cost nothing. */
  public static final int STRANGERS_REQUESTS_MAX = 32;

  /** One entry of a device not admitted, and what is held of its push at once. */
  public static final int STRANGER_BYTES_MAX = 64 * 1024;

  /** Bytes of all headers of a request. */
  public static final int HEADER_BYTES_MAX = 16 * 1024;

  /** Seconds without a byte in either direction after which a connection is closed. */
  public static final int IDLE_SECONDS_MAX = 60;

  /** Streams of one HTTP/2 connection at once. */
  public static final int STREAMS_MAX = 32;

  /** Connections at once. */
  public static final int CONNECTIONS_MAX = 512;

  /**
   * Seconds in which a connection has to begin a request, and a body has to bring {@link
   * #BODY_BYTES_MIN} or, from a stranger, to end.
   */
  public static final int PATIENCE_SECONDS = 60;

  /** Bytes that a body brings in {@link #PATIENCE_SECONDS}, or it is refused. */
  public static final int BODY_BYTES_MIN = 1024;

  /** Bodies of all requests may take one part in so many of the heap. */
  public static final int HEAP_PARTS = 8;

  /** Bodies of all requests may take so many bytes in any case: some of the largest. */
  public static final long BODIES_BYTES_MIN = 16L * 1024 * 1024;

  /** Bodies of strangers may take one part in so many of what all bodies may. */
  public static final int STRANGERS_PARTS = 4;

  /**
   * Seconds between two looks at an attachment that had arrived, when its uploader asks for one.
   */
  public static final long RECHECK_SECONDS_MIN = 60 * 60L;

  /** Attachments of which it is remembered when they were looked at. */
  public static final int RECHECKS_REMEMBERED_MAX = 4096;

  /** Runs of bytes, with gaps between them, that one device's pieces of a file may leave. */
  public static final int PIECE_RUNS_MAX = 8192;

  /** Bytes of one piece of what refills a server that was restored; from a stranger fewer. */
  public static final int REFILL_BYTES_MAX = 4 * 1024 * 1024;

  /** Statements of generations that a restored server keeps without their logs. */
  public static final int REFILL_GENERATIONS_MAX = 64;

  private ServerLimits() {}
}
