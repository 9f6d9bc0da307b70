package dev.cairn.server;

import dev.cairn.protocol.CairnException;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.sqlite.SqliteCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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
    if (!ServerDirectory.isServer(data)) {
      throw new NoSuchFileException(data.toString(), null, "no server's store");
    }
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(out.toString());
    }
    // Inside the directory nobody else may enter: the copy is made with whatever mode is usual.
    Path copy = data.resolve("backup.tmp");
    Files.deleteIfExists(copy);
    try (OutputStream file = Channels.newOutputStream(PrivateFiles.openForWriting(out));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      SqliteCopy.write(data.resolve(LEDGER), copy);
      add(zip, LEDGER, copy);
      for (Path path : files(data.resolve("keys"))) {
        add(zip, data.relativize(path).toString(), path);
      }
      for (Path path : files(data.resolve("attachments"))) {
        add(zip, data.relativize(path).toString(), path);
      }
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
   * Unpacks a backup into a directory that is not there yet.
   *
   * @throws FileAlreadyExistsException if the directory is there
   */
  public static void restore(Path backup, Path data) throws IOException {
    if (Files.exists(data)) {
      throw new FileAlreadyExistsException(data.toString());
    }
    PrivateFiles.directory(data);
    try (InputStream file = Files.newInputStream(backup);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = data.resolve(entry.getName()).normalize();
        // A name that climbs out of the directory would let a file write anywhere.
        if (!path.startsWith(data.normalize())) {
          throw new IOException("the backup holds a path outside itself");
        }
        Path folder = path.getParent();
        if (folder != null) {
          PrivateFiles.directory(folder);
        }
        try (OutputStream out = Channels.newOutputStream(PrivateFiles.openForWriting(path))) {
          zip.transferTo(out);
        }
      }
    }
    if (!ServerDirectory.isServer(data)) {
      throw new IOException("the file is no backup of a server");
    }
  }
}
