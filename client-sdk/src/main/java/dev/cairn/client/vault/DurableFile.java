package dev.cairn.client.vault;

import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that are either the old one or the new one after a crash, never half of each. */
final class DurableFile {

  private static final int SIZE_BYTES_MAX = 64 << 20;

  private DurableFile() {}

  static byte[] read(Path file) throws StoreException {
    try {
      if (Files.size(file) > SIZE_BYTES_MAX) {
        throw new StoreException(Reason.CORRUPT, file.getFileName() + " is too large");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new StoreException(Reason.MISSING, file.getFileName() + " is missing", e);
    } catch (IOException e) {
      throw failed("reading", file, e);
    }
  }

  /** Writes beside, syncs, renames over, syncs the folder; when that fails, nothing is left. */
  static void replace(Path file, byte[] content) throws StoreException {
    Path beside = file.resolveSibling(beside(file.getFileName().toString()));
    try {
      write(beside, content);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(file);
    } catch (IOException e) {
      StoreException failure = failed("writing", file, e);
      try {
        Files.deleteIfExists(beside);
      } catch (IOException left) {
        failure.addSuppressed(left); // The next replacement writes over it.
      }
      throw failure;
    }
  }

  /** The name under which a file's next content is written. */
  static String beside(String name) {
    return name + ".new";
  }

  /** Gives a file its name, durable on return. */
  static void rename(Path from, Path to) throws StoreException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(to);
    } catch (IOException e) {
      throw failed("naming", to, e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OwnerOnly.protect(file);
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Overwrites and removes; no error if it is not there. */
  static void destroy(Path file) throws StoreException {
    try {
      if (!Files.exists(file)) {
        return;
      }
      overwrite(file);
      Files.delete(file);
      syncFolder(file);
    } catch (IOException e) {
      throw failed("destroying", file, e);
    }
  }

  /** As far as that is possible: a full disk that copies on write must not stop a wipe. */
  private static void overwrite(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[(int) Math.min(channel.size(), SIZE_BYTES_MAX)]), 0);
      channel.force(true);
    } catch (IOException e) {
      if (DiskFailure.reason(e, file) != Reason.FULL) {
        throw e;
      }
    }
  }

  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static StoreException failed(String doing, Path file, IOException cause) {
    return DiskFailure.named(doing + " " + file.getFileName(), cause, file);
  }
}
