package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.ServerMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A space that was founded, with the first people in it, all of them switched off. Founding is a
 * third of a world's work and always goes well, so worlds share a few foundings.
 *
 * @param space the space
 * @param people owner first
 * @param server their server
 */
record Cast(SpaceId space, List<Machine.Asleep> people, ServerMachine.Asleep server) {

  /** How many foundings there are. */
  private static final int COUNT = 48;

  private static final Map<Integer, Cast> MADE = new ConcurrentHashMap<>();

  /** Takes a copy. */
  Cast {
    people = List.copyOf(people);
  }

  /** The founding that a world begins with. */
  static Cast of(long seed, Path folder) {
    int number = (int) Math.floorMod(seed * 31 + 7, (long) COUNT);
    return MADE.computeIfAbsent(number, any -> found(number, folder.resolve("founding")));
  }

  private static Cast found(int number, Path folder) {
    Stage stage = new Stage(~(long) number, folder);
    try {
      Files.createDirectories(folder);
      stage.server.start();
      new Casting(
              stage,
              new Attempt(stage),
              new Roads(stage, new Attempt(stage), new Liar(stage, false)))
          .begin();
      List<Machine.Asleep> people = new ArrayList<>();
      stage.people().forEach(machine -> people.add(machine.asleep()));
      Cast cast = new Cast(stage.space(), people, stage.server.asleep());
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toArray(Path[]::new)) {
          Files.deleteIfExists(path);
        }
      }
      return cast;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CairnException e) {
      throw new IllegalStateException("no space could be founded", e);
    }
  }
}
