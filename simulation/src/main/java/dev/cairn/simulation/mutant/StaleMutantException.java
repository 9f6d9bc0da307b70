package dev.cairn.simulation.mutant;

/** What a mutant changes is not there any more: the code moved on, the table has to follow. */
public final class StaleMutantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleMutantException(Plant plant, String why) {
    super(plant.className() + "." + plant.method() + ": " + plant.edit() + ": " + why);
  }
}
