package dev.cairn.server.attachment;

import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that grows from several requests, over power cuts. How much of it counts stands in a small
 * file beside it, written only after those bytes are on the disk: the length of the file itself may
 * be ahead of its bytes, and one hole would spoil the hash of gigabytes.
 *
 * <p>For one thread at a time.
 */
public final class GrowingFile implements AutoCloseable {

  private final FileChannel content;
  private final FileChannel count;
  private long offset;
  private long counted;

  private GrowingFile(FileChannel content, FileChannel count, long offset) {
    this.content = content;
    this.count = count;
    this.offset = offset;
    this.counted = offset;
  }

  /** Opens a file to go on at an offset that counts. */
  static GrowingFile open(Path content, Path count, long offset) throws IOException {
    boolean isNew = !Files.exists(content) || !Files.exists(count);
    FileChannel contentChannel = PrivateFiles.openForWriting(content);
    try {
      contentChannel.position(offset);
      FileChannel countChannel = PrivateFiles.openForWriting(count);
      GrowingFile file = new GrowingFile(contentChannel, countChannel, offset);
      if (isNew) {
        // Also over a count that is left of an earlier file.
        file.sync();
        PrivateFiles.syncFolderOf(content);
      }
      return file;
    } catch (IOException e) {
      contentChannel.close();
      throw e;
    }
  }

  /** How many bytes count, 0 if there is no such file. */
  static long counted(Path content, Path count) throws IOException {
    if (!Files.exists(content) || !Files.exists(count)) {
      return 0;
    }
    byte[] stored = Files.readAllBytes(count);
    if (stored.length != Long.BYTES) {
      return 0;
    }
    long counted = ByteBuffer.wrap(stored).getLong();
    return Math.max(0, Math.min(counted, Files.size(content)));
  }

  /** Adds bytes, which do not count before the next {@link #sync}. */
  public void append(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      offset += content.write(rest);
    }
    if (offset - counted >= ServerLimits.UPLOAD_UNSYNCED_BYTES_MAX) {
      sync();
    }
  }

  /** Where the next byte goes. */
  public long offset() {
    return offset;
  }

  /** Makes what was added durable, and lets it count. */
  public void sync() throws IOException {
    content.force(true);
    ByteBuffer rest = ByteBuffer.allocate(Long.BYTES).putLong(0, offset);
    while (rest.hasRemaining()) {
      count.write(rest, rest.position());
    }
    count.force(true);
    counted = offset;
  }

  @Override
  public void close() throws IOException {
    try (content) {
      count.close();
    }
  }
}
