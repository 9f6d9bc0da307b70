package dev.cairn.protocol.limits;

/**
 * Every bound of the protocol, each with its unit. Both sides of each bound are tested: the largest
 * value passes and the next one is refused.
 */
public final class Limits {

  // Encoding.

  /** Containers (arrays and maps) open at once in one CBOR item. */
  public static final int CBOR_DEPTH_MAX = 16;

  // Roster.

  /** A whole roster statement, signatures included. Holds an epoch of the most members. */
  public static final int ROSTER_STATEMENT_SIZE_BYTES_MAX = 512 * 1024;

  /** Heads of the roster that one statement names; an author who sees more names the lowest. */
  public static final int ROSTER_HEADS_MAX = 64;

  /** Circles an invitation opens to whoever takes it up. */
  public static final int INVITATION_CIRCLES_MAX = 64;

  /** Devices an invitation says it is meant for. */
  public static final int INVITATION_USES_MAX = 10_000;

  /** Devices that an epoch's seed is sealed to, the recovery key not counted. */
  public static final int EPOCH_MEMBERS_MAX = 256;

  /** Earlier epochs that one epoch supersedes; also earlier moves that one move supersedes. */
  public static final int SUPERSEDED_MAX = 64;

  /** Epochs whose seeds one grant hands on. */
  public static final int GRANT_EPOCHS_MAX = 256;

  /** Members to whom a desk hands on keys by itself when it merges epochs made at once. */
  public static final int MERGE_GRANTS_MAX = 64;

  /** Last good changes that one suspension names: the heads of a feed and of its audiences. */
  public static final int LAST_GOOD_CHANGES_MAX = 256;

  /** Suspensions that one release widens. */
  public static final int RELEASE_SUSPENSIONS_MAX = 64;

  /** Changes that one release lets count by themselves. */
  public static final int RELEASE_CHANGES_MAX = 4096;

  /** Statements of a suspended device that one suspension lets stand. */
  public static final int STANDING_STATEMENTS_MAX = 8192;

  /** Devices that are not known and whose changes a client remembers to have left out. */
  public static final int DEVICES_SET_ASIDE_MAX = 1024;

  /** Statements without any power that a device keeps; what comes beyond is forgotten. */
  public static final int POWERLESS_STATEMENTS_MAX = 1024;

  /** Bytes of all these together. */
  public static final int POWERLESS_BYTES_MAX = 4 * 1024 * 1024;

  /** Devices that one replacement suspends. */
  public static final int REPLACEMENT_SUSPENDED_MAX = 64;

  /** Statements that an invitation file carries. */
  public static final int INVITATION_STATEMENTS_MAX = 8192;

  /** A whole invitation file. */
  public static final int INVITATION_FILE_SIZE_BYTES_MAX = 16 * 1024 * 1024;

  /** Parts that an invitation file is shown in as codes: more than that nobody scans. */
  public static final int INVITATION_PARTS_MAX = 100;

  /**
   * Bytes of the file in one part: with its first characters a QR code of version 17 at level L.
   */
  public static final int INVITATION_PART_SIZE_BYTES_MAX = 550;

  /** Shares that a recovery secret is split into. */
  public static final int RECOVERY_SHARES_MAX = 16;

  /** The number of the last generation a log can have. */
  public static final long GENERATION_MAX = (1L << 31) - 1;

  /** Generations that an owner signed one after another and heard no answer to. */
  public static final int UNANSWERED_GENERATIONS_MAX = 64;

  /**
   * Statements that a moved space is founded with on its new server: genesis, the replacements, a
   * generation for each life of the log, the move.
   */
  public static final int MOVE_STATEMENTS_MAX = 1024;

  /**
   * Size of these together, as they are sent: a replacement that lists all that a lost owner signed
   * takes up to {@link #ROSTER_STATEMENT_SIZE_BYTES_MAX}.
   */
  public static final int MOVE_BYTES_MAX = 2 * 1024 * 1024;

  /** A pseudonym or the name of a space or circle, in bytes of UTF-8. */
  public static final int NAME_SIZE_BYTES_MAX = 256;

  /** A server's address: scheme, host and port, in bytes of UTF-8. */
  public static final int ADDRESS_SIZE_BYTES_MAX = 512;

  // Operations.

  /** Operations in one change. */
  public static final int OPERATIONS_MAX = 4096;

  /** One value: of a register, of one element of a set; its encoding. */
  public static final int VALUE_SIZE_BYTES_MAX = 64 * 1024;

  /**
   * Arrays and maps inside one another in one value: the canonical state, which holds it five deep,
   * has to hold it too.
   */
  public static final int VALUE_DEPTH_MAX = 8;

