package dev.cairn.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one process that measures is given.
 *
 * @param rows the names of the rows that are wanted, all of one family
 * @param scale how large
 * @param program the words that start {@code cairn}, without a command
 * @param room a folder of its own, empty
 */
public record Fork(Set<String> rows, Scale scale, List<String> program, Path room) {

  /** Takes copies. */
  public Fork {
    rows = Set.copyOf(rows);
    program = List.copyOf(program);
  }

  /** Whether a row is wanted. */
  public boolean wants(String row) {
    return rows.contains(row);
  }

  /** The words that start a command. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    return command;
  }
}
