package dev.cairn.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where worlds are played: in memory, where the machine has a place for that, else among its
 * temporary files. Nothing is left, also when the process is told to end. For several threads.
 */
public final class Folders implements AutoCloseable {

  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "cairn-sim-";
  private static final int TRIES_MAX = 200;
  private static final long PAUSE_NANOS = 10_000_000;

  private final Path root;
  private final Thread atEnd;

  private Folders(Path root) {
    this.root = root;
    this.atEnd = new Thread(this::deleteForGood, "cairn-sim-cleaning");
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /** Makes a place for folders. */
  public static Folders open() {
    try {
      return new Folders(
          Files.isWritable(IN_MEMORY)
              ? Files.createTempDirectory(IN_MEMORY, PREFIX)
              : Files.createTempDirectory(PREFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new, empty folder. */
  public Path make() {
    try {
      return Files.createTempDirectory(root, "world-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder with all that is in it. */
  public void remove(Path folder) {
    delete(folder);
  }

  @Override
  public void close() {
    delete(root);
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      return; // The process ends, and the hook runs already.
    }
  }

  /** Worlds may still be played while the process ends, and write what was just removed. */
  private void deleteForGood() {
    for (int tries = 0; tries < TRIES_MAX && Files.exists(root); tries++) {
      try {
        delete(root);
      } catch (UncheckedIOException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(left);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return; // It is gone already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