  /**
   * Items of one value: itself and, in arrays and maps, every element, key and value. As a tree in
   * memory an item takes many times its one byte on the wire.
   */
  public static final int VALUE_ITEMS_MAX = 8192;

  /** Items of all values in the operations of one body together. */
  public static final int BODY_ITEMS_MAX = 4 * VALUE_ITEMS_MAX;

  /** Elements named by one operation on a set; also the highest repetition of an element. */
  public static final int SET_ELEMENTS_MAX = 4096;

  /** Elements that the operations of one body name on sets together: what a merge is made to do. */
  public static final int BODY_ELEMENTS_MAX = 2 * SET_ELEMENTS_MAX;

  /** A note, comment, question or answer, in UTF-8. */
  public static final int STATEMENT_SIZE_BYTES_MAX = 64 * 1024;

  /** The reason of a retraction, decision, undo or erasure, in UTF-8. */
  public static final int REASON_SIZE_BYTES_MAX = 4 * 1024;

  /** A path without a code, in UTF-8. */
  public static final int PATH_SIZE_BYTES_MAX = 1024;

  /** Each text of a count key, in UTF-8. */
  public static final int COUNT_KEY_TEXT_SIZE_BYTES_MAX = 512;

  /** The greatest number of people a count may state. */
  public static final long COUNT_MAX = 1_000_000_000L;

  /** Changes one decision settles. */
  public static final int DECISION_CHANGES_MAX = 1024;

  /** Changes one confirmation lists as not opened. */
  public static final int CONFIRMATION_UNOPENED_MAX = 4096;

  /** Fields one erasure lists. */
  public static final int ERASED_FIELDS_MAX = 4096;

  /** Parents of the erased change which one erasure lists: as many as a change has. */
  public static final int ERASED_PARENTS_MAX = 64;

  /** The name of an attached file, in UTF-8. */
  public static final int FILE_NAME_SIZE_BYTES_MAX = 1024;

  /** The media type of an attached file, in UTF-8. */
  public static final int MEDIA_TYPE_SIZE_BYTES_MAX = 255;

  /** Entries of capture data of an attached file. */
  public static final int CAPTURE_ENTRIES_MAX = 64;

  /** The name of one entry of capture data, in UTF-8. */
  public static final int CAPTURE_NAME_SIZE_BYTES_MAX = 255;

  // Casualty JSON Lines.

  /** One line of an imported file, without its end, in bytes. */
  public static final int CASUALTY_LINE_SIZE_BYTES_MAX = 1024 * 1024;

  /** Objects and lists inside one another in an imported document. */
  public static final int CASUALTY_DEPTH_MAX = 64;

  /** A number in an imported document, in characters. */
  public static final int CASUALTY_NUMBER_CHARS_MAX = 1000;

  /**
   * The operations of one imported report together, encoded; leaves room in a body for the rest.
   */
  public static final int CASUALTY_REPORT_SIZE_BYTES_MAX = 240 * 1024;

  // Suite 1.

  /** Bytes that one HKDF-SHA256 expansion can give (RFC 5869: 255 blocks of 32). */
  public static final int HKDF_OUTPUT_BYTES_MAX = 255 * 32;

  /** Bytes that one HKDF-SHA512 expansion can give (RFC 5869: 255 blocks of 64). */
  public static final int HKDF_SHA512_OUTPUT_BYTES_MAX = 255 * 64;

  /** Memory of Argon2id in KiB: less would make guessing cheap. */
  public static final int ARGON2_MEMORY_KIB_MIN = 8 * 1024;

  /** Memory of Argon2id in KiB: more would exhaust a phone that opens a stranger's file. */
  public static final int ARGON2_MEMORY_KIB_MAX = 256 * 1024;

  /** Passes of Argon2id over its memory. */
  public static final int ARGON2_PASSES_MIN = 1;

  /** Passes of Argon2id over its memory: more would hold up who opens a stranger's file. */
  public static final int ARGON2_PASSES_MAX = 16;

  /** Lanes of Argon2id. */
  public static final int ARGON2_LANES_MIN = 1;

  /** Lanes of Argon2id. */
  public static final int ARGON2_LANES_MAX = 4;

  /** Bytes of an Argon2id salt, at least. */
  public static final int ARGON2_SALT_BYTES_MIN = 16;

  // COSE.

  /** Signers of one statement, at most. */
  public static final int COSE_SIGNERS_MAX = 4;

  // Log.

  /** Leaves of one log: every size and place is exact in a double, as other programs hold them. */
  public static final long LOG_LEAVES_MAX = (1L << 53) - 1;

  /** Consecutive leaves that one proof, and so one receipt, may cover. */
  public static final int PROOF_RUN_LEAVES_MAX = 65_536;

