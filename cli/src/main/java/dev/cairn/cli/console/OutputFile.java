package dev.cairn.cli.console;

import dev.cairn.client.vault.StoreFolder;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file a command writes for its user: readable by the user alone from its first moment, under its
 * name only when it is complete, and gone if the command did not finish it. What a command leaves
 * that is killed lies beside it, under its name with {@code .part-} and more.
 */
public final class OutputFile implements AutoCloseable {

  /** Folders in the folder of a store or server. */
  private static final Set<String> PARTS = Set.of("attachments", "keys");

  private final Path path;
  private final Path unfinished;
  private final FileChannel channel;
  private final OutputStream out;
  private boolean kept;

  private OutputFile(Path path, Path unfinished) throws IOException {
    this.path = path;
    this.unfinished = unfinished;
    this.channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
    this.out = new Written();
  }

  private OutputFile(Path device) throws IOException {
    this.path = device;
    this.unfinished = device;
    this.channel = FileChannel.open(device, StandardOpenOption.WRITE);
    this.out = new Written();
  }

  /**
   * A file that must not be there yet, because what it would replace could not be made again.
   *
   * @throws FileAlreadyExistsException if it is
   * @throws UsageException {@code output.in-store}
   */
  public static OutputFile create(Path path) throws IOException {
    refuseInStore(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return new OutputFile(path, partOf(path));
  }

  /**
   * A file that may replace one of that name, when it is complete; or a device such as a pipe.
   *
   * @throws UsageException {@code output.in-store}
   */
  public static OutputFile replace(Path path) throws IOException {
    refuseInStore(path);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      if (Files.isDirectory(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      return new OutputFile(path);
    }
    return new OutputFile(path, partOf(path));
  }

  /** A name in a store's folder may be one of the store's own: its rows, its keys. */
  static void refuseInStore(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    Path real = folder.toRealPath();
    Path above = real.getParent();
    boolean inPart =
        above != null && PARTS.contains(String.valueOf(real.getFileName())) && isStore(above);
    if (inPart || isStore(real)) {
      throw new UsageException(
          "output.in-store",
          "this would lie in the folder of a store or server, which is all its own",
          path.toString());
    }
  }

  private static boolean isStore(Path folder) {
    return ServerDirectory.isServer(folder) || StoreFolder.holdsPart(folder);
  }

  /** A file beside it under a name that nothing had: what is there already is not ours. */
  private static Path partOf(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Path name = path.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(path.toString());
    }
    return Files.createTempFile(
        folder,
        name + ".part-",
        "",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** To write to. */
  public OutputStream out() {
    return out;
  }

  /**
   * Takes room on the disk for what will be written, so that it cannot be missing afterwards.
   *
   * @throws IOException if there is none
   */
  public void reserve(int bytes) throws IOException {
    if (Files.isRegularFile(unfinished)) {
      out.write(new byte[bytes]);
      channel.force(true);
      channel.position(0);
    }
  }

  /** It is complete and stays, also if the power fails now. */
  public void keep() throws IOException {
    try {
      if (Files.isRegularFile(unfinished)) {
        channel.truncate(channel.position());
        channel.force(true);
      }
      channel.close();
      if (!unfinished.equals(path)) {
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
      }
    } catch (IOException e) {
      throw named(e);
    }
    kept = true;
  }

  private void syncFolder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  /** It was kept too early: nothing of it stays. */
  public void discard() throws IOException {
    Files.deleteIfExists(path);
  }

  /** A failure to write, with the name of the file in it, which the system leaves out. */
  private IOException named(IOException failure) {
    return failure instanceof FileSystemException
        ? failure
        : (IOException)
            new FileSystemException(path.toString(), null, failure.getMessage()).initCause(failure);
  }

  /** What is written goes to the file at once; closing it does not finish the file. */
  private final class Written extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      } catch (IOException e) {
        throw named(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    try {
      channel.close();
    } finally {
      if (Files.isRegularFile(unfinished)) {
        Files.delete(unfinished);
      }
    }
  }
}
