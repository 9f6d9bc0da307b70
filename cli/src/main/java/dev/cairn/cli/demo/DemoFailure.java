package dev.cairn.cli.demo;

/** The story cannot go on: a command did something else than it should. */
final class DemoFailure extends Exception {

  private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
