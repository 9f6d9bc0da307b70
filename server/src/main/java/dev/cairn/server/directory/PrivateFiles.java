package dev.cairn.server.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that only the server's own user may read. The mode is given at creation, not after it, so
 * that there is no moment in which somebody else could open the file.
 */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Creates a directory and its parents with mode 0700; one that is there is left as it is. */
  public static void directory(Path path) throws IOException {
    Files.createDirectories(path, DIRECTORY_MODE);
  }

  /** Takes from everybody else what they may do with a directory, or with a file. */
  public static void close(Path path) throws IOException {
    Set<PosixFilePermission> mode =
        Files.isDirectory(path) ? DIRECTORY_MODE.value() : FILE_MODE.value();
    // Only where it differs: the mode can be right and the owner somebody else.
    if (!Files.getPosixFilePermissions(path).equals(mode)) {
      Files.setPosixFilePermissions(path, mode);
    }
  }

  /**
   * Writes a whole file with mode 0600, or changes nothing: a reader, or a crash at any moment,
   * sees the old content or the new one.
   */
  public static void write(Path path, byte[] content) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    boolean done = false;
    try {
      fill(fresh, content);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(fresh);
      }
    }
    syncFolderOf(path);
  }

  private static void fill(Path fresh, byte[] content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  /** Opens a file for writing at any place, creating it with mode 0600. */
  public static FileChannel openForWriting(Path path) throws IOException {
    return FileChannel.open(
        path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE_MODE);
  }

  /** Makes the creation or renaming of a file durable. */
  public static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("a file without a folder");
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