  /** Hashes of a receipt's proof: two on each level of the largest tree. */
  public static final int RANGE_PROOF_HASHES_MAX = 106;

  /** Characters of a log's origin. */
  public static final int LOG_ORIGIN_CHARS_MAX = 100;

  /** Bytes of a signed checkpoint with all its cosignatures. */
  public static final int NOTE_SIZE_BYTES_MAX = 65_536;

  /** Signatures on a checkpoint, the log's own among them. */
  public static final int NOTE_SIGNATURES_MAX = 16;

  // Attachments.

  /** Bytes of an attached file, before padding and encryption: 4 GiB. */
  public static final long ATTACHMENT_SIZE_BYTES_MAX = 1L << 32;

  /**
   * Chunks of one encrypted file (c2sp.org/chunked-encryption); the next one would wear its keys.
   */
  public static final long FILE_CHUNKS_MAX = 1L << 38;

  // Changes.

  /** The greatest sequence in a feed or an audience: exact in every language's numbers. */
  public static final long FEED_SEQUENCE_MAX = (1L << 53) - 1;

  /** Heads that one change continues. */
  public static final int CHANGE_PREVIOUS_MAX = 64;

  /**
   * Heads of one feed, and of its part to one audience, that a server or the reader of a bundle
   * lets come about: as many as one change can join.
   */
  public static final int FEED_HEADS_MAX = CHANGE_PREVIOUS_MAX;

  /** Circles that one change is addressed to. */
  public static final int AUDIENCE_CIRCLES_MAX = 8;

  /** Roster heads that one change cites. */
  public static final int CHANGE_ROSTER_HEADS_MAX = 16;

  /** Files that nobody has confirmed, of which a device has its server show a piece in one sync. */
  public static final int ATTACHMENTS_ASKED_MAX = 16;

  /** Attachments that one change names. */
  public static final int CHANGE_ATTACHMENTS_MAX = 64;

  /** Size of an attachment's encrypted file, in bytes: 4 GiB of content, padded and sealed. */
  public static final long ATTACHMENT_FILE_BYTES_MAX = 5L << 30;

  /** Size of the payload of a change, in bytes. */
  public static final int CHANGE_PAYLOAD_BYTES_MAX = 24 * 1024;

  // Sessions.

  /** Changes that a writer seals in one session. */
  public static final int SESSION_CHANGES_MAX = 256;

  /** The greatest index in a session that a reader looks for. */
  public static final int SESSION_INDEX_MAX = 65_535;

  /** Age at which a writer leaves a session, in milliseconds of a clock that nobody sets. */
  public static final long SESSION_AGE_MILLIS_MAX = 24L * 60 * 60 * 1000;

  /**
   * Age at which a device renews the key of its own circle, and for which it keeps the one before
   * once the new one was receipted, in milliseconds.
   */
  public static final long OWN_EPOCH_AGE_MILLIS_MAX = 30L * 24 * 60 * 60 * 1000;

  /** How long a device waits at least before it replaces a key of its own circle once more. */
  public static final long OWN_EPOCH_PAUSE_MILLIS = 24L * 60 * 60 * 1000;

  /** A clock further ahead of the device's own than this is not followed, in milliseconds. */
  public static final long CLOCK_AHEAD_MILLIS_MAX = 24L * 60 * 60 * 1000;

  // Bodies.

  /** Size of a body before compression, in bytes. */
  public static final int BODY_BYTES_MAX = 256 * 1024;

  /**
   * Bytes of a body before compression for each byte it is padded to: what somebody makes others
   * hold in memory, he has to send and to have room for.
   */
  public static final int BODY_INFLATION_MAX = 8;

  /** Heads of a record that a body names as its parents. */
  public static final int BODY_PARENTS_MAX = 64;

  /** Size of a padded body, in bytes: what the longest is padded to if it does not compress. */
  public static final int PADDED_BODY_BYTES_MAX = 264 * 1024;

  /** Size of a ciphertext with its tag, in bytes. */
  public static final int CIPHERTEXT_BYTES_MAX = PADDED_BODY_BYTES_MAX + 16;

  // Frames and streams.

  /** Changes in one frame. */
  public static final int FRAME_ITEMS_MAX = 16;

  /** Size of a frame's payloads and ciphertexts together, in bytes; a single change always fits. */
  public static final int FRAME_BYTES_MAX = 1024 * 1024;

  /** Size as written to which an author cuts frames on slow links; one change may be longer. */
  public static final int SLOW_FRAME_BYTES_MAX = 4 * 1024;

  /** Audiences of one device that both ends of a stream remember. */
  public static final int FRAME_MEMORY_AUDIENCES_MAX = 1024;

  /** Bytes of one device's changes that wait at a server for the erasure of a missing body. */
  public static final int AWAITED_BYTES_MAX = 8 * 1024 * 1024;

