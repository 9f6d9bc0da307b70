package dev.cairn.cli.console;

import picocli.CommandLine.Option;

/** {@code --yes}: without it nothing that cannot be taken back is done. */
public final class YesOption {

  @Option(names = "--yes", description = "Really do it: it cannot be taken back.")
  private boolean yes;

  /**
   * Goes on only if it was said.
   *
   * @param what is about to happen
   */
  public void require(String what) {
    if (!yes) {
      throw missing(what);
    }
  }

  /** Whether it was said. */
  public boolean given() {
    return yes;
  }

  /** That it was not. */
  public static UsageException missing(String what) {
    return new UsageException("yes.missing", what + ": give --yes if you mean it", "--yes");
  }
}
