package dev.cairn.server.ledger;

import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;

/**
 * Who hands something in: some statements are logged on the word of some only.
 *
 * @param standing who it is
 * @param alone whether statements are handed in without what their signers had seen
 */
public record Bringer(Standing standing, boolean alone) {

  /** Who somebody is in the space. */
  public enum Standing {
    /** Nobody known, or somebody cut off. */
    ANYBODY,
    /** Who hands in what others sealed, and cannot look into it. */
    CARRIER,
    /** Who is in and not cut off. */
    MEMBER,
    /** A confirmed coordinator. */
    COORDINATOR
  }

  /** Nobody known, or somebody cut off. */
  public static final Bringer ANYBODY = new Bringer(Standing.ANYBODY, false);

  /**
   * Who hands in what others sealed.
   *
   * @param alone whether he has handed it in before, with all else that he had
   */
  public static Bringer carrier(boolean alone) {
    return new Bringer(Standing.CARRIER, alone);
  }

  /** Who hands in again what the log had taken once. */
  static final Bringer OF_THE_LOG = new Bringer(Standing.COORDINATOR, true);

  /** Whether an admission is logged that is too late, or too many, by its invitation. */
  boolean admitsLate() {
    return standing == Standing.COORDINATOR;
  }

  /**
   * Whether what a suspended device wrote beyond its suspension is logged because a change that was
   * released follows it.
   */
  boolean bringsReleased() {
    return standing == Standing.COORDINATOR;
  }

  /**
   * Whether statements are logged without what their signers had seen. Of that whoever met a signer
   * may never have been given all, and it may be lost with his device, or never have been: a stolen
   * one could bar everybody it meets from the log. Heads play no part in what a roster says; who
   * says that nobody he knows has them brings first what he has of them.
   */
  boolean bringsAlone() {
    return alone && standing != Standing.ANYBODY;
  }

  /**
   * Whether a statement that may not be logged without what its signer had seen is to be brought
   * again with it: who cannot look into what he brings cannot tell that it is there no more.
   */
  boolean bringsAgain() {
    return standing == Standing.CARRIER;
  }

  /**
   * Whether a statement is logged that lost its force before it came. Who built on it had not
   * heard, and could never follow without it: a coordinator's statements name it, anybody's reports
   * may be sealed to it if it is an epoch. It gets nobody anything, and has to fit into the room of
   * who signed it; but who lost his right must not fill that with it by himself. A generation would
   * be carried out once a release let it stand again, by devices and not by this server: that one
   * is never taken late.
   */
  boolean bringsVoid(Statement statement) {
    return switch (standing) {
      case ANYBODY -> false;
      case CARRIER, MEMBER -> statement.kind() == StatementKind.EPOCH;
      case COORDINATOR -> statement.kind() != StatementKind.GENERATION;
    };
  }
}
