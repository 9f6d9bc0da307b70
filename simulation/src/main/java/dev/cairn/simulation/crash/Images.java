package dev.cairn.simulation.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens images of what a cut of power leaves, and keeps what was found. */
final class Images {

  private final Path folder;
  private final Map<String, String> lost = new LinkedHashMap<>();
  private long opened;

  /** Opens them in a folder that is not there yet. */
  Images(Path folder) {
    this.folder = folder;
  }

  /** Opens files as they would be found when the power is back. */
  Contents open(Map<String, byte[]> files) {
    opened++;
    try {
      FolderFiles.write(folder, files);
      Contents contents = Contents.in(folder, files);
      for (String name : FolderFiles.read(folder, each -> true).keySet()) {
        Files.delete(folder.resolve(name));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that was durable was not there; told once of each machine and occasion. */
  void lost(String where, String what) {
    lost.putIfAbsent(where, what);
  }

  List<String> lost() {
    List<String> told = new ArrayList<>();
    lost.forEach((where, what) -> told.add("a cut of power took " + what + " on " + where));
    return told;
  }

  long opened() {
    return opened;
  }
}
