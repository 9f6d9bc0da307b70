package dev.cairn.client.vault;

import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one store, held by one process at a time.
 *
 * <pre>
 * lock          held for as long as the store is open
 * slot          the master key under the passphrase; without it there is no store
 * ring          keys that sealing destroys
 * rows.db       everything else, encrypted row by row
 * attachments/  encrypted files that wait to travel
 * </pre>
 */
public final class StoreFolder implements AutoCloseable {

  /** The folders that this process holds. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final String name;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreFolder(Path folder, String name, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.name = name;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes and holds the folder of a new store. The folder may exist when it is empty, or holds the
   * remains of a store that was not finished or not quite wiped: these are removed, and what else
   * came to lie beside them stays.
   *
   * @throws StoreException if there is a store, or only what is none, or it cannot be written
   */
  public static StoreFolder create(Path folder) throws StoreException {
    boolean there = Files.exists(folder);
    StoreParts found = StoreParts.of(folder);
    if (there && !found.isEmpty() && !found.isRemains()) {
      throw new StoreException(
          Reason.EXISTS,
          found.isOfStore()
              ? "there is a store already, or part of one: wipe it first, or take another folder"
              : "the folder is not empty");
    }
    try {
      OwnerOnly.createFolder(folder);
    } catch (IOException e) {
      throw DiskFailure.named("making the folder", e, folder);
    }
    StoreFolder made = null;
    boolean done = false;
    try {
      made = hold(folder);
      if (holdsStore(folder)) {
        throw new StoreException(Reason.EXISTS, "another process made a store here just now");
      }
      made.clear("");
      done = true;
      return made;
    } finally {
      if (!done && made != null) {
        made.close();
      }
      if (!done && !there) {
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
      throw missing(folder);
    }
    StoreFolder held = hold(folder);
    held.removeUnfinished();
    return held;
  }

  /** Says that there is no store, or that nobody can tell. */
  public static StoreException missing(Path folder) {
    return Files.isDirectory(folder) && !Files.isExecutable(folder)
        ? new StoreException(Reason.READ_ONLY, "this user may not look into " + folder)
        : new StoreException(Reason.MISSING, "there is no store of a device or desk in " + folder);
  }

  /**
   * Asks whether the rows are there, before whoever opens them makes new ones.
   *
   * @throws StoreException if they are gone
   */
  public void requireRows() throws StoreException {
    if (!Files.exists(rows())) {
      throw new StoreException(Reason.CORRUPT, "the store has lost its file " + StoreParts.ROWS);
    }
  }

  /** A crash may have left a second copy of the keys that sealing is to destroy. */
  private void removeUnfinished() {
    try {
      Files.deleteIfExists(folder.resolve(DurableFile.beside(StoreParts.RING)));
    } catch (IOException e) {
      // It opens nothing without the passphrase, and the next change of the ring replaces it.
    }
  }

  /**
   * Holds a folder to destroy the store in it: also one that was half made or half destroyed, one
   * that no passphrase opens, and the empty folder that is left of a wipe cut off at its last step.
   *
   * @throws StoreException if nothing of a store is there, or another process has it
   */
  public static StoreFolder forWipe(Path folder) throws StoreException {
    StoreParts found = StoreParts.of(folder);
    if (!found.isOfStore() && !(found.isEmpty() && Files.isDirectory(folder))) {
      throw new StoreException(Reason.MISSING, "there is no store here");
    }
    return hold(folder);
  }

  /** Whether a folder holds a store of a device or desk, or part of one. */
  public static boolean holdsPart(Path folder) {
    return StoreParts.areIn(folder);
  }

  /** Whether a folder holds a store of a device or desk. */
  public static boolean holdsStore(Path folder) {
    return Files.exists(folder.resolve(StoreParts.SLOT));
  }

  private static StoreFolder hold(Path folder) throws StoreException {
    String name;
    try {
      name = folder.toRealPath().toString();
    } catch (IOException e) {
      throw DiskFailure.named("locking the store", e, folder);
    }
    // Asked before the lock's file is opened: closing it again would give up the lock that this
    // process has already (POSIX ties locks to the file, not to the opening).
    if (!HELD.add(name)) {
      throw new StoreException(Reason.BUSY, "this process has this store open already");
    }
    boolean done = false;
    try {
      StoreFolder held = lock(folder, name);
      done = true;
      return held;
    } finally {
      if (!done) {
        HELD.remove(name);
      }
    }
  }

  private static StoreFolder lock(Path folder, String name) throws StoreException {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(StoreParts.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StoreFolder(folder, name, channel, lock);
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
    return folder.resolve(StoreParts.SLOT);
  }

  /** Where the slot of a store lies that is not finished: without a slot it is none. */
  public Path slotInMaking() {
    return folder.resolve(StoreParts.SLOT_IN_MAKING);
  }

  /** Says that all of a new store is durable; from here on it is one. */
  public void complete() throws StoreException {
    DurableFile.rename(slotInMaking(), slot());
  }

  /** The file of the key ring. */
  public Path ring() {
    return folder.resolve(StoreParts.RING);
  }

  /** The file of the rows. */
  public Path rows() {
    return folder.resolve(StoreParts.ROWS);
  }

  /** The folder of waiting attachments, which may not be there. */
  public Path attachmentsIfMade() {
    return folder.resolve(StoreParts.ATTACHMENTS);
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
   * that was cut off is finished by the next one. What else lies in the folder stays, and the
   * folder with it.
   */
  public void wipe() throws StoreException {
    if (holdsStore(folder)) {
      // From here on it is no store: one with half a slot could be neither opened nor wiped.
      DurableFile.rename(slot(), slotInMaking());
    }
    DurableFile.destroy(slotInMaking());
    DurableFile.destroy(ring());
    clear(StoreParts.ROWS);
    try {
      // The lock goes while it is held, and before the last name that tells what this folder was:
      // whoever comes now finds a store to wipe, or an empty folder, and never half a new store.
      Files.deleteIfExists(folder.resolve(StoreParts.LOCK));
      Files.deleteIfExists(rows());
      close();
      if (StoreParts.of(folder).isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw DiskFailure.named("removing the emptied folder", e, folder);
    }
  }

  /** Removes every part of the store but the lock, which is held, and one that goes last. */
  private void clear(String last) throws StoreException {
    for (Path part : StoreParts.of(folder).in(folder, last)) {
      try (Stream<Path> all = Files.walk(part)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toArray(Path[]::new)) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        throw new StoreException(
            Reason.FAILED, "the keys are destroyed, but some files could not be removed", e);
      }
    }
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      // The channel's close below frees it as well.
    }
    closeQuietly(channel);
    HELD.remove(name);
  }
}
