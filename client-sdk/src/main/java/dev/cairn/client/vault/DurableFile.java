package dev.cairn.client.vault;

import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
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

  /** Writes beside, syncs, renames over, syncs the folder. */
  static void replace(Path file, byte[] content) throws StoreException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OwnerOnly.protect(beside);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(file);
    } catch (IOException e) {
      throw failed("writing", file, e);
    }
  }

  /** Overwrites and removes; no error if it is not there. */
  static void destroy(Path file) throws StoreException {
    try {
      if (!Files.exists(file)) {
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[(int) Math.min(channel.size(), SIZE_BYTES_MAX)]), 0);
        channel.force(true);
      }
      Files.delete(file);
      syncFolder(file);
    } catch (IOException e) {
      throw failed("destroying", file, e);
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
    Reason reason = noRoom(cause) ? Reason.FULL : Reason.FAILED;
    if (cause instanceof AccessDeniedException || readOnly(cause)) {
      reason = Reason.READ_ONLY;
    }
    return new StoreException(reason, doing + " " + file.getFileName() + " failed", cause);
  }

  private static boolean readOnly(IOException cause) {
    String message = cause.getMessage();
    return message != null && message.contains("Read-only file system");
  }

  private static boolean noRoom(IOException cause) {
    String message = cause.getMessage();
    return message != null && message.contains("No space left");
  }
}
