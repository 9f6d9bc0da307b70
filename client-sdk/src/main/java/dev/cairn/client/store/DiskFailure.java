package dev.cairn.client.store;

import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/**
 * Tells why a file could not be written, so that the user hears "no room" instead of "failed". Java
 * has no exception of its own for a full disk, and the system's words for it follow the language
 * the machine is set to; where they are not the known ones the file system itself is asked.
 */
public final class DiskFailure {

  /** Below this a file system counts as full: no file worth the name fits in. */
  private static final long ROOM_BYTES_MIN = 16 * 1024;

  private DiskFailure() {}

  /** The failure of the local store that this is. */
  public static StoreException named(String doing, IOException cause, Path near) {
    Reason reason = reason(cause, near);
    return new StoreException(reason, doing + ": " + sentence(reason), cause);
  }

  /**
   * {@link Reason#FULL}, {@link Reason#READ_ONLY}, or {@link Reason#FAILED}.
   *
   * @param near the file or folder that was written to, whether it is there or not
   */
  public static Reason reason(IOException cause, Path near) {
    String words = String.valueOf(cause.getMessage());
    if (words.contains("No space left") || words.contains("Disk quota exceeded")) {
      return Reason.FULL;
    }
    if (cause instanceof AccessDeniedException || words.contains("Read-only file system")) {
      return Reason.READ_ONLY;
    }
    return asked(near);
  }

  private static Reason asked(Path near) {
    Path there = near.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return Reason.FAILED;
    }
    try {
      FileStore disk = Files.getFileStore(there);
      if (disk.isReadOnly()) {
        return Reason.READ_ONLY;
      }
      return disk.getUsableSpace() < ROOM_BYTES_MIN ? Reason.FULL : Reason.FAILED;
    } catch (IOException | SecurityException | ReadOnlyFileSystemException e) {
      return Reason.FAILED;
    }
  }

  private static String sentence(Reason reason) {
    switch (reason) {
      case FULL:
        return "the disk is full; nothing was written";
      case READ_ONLY:
        return "its files cannot be written";
      default:
        return "the disk or the system failed";
    }
  }
}
