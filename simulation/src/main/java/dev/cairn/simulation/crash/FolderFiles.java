package dev.cairn.simulation.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of a folder, by names. */
final class FolderFiles {

  /** Which every opening makes anew; nobody expects it to survive. */
  static final String SHARED_INDEX = "-shm";

  private FolderFiles() {}

  static Map<String, byte[]> read(Path folder, Predicate<String> names) {
    Map<String, byte[]> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && names.test(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts these in the place of all that have such names. */
  static void replace(Path folder, Predicate<String> names, Map<String, byte[]> files) {
    try {
      for (String name : read(folder, each -> true).keySet()) {
        if (names.test(name) || name.endsWith(SHARED_INDEX)) {
          Files.delete(folder.resolve(name));
        }
      }
      write(folder, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (FileChannel channel =
          FileChannel.open(
              folder.resolve(file.getKey()),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        // In one piece: it is told of with as many bytes as any write, and no more.
        ByteBuffer bytes = ByteBuffer.wrap(file.getValue());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }
  }
}
