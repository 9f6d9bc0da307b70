package dev.cairn.server.attachment;

import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Pieces of an attachment at their places in one file, over power cuts. Which bytes of it count
 * stands in a small file beside it, written only after those bytes are on the disk.
 *
 * <p>For one thread at a time.
 */
final class PieceLayer {

  private static final int RUN_BYTES = 2 * Long.BYTES;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path content;
  private final Path count;

  /** Where each run of bytes ends, by where it begins; no two touch. */
  private final NavigableMap<Long, Long> runs;

  private PieceLayer(Path content, Path count, NavigableMap<Long, Long> runs) {
    this.content = content;
    this.count = count;
    this.runs = runs;
  }

  /** What is there, nothing if there are no such files. */
  static PieceLayer open(Path content, Path count) throws IOException {
    NavigableMap<Long, Long> runs = new TreeMap<>();
    if (Files.exists(content) && Files.exists(count)) {
      ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(count));
      while (stored.remaining() >= RUN_BYTES) {
        runs.put(stored.getLong(), stored.getLong());
      }
    }
    return new PieceLayer(content, count, runs);
  }

  Path content() {
    return content;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Where the run ends that holds a byte; the byte's own place if none does. */
  long endAt(long offset) {
    Map.Entry<Long, Long> run = runs.floorEntry(offset);
    return run == null ? offset : Math.max(offset, run.getValue());
  }

  /** Where the next run begins after a byte that no run holds, or the end if none does. */
  long beginAfter(long offset, long end) {
    Long next = runs.higherKey(offset);
    return next == null ? end : next;
  }

  /** Whether one of these bytes is another here. */
  boolean contradicts(long offset, byte[] bytes) throws IOException {
    long end = offset + bytes.length;
    long at = offset;
    while (at < end) {
      long runEnd = Math.min(end, endAt(at));
      if (runEnd > at) {
        byte[] here = read(at, (int) (runEnd - at));
        int from = (int) (at - offset);
        if (!Arrays.equals(here, 0, here.length, bytes, from, from + here.length)) {
          return true;
        }
        at = runEnd;
      } else {
        at = beginAfter(at, end);
      }
    }
    return false;
  }

  private byte[] read(long offset, int length) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(content)) {
      ByteBuffer into = ByteBuffer.allocate(length);
      in.position(offset);
      while (into.hasRemaining() && in.read(into) >= 0) {
        // A read may bring less than asked.
      }
      return Arrays.copyOf(into.array(), into.position());
    }
  }

  /** Puts bytes over what is there, durable on return; false if there are too many runs already. */
  boolean put(long offset, byte[] bytes) throws IOException {
    NavigableMap<Long, Long> grown = with(offset, offset + bytes.length);
    if (grown.size() > ServerLimits.PIECE_RUNS_MAX) {
      return false;
    }
    boolean isKnown = grown.equals(runs) && !contradicts(offset, bytes);
    if (isKnown) {
      return true;
    }
    try (FileChannel out = PrivateFiles.openForWriting(content)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest, offset + rest.position());
      }
      out.force(true);
    }
    if (!grown.equals(runs)) {
      ByteBuffer stored = ByteBuffer.allocate(grown.size() * RUN_BYTES);
      grown.forEach((from, to) -> stored.putLong(from).putLong(to));
      PrivateFiles.write(count, stored.array());
      runs.clear();
      runs.putAll(grown);
    }
    return true;
  }

  private NavigableMap<Long, Long> with(long offset, long end) {
    NavigableMap<Long, Long> grown = new TreeMap<>(runs);
    Map.Entry<Long, Long> before = grown.floorEntry(offset);
    long from = before != null && before.getValue() >= offset ? before.getKey() : offset;
    NavigableMap<Long, Long> touched = grown.subMap(from, true, end, true);
    long to = touched.values().stream().mapToLong(Long::longValue).reduce(end, Math::max);
    touched.clear();
    grown.put(from, to);
    return grown;
  }

  /** Takes what stands in a range into a hash. */
  void hash(Sha256 hash, long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      byte[] piece = read(at, (int) Math.min(BUFFER_BYTES, to - at));
      if (piece.length == 0) {
        throw tooShort();
      }
      hash.update(piece, 0, piece.length);
      at += piece.length;
    }
  }

  /** Puts what another layer has in a range over what is here; it does not count here. */
  void paint(PieceLayer other, long from, long to) throws IOException {
    try (FileChannel in = FileChannel.open(other.content);
        FileChannel out = PrivateFiles.openForWriting(content)) {
      for (long at = from; at < to; ) {
        out.position(at);
        long moved = in.transferTo(at, to - at, out);
        if (moved == 0) {
          throw tooShort();
        }
        at += moved;
      }
      out.force(true);
    }
  }

  private static IOException tooShort() {
    return new IOException("a file of pieces is shorter than what counts of it");
  }

  /** Forgets it. */
  void drop() throws IOException {
    Files.deleteIfExists(count);
    Files.deleteIfExists(content);
  }
}
