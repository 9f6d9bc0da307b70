package dev.cairn.simulation.mutant;

/**
 * One edit and where it is made.
 *
 * @param type name of the class, under {@code dev.cairn.}
 * @param method its name; where several have it, all in which the edit can be made
 * @param edit what is changed
 */
public record Plant(String type, String method, Edit edit) {

  private static final String ROOT = "dev.cairn.";

  /** The whole name of the class. */
  public String className() {
    return ROOT + type;
  }
}
