package dev.cairn.client.vault;

import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one store, held by one process at a time.
 *
 * <pre>
 * lock          held for as long as the store is open
 * slot          the master key under the passphrase
 * ring          keys that sealing destroys
 * rows.db       everything else, encrypted row by row
 * attachments/  encrypted files that wait to travel
 * </pre>
 */
public final class StoreFolder implements AutoCloseable {

  private static final String SLOT = "slot";
  private static final Set<String> PARTS =
      new HashSet<>(
          Arrays.asList(
              "lock",
              SLOT,
              SLOT + ".new",
              "ring",
              "ring.new",
              "rows.db",
              "rows.db-wal",
              "rows.db-shm",
              "rows.db-journal",
              "attachments"));

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes and holds the folder of a new store. The folder may exist when it is empty.
   *
   * @throws StoreException if there is a store or anything else, or it cannot be written
   */
  public static StoreFolder create(Path folder) throws StoreException {
    if (Files.exists(folder) && !isEmpty(folder)) {
      throw new StoreException(
          Reason.EXISTS,
          isOfStoreAlone(folder)
              ? "there is a store already, or part of one: wipe it first, or take another folder"
              : "the folder is not empty");
    }
    boolean there = Files.exists(folder);
    try {
      OwnerOnly.createFolder(folder);
    } catch (IOException e) {
      throw DiskFailure.named("making the folder", e, folder);
    }
    boolean held = false;
    try {
      StoreFolder made = hold(folder);
      held = true;
      return made;
    } finally {
      if (!held && !there) {
        removeEmpty(folder);
      }
    }
  }

  private static void removeEmpty(Path folder) {
    try {
      Files.delete(folder);
    } catch (IOException e) {
      // It stays, empty, and a store can be made in it.
    }
  }

  /**
   * Holds the folder of a store.
   *
   * @throws StoreException if there is none, or another process has it
   */
  public static StoreFolder open(Path folder) throws StoreException {
    if (!holdsStore(folder)) {
      throw new StoreException(Reason.MISSING, "there is no store here");
    }
    return hold(folder);
  }

  /**
   * Holds a folder to destroy what is in it: also a store that was half made or half destroyed, and
   * one that no passphrase opens.
   *
   * @throws StoreException if nothing of a store is there, or something else is, or another process
   *     has it
   */
  public static StoreFolder forWipe(Path folder) throws StoreException {
    if (!isOfStoreAlone(folder)) {
      throw new StoreException(Reason.MISSING, "there is no store here");
    }
    return hold(folder);
  }

  private static boolean isOfStoreAlone(Path folder) throws StoreException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names =
          entries.map(entry -> String.valueOf(entry.getFileName())).collect(Collectors.toList());
      return !names.isEmpty() && PARTS.containsAll(names);
    } catch (IOException e) {
      throw new StoreException(Reason.READ_ONLY, "the folder cannot be read", e);
    }
  }

  /** Whether a folder holds a store of a device or desk. */
  public static boolean holdsStore(Path folder) {
    return Files.exists(folder.resolve(SLOT));
  }

  private static boolean isEmpty(Path folder) throws StoreException {
    try (Stream<Path> entries = Files.list(folder)) {
      return !entries.findAny().isPresent();
    } catch (IOException e) {
      throw DiskFailure.named("reading the folder", e, folder);
    }
  }

  private static StoreFolder hold(Path folder) throws StoreException {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StoreFolder(folder, channel, lock);
      }
      closeQuietly(channel);
      throw new StoreException(Reason.BUSY, "another process has this store open");
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw new StoreException(Reason.BUSY, "this process has this store open already", e);
    } catch (IOException e) {
      closeQuietly(channel);
      throw DiskFailure.named("locking the store", e, folder);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written through it.
      }
    }
  }

  /** The file of the passphrase slot. */
  public Path slot() {
    return folder.resolve(SLOT);
  }

  /** The file of the key ring. */
  public Path ring() {
    return folder.resolve("ring");
  }

  /** The file of the rows. */
  public Path rows() {
    return folder.resolve("rows.db");
  }

  /** The folder of waiting attachments, which may not be there. */
  public Path attachmentsIfMade() {
    return folder.resolve("attachments");
  }

  /** The folder of waiting attachments, made when first asked for. */
  public Path attachments() throws StoreException {
    try {
      Path attachments = attachmentsIfMade();
      OwnerOnly.createFolder(attachments);
      return attachments;
    } catch (IOException e) {
      throw DiskFailure.named("making the attachment folder", e, folder);
    }
  }

  /**
   * Destroys the store: first what opens it, then the rest. Every step may be repeated, so a wipe
   * that was cut off is finished by the next one.
   */
  public void wipe() throws StoreException {
    DurableFile.destroy(slot());
    DurableFile.destroy(ring());
    try (Stream<Path> all = Files.walk(folder)) {
      Path[] deepestFirst =
          all.sorted(Comparator.reverseOrder())
              .filter(path -> !path.equals(folder) && !path.endsWith("lock"))
              .toArray(Path[]::new);
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      close();
      Files.deleteIfExists(folder.resolve("lock"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new StoreException(
          Reason.FAILED, "the keys are destroyed, but some files could not be removed", e);
    }
  }

  @Override
  public void close() {
    try {
      if (lock.isValid()) {
        lock.release();
      }
    } catch (IOException e) {
      // The channel's close below frees it as well.
    }
    closeQuietly(channel);
  }
}
