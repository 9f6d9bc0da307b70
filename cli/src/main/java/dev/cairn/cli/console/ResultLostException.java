package dev.cairn.cli.console;

/** Where the result goes does not take it: a full disk, a reader that went away. */
final class ResultLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ResultLostException() {
    super("the result could not be written");
  }
}
