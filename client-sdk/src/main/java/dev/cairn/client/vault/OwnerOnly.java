package dev.cairn.client.vault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rights that let nobody but the owner in, with calls that Android has too. */
final class OwnerOnly {

  private OwnerOnly() {}

  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    protect(folder);
  }

  /** Best effort where the file system has no such rights. */
  static void protect(Path path) {
    File file = path.toFile();
    boolean folder = file.isDirectory();
    boolean ignored =
        file.setReadable(false, false)
            & file.setWritable(false, false)
            & file.setExecutable(false, false)
            & file.setReadable(true, true)
            & file.setWritable(true, true)
            & (!folder || file.setExecutable(true, true));
  }
}
