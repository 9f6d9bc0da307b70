package dev.cairn.benchmarks.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Seconds that it takes to append 4 KiB to a file and have it on the disk ({@code fdatasync}). */
public final class Fsyncs implements AutoCloseable {

  private static final int BLOCK_BYTES = 4096;
  private static final double NANOS_PER_SECOND = 1e9;

  private final FileChannel channel;

  /** On the disk of a new file. */
  public Fsyncs(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** The time of one. */
  public double seconds() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    long begin = System.nanoTime();
    while (block.hasRemaining()) {
      channel.write(block);
    }
    channel.force(false);
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
