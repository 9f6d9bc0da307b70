package dev.cairn.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file a command writes for its user: never over one that is there, readable by the user alone
 * from its first moment, and gone again if the command did not finish it.
 */
public final class OutputFile implements AutoCloseable {

  private final Path path;
  private final OutputStream out;
  private boolean kept;

  private OutputFile(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  /**
   * Creates it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static OutputFile create(Path path) throws IOException {
    return new OutputFile(
        path,
        Channels.newOutputStream(
            Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")))));
  }

  /** To write to. */
  public OutputStream out() {
    return out;
  }

  /** It is complete and stays. */
  public void keep() throws IOException {
    out.flush();
    out.close();
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      out.close();
      Files.deleteIfExists(path);
    }
  }
}
