package dev.cairn.server.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives failures to write files the names that failures of the database have. Java has no exception
 * of its own for a full disk, and the system's words for it follow the language the machine is set
 * to; where they are not the known ones the file system itself is asked.
 */
public final class DiskFaults {

  /** Below this a file system counts as full. */
  private static final long ROOM_BYTES_MIN = 16 * 1024;

  private DiskFaults() {}

  /**
   * The fault of the store that this is.
   *
   * @param folder one that is there, on the file system written to
   */
  public static StoreException named(IOException fault, Path folder) {
    StoreException told = named(fault);
    return told instanceof StoreException.Failed ? asked(fault, folder) : told;
  }

  /**
   * A full or read-only disk under its name.
   *
   * @throws IOException the fault itself, when it is something else
   */
  public static StoreException orItself(IOException fault) throws IOException {
    StoreException disk = named(fault);
    if (disk instanceof StoreException.Failed) {
      throw fault;
    }
    return disk;
  }

  /** The same, where it is not known what was written to. */
  public static StoreException named(IOException fault) {
    String words = String.valueOf(fault.getMessage());
    if (words.contains("No space left") || words.contains("Disk quota exceeded")) {
      return new StoreException.Full(fault);
    }
    if (fault instanceof AccessDeniedException || words.contains("Read-only file system")) {
      return new StoreException.ReadOnly(fault);
    }
    return new StoreException.Failed(fault);
  }

  private static StoreException asked(IOException fault, Path folder) {
    try {
      FileStore disk = Files.getFileStore(folder);
      if (disk.isReadOnly()) {
        return new StoreException.ReadOnly(fault);
      }
      if (disk.getUsableSpace() < ROOM_BYTES_MIN) {
        return new StoreException.Full(fault);
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    return new StoreException.Failed(fault);
  }
}
