package dev.cairn.cli.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder a command fills for its user: the user's alone from its first moment, under its name
 * only when all of it is there, and gone if the command did not finish it. What a command leaves
 * that is killed lies beside it, under its name with {@code .part-} and more.
 */
public final class OutputFolder implements AutoCloseable {

  private final Path path;
  private final Path unfinished;

  private OutputFolder(Path path, Path unfinished) {
    this.path = path;
    this.unfinished = unfinished;
  }

  /**
   * A folder that is not there yet, or is there and empty.
   *
   * @throws FileAlreadyExistsException if something else is there
   * @throws UsageException {@code output.in-store}
   */
  public static OutputFolder create(Path given) throws IOException {
    Path path = given.toAbsolutePath().normalize();
    OutputFile.refuseInStore(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isEmpty(path)) {
      throw new FileAlreadyExistsException(given.toString());
    }
    return new OutputFolder(path, unfinished(path));
  }

  /** A folder beside it under a name that nothing had: what is there already is not ours. */
  private static Path unfinished(Path path) throws IOException {
    Path above = path.getParent();
    Path name = path.getFileName();
    if (above == null || name == null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return Files.createTempDirectory(above, name + ".part-", only("rwx------"));
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  /** Writes a file in it, readable by the user alone. */
  public void write(String name, byte[] content) throws IOException {
    Path file = unfinished.resolve(name);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            only("rw-------"))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** All of it is there and stays, also if the power fails now. */
  public void keep() throws IOException {
    sync(unfinished);
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    Path above = path.getParent();
    if (above != null) {
      sync(above);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** Removes what this command made and did not keep: files, and nothing below them. */
  @Override
  public void close() throws IOException {
    if (Files.isDirectory(unfinished, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.list(unfinished)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
      Files.delete(unfinished);
    }
  }
}
