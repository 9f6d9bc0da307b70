package dev.cairn.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file a command writes for its user: readable by the user alone from its first moment, under its
 * name only when it is complete, and gone if the command did not finish it.
 */
public final class OutputFile implements AutoCloseable {

  private final Path path;
  private final Path unfinished;
  private final OutputStream out;
  private boolean kept;

  private OutputFile(Path path, Path unfinished) throws IOException {
    this.path = path;
    this.unfinished = unfinished;
    this.out =
        Channels.newOutputStream(
            Files.newByteChannel(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))));
  }

  private OutputFile(Path device) throws IOException {
    this.path = device;
    this.unfinished = device;
    this.out = Files.newOutputStream(device, StandardOpenOption.WRITE);
  }

  /**
   * A file that must not be there yet, because what it would replace could not be made again.
   *
   * @throws FileAlreadyExistsException if it is
   */
  public static OutputFile create(Path path) throws IOException {
    return new OutputFile(path, path);
  }

  /** A file that may replace one of that name, when it is complete; or a device such as a pipe. */
  public static OutputFile replace(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      if (Files.isDirectory(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      return new OutputFile(path);
    }
    Path unfinished = path.resolveSibling(path.getFileName() + ".part");
    Files.deleteIfExists(unfinished);
    return new OutputFile(path, unfinished);
  }

  /** To write to. */
  public OutputStream out() {
    return out;
  }

  /** It is complete and stays. */
  public void keep() throws IOException {
    out.close();
    if (!unfinished.equals(path)) {
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    }
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      out.close();
      if (Files.isRegularFile(unfinished)) {
        Files.delete(unfinished);
      }
    }
  }
}
