package dev.cairn.simulation.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this process asked of the operating system, as {@code strace} writes it down while it runs:
 * a call's line is complete before the call returns, so that whoever reads to the end knows all
 * that he has done. Sorted by folders; everything outside of them is left out.
 */
public final class Recording implements AutoCloseable {

  /** Calls that change files; of what is mapped only SQLite's shared index is written. */
  public static final String CALLS =
      "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,ftruncate,"
          + "truncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,link,"
          + "linkat,symlink,symlinkat,lseek";

  /** More than anybody writes at once into a folder that is watched. */
  public static final int WRITE_BYTES_MAX = 40_000;

  private static final String UNFINISHED = " <unfinished ...>";
  private static final String RESUMED = " resumed>";
  private static final int READ_BYTES = 1 << 20;

  private final FileChannel log;
  private final String rootInHex;
  private final Map<Path, Volume> volumes = new HashMap<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private final Map<String, String> unfinished = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private byte[] rest = new byte[0];

  /**
   * Reads on from here.
   *
   * @param file that is written to
   * @param root of all folders that matter
   */
  Recording(Path file, Path root) {
    this.rootInHex =
        "\\x"
            + HexFormat.ofDelimiter("\\x")
                .formatHex(root.toString().getBytes(StandardCharsets.UTF_8));
    try {
      this.log = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      log.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sorts what becomes of this folder's files into a volume. */
  void watch(Path folder, Volume volume) {
    volumes.put(folder, volume);
  }

  /** Reads what was done until now. */
  void catchUp() {
    try {
      log.position(0);
      while (log.read(buffer.clear()) > 0) {
        lines(Arrays.copyOf(buffer.array(), buffer.position()));
      }
      // What other threads write between these two is lost, and is nothing to any folder here.
      log.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lines(byte[] read) {
    byte[] all = Arrays.copyOf(rest, rest.length + read.length);
    System.arraycopy(read, 0, all, rest.length, read.length);
    int begin = 0;
    for (int i = rest.length; i < all.length; i++) {
      if (all[i] == '\n') {
        line(new String(all, begin, i - begin, StandardCharsets.ISO_8859_1));
        begin = i + 1;
      }
    }
    rest = Arrays.copyOfRange(all, begin, all.length);
  }

  private void line(String line) {
    int space = line.indexOf(' ');
    if (space <= 0) {
      return;
    }
    String thread = line.substring(0, space);
    String told = line.substring(space).stripLeading();
    if (told.endsWith(UNFINISHED)) {
      unfinished.put(thread, told.substring(0, told.length() - UNFINISHED.length()));
      return;
    }
    if (told.startsWith("<... ")) {
      String begin = unfinished.remove(thread);
      int end = told.indexOf(RESUMED);
      if (begin == null || end < 0) {
        return;
      }
      told = begin + told.substring(end + RESUMED.length());
    }
    if (told.contains(rootInHex)) {
      SystemCall call = SystemCall.parse(told);
      if (call != null && call.result() >= 0) {
        try {
          done(call);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          throw new RecordingError("a call is told otherwise than thought: " + call.name(), e);
        }
      }
    }
  }

  private void done(SystemCall call) {
    switch (call.name()) {
      case "openat" -> opened(call);
      case "lseek" -> positions.put(call.descriptor(0), call.result());
      case "write" -> wrote(call);
      case "pwrite64" -> wrote(call, call.number(3));
      case "ftruncate" -> file(call.pathOf(0), name -> new Effect.Resized(name, call.number(1)));
      case "fallocate" -> allocated(call);
      case "fsync", "fdatasync" -> synced(call.pathOf(0));
      case "rename" -> renamed(call.textOf(0), call.textOf(1));
      case "renameat", "renameat2" -> renamed(call.textOf(1), call.textOf(3));
      case "unlink" -> file(call.textOf(0), Effect.Removed::new);
      case "unlinkat" -> file(call.textOf(1), Effect.Removed::new);
      default -> unknown(call);
    }
  }

  private void opened(SystemCall call) {
    String flags = call.arguments().get(2);
    String path = call.opened();
    if (path == null) {
      return;
    }
    int descriptor = Math.toIntExact(call.result());
    positions.put(descriptor, 0L);
    Volume volume = volumeOf(path);
    if (volume == null) {
      return;
    }
    String name = nameOf(path);
    if (flags.contains("O_CREAT") && !volume.isThere(name)) {
      volume.record(new Effect.Made(name));
    } else if (flags.contains("O_TRUNC")) {
      volume.record(new Effect.Resized(name, 0));
    }
    if (flags.contains("O_APPEND")) {
      positions.put(descriptor, volume.length(name));
    }
  }

  private void wrote(SystemCall call) {
    int descriptor = call.descriptor(0);
    long at = positions.getOrDefault(descriptor, 0L);
    positions.put(descriptor, at + call.result());
    wrote(call, at);
  }

  private void wrote(SystemCall call, long at) {
    file(
        call.pathOf(0),
        name ->
            call.isWhole(1)
                ? new Effect.Wrote(
                    name,
                    at,
                    new FileBytes(Arrays.copyOf(call.bytes(1), Math.toIntExact(call.result()))))
                : new Effect.Unknown(name, call.name()));
  }

  /** Room that was asked for makes a file longer, unless it was asked not to. */
  private void allocated(SystemCall call) {
    Volume volume = volumeOf(call.pathOf(0));
    if (volume == null) {
      return;
    }
    String name = nameOf(call.pathOf(0));
    long end = call.number(2) + call.number(3);
    if (!call.arguments().get(1).equals("0")) {
      volume.record(new Effect.Unknown(name, call.name()));
    } else if (end > volume.length(name)) {
      volume.record(new Effect.Resized(name, end));
    }
  }

  private void synced(String path) {
    Volume folder = volumes.get(Path.of(path));
    if (folder != null) {
      folder.record(new Effect.NamesSynced());
    } else {
      file(path, Effect.Synced::new);
    }
  }

  private void renamed(String from, String to) {
    Volume volume = volumeOf(from);
    if (volume != volumeOf(to)) {
      throw new RecordingError("a file went from one folder to another: " + to);
    }
    if (volume != null) {
      volume.record(new Effect.Renamed(nameOf(from), nameOf(to)));
    }
  }

  /** Nothing that we do not understand may go by unseen. */
  private void unknown(SystemCall call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      String told = call.arguments().get(i);
      String path = told.startsWith("\"") ? call.textOf(i) : call.pathOf(i);
      file(path, name -> new Effect.Unknown(name, call.name()));
    }
  }

  /** What is done to a file by its name. */
  private interface Doing {
    Effect to(String name);
  }

  private void file(String path, Doing doing) {
    Volume volume = volumeOf(path);
    if (volume != null) {
      volume.record(doing.to(nameOf(path)));
    }
  }

  private @Nullable Volume volumeOf(String path) {
    Path parent = path.startsWith("/") ? Path.of(path).getParent() : null;
    Volume volume = parent == null ? null : volumes.get(parent);
    return volume != null && volume.has(nameOf(path)) ? volume : null;
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
