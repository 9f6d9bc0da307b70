package dev.cairn.server;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Backups, also of a server that is running: the ledger as of one moment, then the keys, which
 * never change, then the attachments, which only grow. The file holds the server's keys; guard it
 * as the server itself.
 */
public final class ServerBackup {

  private static final String LEDGER = "ledger.sqlite";

  private ServerBackup() {}

  /**
   * Writes a backup to a new file, mode 0600.
   *
   * @throws FileAlreadyExistsException if the file is there
   */
  public static void write(Path data, Path out) throws IOException, CairnException {
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(out.toString());
    }
    try (OutputStream file = Channels.newOutputStream(PrivateFiles.openForWriting(out))) {
      write(data, file);
    }
  }

  /** Writes a backup to a stream, which is not closed. */
  public static void write(Path data, OutputStream out) throws IOException, CairnException {
    if (!ServerDirectory.isServer(data)) {
      throw new NoSuchFileException(data.toString(), null, "no server's store");
    }
    // Inside the directory nobody else may enter: the copy is made with whatever mode is usual.
    Path copy = data.resolve("backup.tmp");
    Files.deleteIfExists(copy);
    ZipOutputStream zip = new ZipOutputStream(out);
    try {
      SqliteCopy.write(data.resolve(LEDGER), copy);
      add(zip, LEDGER, copy);
      for (Path path : files(data.resolve("keys"))) {
        add(zip, data.relativize(path).toString(), path);
      }
      for (Path path : files(data.resolve("attachments"))) {
        add(zip, data.relativize(path).toString(), path);
      }
      zip.finish();
      zip.flush();
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().endsWith(".part") && !path.toString().endsWith(".count"))
          .toList();
    }
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  /**
   * Makes a server's directory of a backup. Its logs are as old as the backup, and devices may hold
   * more of them that this server signed: so in the step that makes the directory a server's it is
   * noted that nothing new is to be signed until members have refilled it.
   *
   * @throws FileAlreadyExistsException if the directory is there
   * @throws MalformedException if the file is no backup, or not whole
   */
  public static void restore(Path backup, Path data) throws IOException, CairnException {
    if (Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(data.toString());
    }
    Path fresh = data.resolveSibling(data.getFileName() + ".restoring");
    removeAll(fresh);
    boolean done = false;
    try {
      unpack(backup, fresh);
      mark(fresh.resolve(LEDGER));
      PrivateFiles.syncFolderOf(fresh.resolve(LEDGER));
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.syncFolderOf(data);
      done = true;
    } finally {
      if (!done) {
        removeAll(fresh);
      }
    }
  }

  private static void unpack(Path backup, Path data) throws IOException, CairnException {
    PrivateFiles.directory(data);
    try (InputStream file = Files.newInputStream(backup);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = data.resolve(entry.getName()).normalize();
        // A name that climbs out of the directory would let a file write anywhere.
        if (entry.isDirectory() || !path.startsWith(data.normalize())) {
          throw new MalformedException("the backup holds a path outside itself");
        }
        unpack(zip, path);
      }
    } catch (ZipException | EOFException e) {
      throw new MalformedException("the file is no backup, or not whole");
    }
    if (!ServerDirectory.isServer(data)) {
      throw new MalformedException("the file is no backup of a server");
    }
  }

  private static void unpack(InputStream from, Path path) throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      PrivateFiles.directory(folder);
    }
    try (FileChannel channel = PrivateFiles.openForWriting(path)) {
      OutputStream out = Channels.newOutputStream(channel);
      from.transferTo(out);
      channel.force(true);
    }
  }

  private static void mark(Path ledger) throws StoreException {
    try (SqliteLedgerStore store = SqliteLedgerStore.open(ledger)) {
      Refills.begin(store);
      store.scrub();
    }
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
