package dev.cairn.cli.console;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.protocol.CairnException;
import java.util.Collection;

/** The exit codes of the contract. */
public final class ExitCode {

  /** Done. */
  public static final int DONE = 0;

  /** Failed. */
  public static final int FAILED = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** A check found problems, or some lines were refused. */
  public static final int PROBLEMS = 3;

  /**
   * Try again later: the server cannot be reached or has not heard of this device's invitation,
   * another device was not met, or the store is busy.
   */
  public static final int LATER = 75;

  private ExitCode() {}

  /** With which a failure ends a command. */
  public static int of(CairnException failure) {
    return isLater(failure.code()) ? LATER : FAILED;
  }

  /** With which a command ends of which a server refused something: later if all of that passes. */
  public static int ofRefused(Collection<String> codes) {
    boolean passes = codes.stream().allMatch(code -> isLater(code) || Refusals.passes(code));
    return passes ? LATER : PROBLEMS;
  }

  private static boolean isLater(String code) {
    return switch (code) {
      case "server.unreachable",
          "server.busy",
          "store.busy",
          "invitation.early",
          "meeting.unmet",
          "log.refilling" ->
          true;
      default -> false;
    };
  }
}