  /** Devices whose changes wait so at a server at one time. */
  public static final int AWAITED_FEEDS_MAX = 4;

  /** Size of one entry of a stream, in bytes. */
  public static final int ENTRY_BYTES_MAX = 2 * 1024 * 1024;

  /** Leaves in one entry, as hashes or with whom they are for. */
  public static final int ENTRY_LEAVES_MAX = 8192;

  /** Hashes in one consistency proof. */
  public static final int CONSISTENCY_HASHES_MAX = 128;

  /** Length of a refusal's code, in bytes. */
  public static final int REFUSAL_CODE_BYTES_MAX = 64;

  /** Length of a refusal's detail, in bytes. */
  public static final int REFUSAL_DETAIL_BYTES_MAX = 1024;

  // Bundles.

  /** Receivers of one parcel. */
  public static final int PARCEL_STANZAS_MAX = 16;

  /** Size of what one parcel holds, in bytes, before it is padded and sealed. */
  public static final int PARCEL_CONTENT_BYTES_MAX = 4 * 1024 * 1024;

  /** Size of one parcel, in bytes: its content and room for what seals it to all its receivers. */
  public static final int PARCEL_BYTES_MAX = PARCEL_CONTENT_BYTES_MAX + 32 * 1024;

  /** Answers to one parcel, each for one of its authors. */
  public static final int PARCEL_ANSWERS_MAX = 32;

  /** Size of these together, in bytes; the largest that there can be always has room alone. */
  public static final int PARCEL_ANSWERS_BYTES_MAX = 8 * 1024 * 1024;

  // Couriers.

  /** Parcels of others that a device carries at once. */
  public static final int CARRIED_PARCELS_MAX = 1024;

  /** Parcels among them that a device has read and that continue what has not come. */
  public static final int EARLY_PARCELS_MAX = 512;

  /** Size of those together, in bytes. */
  public static final long EARLY_PARCELS_BYTES_MAX = 64L * 1024 * 1024;

  /** Devices and changes that such a parcel is known to lack; the first, with which it goes on. */
  public static final int PARCEL_LACKING_MAX = 64;

  /** Signed checkpoints that a parcel of changes shows, and that a device keeps to ask about. */
  public static final int SHOWN_CHECKPOINTS_MAX = 16;

  /** Leaves whose receipts a device keeps until it can hold their checkpoints against the log. */
  public static final int UNRECONCILED_LEAVES_MAX = 65_536;

  /** Syncs from one offer of a parcel to the next, at most, when something before it is missing. */
  public static final int PARCEL_PAUSE_SYNCS_MAX = 32;

  /** Parcels that a device remembers to be done with, so that it does not take them twice. */
  public static final int PASSED_PARCELS_MAX = 1024;

  /** Parcels whose first part came before a meeting was cut, kept to go on with. */
  public static final int PARTIAL_PARCELS_MAX = 4;

  // Quarantine.

  /** Changes of one suspended device that came by hand, lie beyond, and wait for a decision. */
  public static final int QUARANTINE_CHANGES_MAX = 1024;

  /** Size of these together, in bytes. */
  public static final long QUARANTINE_BYTES_MAX = 16L * 1024 * 1024;

  // Meetings of two devices.

  /** What one encrypted record of a meeting holds, in bytes. */
  public static final int MEETING_RECORD_BYTES_MAX = 16 * 1024;

  /** A proof of membership before it is padded, in bytes. */
  public static final int MEETING_PROOF_BYTES_MAX = 256 * 1024;

  /** Statements that a proof of membership brings. */
  public static final int MEETING_STATEMENTS_MAX = 256;

  /** Parcels that are offered in one turn. */
  public static final int MEETING_OFFERS_MAX = 256;

  /** Parcels that are offered in one meeting. */
  public static final int MEETING_PARCELS_MAX = 16 * 1024;

  /** What one turn of a meeting says, in bytes, before it is encrypted. */
  public static final int MEETING_TURN_BYTES_MAX = 256 * 1024;

  // Receipts and rosters asked for.

  /** Changes of which the answer to one question for receipts tells. */
  public static final int FEED_RECEIPTS_MAX = 1024;

  /** Requests in which a roster is fetched before a recovery. */
  public static final int ROSTER_PULL_REQUESTS_MAX = 10_000;

  /** Statements in a server's account of its log. */
  public static final int ACCOUNT_STATEMENTS_MAX = 1024;

  /** Runs of missing leaves, and of missing entries, that such an account names; the first. */
  public static final int ACCOUNT_RUNS_MAX = 1024;

  /** Bytes of such an account. */
  public static final int ACCOUNT_BYTES_MAX = 4 * 1024 * 1024;

  private Limits() {}
}
