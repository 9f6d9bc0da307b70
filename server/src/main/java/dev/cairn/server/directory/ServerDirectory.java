package dev.cairn.server.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A data directory held by this process alone, from {@link #hold} to {@link #close}. The lock is
 * the operating system's, so it falls with the process however that ends.
 *
 * <pre>
 * DIR/                    mode 0700
 *   lock                  held while a process uses the directory
 *   ledger.sqlite         spaces, statements, changes, log (and SQLite's own -wal, -shm)
 *   keys/                 TLS, log, bundle and MAC keys, mode 0600 each
 *   attachments/          encrypted files, complete and growing
 *   answers.bundle        sealed receipts that wait for a courier
 *   server-invitation     how the first space is created; there until its code expires
 * </pre>
 */
public final class ServerDirectory implements AutoCloseable {

  /** The directories that this process holds. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private static final Set<String> FOLDERS = Set.of("keys", "attachments", "lost+found");

  /** How the names of the files begin that a server makes in its folder. */
  private static final Set<String> FILES =
      Set.of("lock", "ledger.sqlite", "answers.bundle", "server-invitation");

  private final Path root;
  private final String name;
  private final FileChannel lockFile;
  private final boolean fresh;
  private boolean abandoned;

  private ServerDirectory(Path root, String name, FileChannel lockFile, boolean fresh) {
    this.root = root;
    this.name = name;
    this.lockFile = lockFile;
    this.fresh = fresh;
  }

  /**
   * Takes the directory, creating it if it is not there.
   *
   * @throws StoreBusyException if another process, or another part of this one, holds it
   */
  public static ServerDirectory hold(Path root) throws IOException, StoreBusyException {
    PrivateFiles.directory(root);
    String name = root.toRealPath().toString();
    // Asked before the lock's file is opened: closing it again would give up the lock that this
    // process has already (POSIX ties locks to the file, not to the opening).
    if (!HELD.add(name)) {
      throw new StoreBusyException();
    }
    boolean done = false;
    try {
      ServerDirectory held = hold(root, name);
      done = true;
      return held;
    } finally {
      if (!done) {
        HELD.remove(name);
      }
    }
  }

  private static ServerDirectory hold(Path root, String name)
      throws IOException, StoreBusyException {
    FileChannel channel = PrivateFiles.openForWriting(root.resolve("lock"));
    if (!lock(channel)) {
      channel.close();
      throw new StoreBusyException();
    }
    ServerDirectory held = new ServerDirectory(root, name, channel, files(root).size() == 1);
    boolean done = false;
    try {
      PrivateFiles.directory(root.resolve("keys"));
      PrivateFiles.directory(root.resolve("attachments"));
      closeToOthers(root);
      done = true;
      return held;
    } finally {
      if (!done) {
        held.abandon();
        held.close();
      }
    }
  }

  /**
   * Says that a first start failed: {@link #close} then removes what it had made. Without effect on
   * a directory that was in use before.
   */
  public void abandon() {
    abandoned = fresh;
  }

  /**
   * A directory may have been made by hand or unpacked with the usual mode. The ledger in it says
   * who sent how much, and when; the keys say more.
   */
  private static void closeToOthers(Path root) throws IOException {
    PrivateFiles.close(root);
    PrivateFiles.close(root.resolve("attachments"));
    PrivateFiles.close(root.resolve("keys"));
    for (Path file : files(root)) {
      if (isOwn(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        PrivateFiles.close(file);
      }
    }
    for (Path file : files(root.resolve("keys"))) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        PrivateFiles.close(file);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private void removeAll() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Whether a directory is a server's, so that a command can tell it from a device's or a desk's.
   */
  public static boolean isServer(Path root) {
    return Files.isRegularFile(root.resolve("ledger.sqlite"));
  }

  /**
   * Whether somebody else lives in a directory: it holds no ledger, and folders that are not a
   * server's. A log or a settings file may lie there; what a file system puts into its own root
   * does not count.
   */
  public static boolean isForeign(Path root) throws IOException {
    if (!Files.isDirectory(root) || isServer(root)) {
      return false;
    }
    for (Path file : files(root)) {
      if (Files.isDirectory(file) && !FOLDERS.contains(nameOf(file))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether there are keys and no ledger, which a first start makes before its keys. Begun anew
   * under the old keys, such a server would sign a log that contradicts all its receipts.
   */
  public boolean hasLostItsLedger() throws IOException {
    return !isServer(root) && !files(root.resolve("keys")).isEmpty();
  }

  private static boolean isOwn(Path file) {
    return FILES.stream().anyMatch(nameOf(file)::startsWith);
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The database. */
  public Path ledger() {
    return root.resolve("ledger.sqlite");
  }

  /** Where a key of this name lies. */
  public Path key(String name) {
    return root.resolve("keys").resolve(name);
  }

  /** Where encrypted files lie. */
  public Path attachments() {
    return root.resolve("attachments");
  }

  /** Answers to bundles, which wait to be carried back. */
  public Path answers() {
    return root.resolve("answers.bundle");
  }

  /** The invitation an owner creates a space with. */
  public Path serverInvitation() {
    return root.resolve("server-invitation");
  }

  @Override
  public void close() throws IOException {
    if (!lockFile.isOpen()) {
      return;
    }
    try {
      if (abandoned) {
        removeAll();
      }
    } finally {
      lockFile.close();
      HELD.remove(name);
    }
  }
}
