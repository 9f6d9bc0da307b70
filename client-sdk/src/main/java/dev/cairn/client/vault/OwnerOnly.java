package dev.cairn.client.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Rights that let nobody but the owner in: 0700 for a folder, 0600 for a file. */
final class OwnerOnly {

  private OwnerOnly() {}

  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    protect(folder);
  }

  /** Without effect on file systems that have no such rights (a FAT stick). */
  static void protect(Path path) throws IOException {
    Set<PosixFilePermission> rights =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (Files.isDirectory(path)) {
      rights.add(PosixFilePermission.OWNER_EXECUTE);
    }
    try {
      Files.setPosixFilePermissions(path, rights);
    } catch (UnsupportedOperationException e) {
      // Nothing better exists there; the contents are encrypted.
    }
  }
}
