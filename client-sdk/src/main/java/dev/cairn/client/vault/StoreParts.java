package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the names in a folder are a store's own; what else lies there is never touched. */
final class StoreParts {

  static final String LOCK = "lock";
  static final String SLOT = "slot";
  static final String SLOT_IN_MAKING = "slot.making";
  static final String RING = "ring";
  static final String ROWS = "rows.db";
  static final String ATTACHMENTS = "attachments";

  /** Names that only a store gives. */
  private static final Set<String> TELLING =
      new HashSet<>(
          Arrays.asList(
              SLOT,
              DurableFile.beside(SLOT),
              SLOT_IN_MAKING,
              DurableFile.beside(SLOT_IN_MAKING),
              RING,
              DurableFile.beside(RING),
              ROWS,
              ROWS + "-wal",
              ROWS + "-shm",
              ROWS + "-journal"));

  private final Set<String> names;

  private StoreParts(Set<String> names) {
    this.names = names;
  }

  /** What lies in a folder; nothing if there is none. */
  static StoreParts of(Path folder) throws StoreException {
    if (!Files.isDirectory(folder)) {
      return new StoreParts(Collections.emptySet());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return new StoreParts(
          entries
              .map(entry -> String.valueOf(entry.getFileName()))
              .collect(Collectors.toCollection(HashSet::new)));
    } catch (IOException e) {
      throw new StoreException(Reason.READ_ONLY, "the folder cannot be read", e);
    }
  }

  /** Whether a lock and a name that only a store gives are there; needs no right to list. */
  static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(LOCK))
        && TELLING.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  private static boolean isOwn(String name) {
    return TELLING.contains(name) || name.equals(LOCK) || name.equals(ATTACHMENTS);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * Whether part of a store is there: a name that only a store gives, or nothing but such as others
   * may give too. A lock beside somebody's own files may be anybody's.
   */
  boolean isOfStore() {
    return names.stream().anyMatch(TELLING::contains)
        || (!names.isEmpty() && names.stream().allMatch(StoreParts::isOwn));
  }

  /** Whether it is what a store left that was not finished or not quite wiped. */
  boolean isRemains() {
    return isOfStore() && !names.contains(SLOT) && names.contains(LOCK);
  }

  /** The parts of a store but for its lock and one more, the telling ones last. */
  List<Path> in(Path folder, String except) {
    List<Path> parts = new ArrayList<>();
    if (names.contains(ATTACHMENTS)) {
      parts.add(folder.resolve(ATTACHMENTS));
    }
    names.stream()
        .filter(name -> TELLING.contains(name) && !name.equals(except))
        .sorted()
        .forEach(name -> parts.add(folder.resolve(name)));
    return parts;
  }
}
