package dev.cairn.server.request;

/** Ends a request with a problem. Carries no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Ends it with this one. */
  public ProblemException(Problem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  /** With which one. */
  public Problem problem() {
    return problem;
  }
}
