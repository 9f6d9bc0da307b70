package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.Operation;

/**
 * An operation that counts for nothing, with the reason. It stays signed, kept and shown.
 *
 * @param operation what was asked
 * @param origin by whom
 * @param reason why not
 */
public record Refusal(Operation operation, Origin origin, Reason reason) {

  /** Why an operation counts for nothing. */
  public enum Reason {
    /** Its author is no confirmed coordinator. */
    ROLE(1, "role"),
    /** It takes back what another member said. */
    NOT_OWN(2, "not-own"),
    /** What it names is nothing that can be taken back. */
    NOT_RETRACTABLE(3, "not-retractable"),
    /** The field is never in conflict, so there is nothing to decide. */
    NOT_DECIDABLE(4, "not-decidable"),
    /** The prefix of its change does not name what it erases. */
    NOT_IN_PREFIX(5, "not-in-prefix"),
    /** An erasure is for good. */
    ERASES_ERASURE(6, "erases-erasure"),
    /** What it erases is not held, has no body, does not count or was sent to others too. */
    OUT_OF_REACH(7, "out-of-reach"),
    /** It names another author than the erased change has. */
    NOT_ITS_AUTHOR(8, "not-its-author");

    private final int code;
    private final String word;

    Reason(int code, String word) {
      this.code = code;
      this.word = word;
    }

    /** The number in the canonical state. */
    public int code() {
      return code;
    }

    /** The name in JSON. */
    public String word() {
      return word;
    }
  }
}
