package dev.cairn.server.attachment;

import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
    if (Files.exists(count)) {
      ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(count));
      while (stored.remaining() >= RUN_BYTES) {
        runs.put(stored.getLong(), stored.getLong());
      }
      long sizeBytes = Files.exists(content) ? Files.size(content) : 0;
      if (!runs.isEmpty() && runs.lastEntry().getValue() > sizeBytes) {
        // Of an earlier file, or of one that was cut: by it nothing that comes now may count.
        runs.clear();
        Files.delete(count);
        PrivateFiles.syncFolderOf(count);
      }
    }
    return new PieceLayer(content, count, runs);
  }

  /** Whether all bytes of a file of this size are there. */
  boolean isWhole(long sizeBytes) {
    return runs.equals(Map.of(0L, sizeBytes));
  }

  /** Puts bytes over what is there, durable on return; false if there are too many runs already. */
  boolean put(long offset, byte[] bytes) throws IOException {
    NavigableMap<Long, Long> grown = with(offset, offset + bytes.length);
    if (grown.size() > ServerLimits.PIECE_RUNS_MAX) {
      return false;
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
}
