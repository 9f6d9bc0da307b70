package dev.cairn.client.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file on a {@link FaultyDisk}; a write that fails has written half. */
final class FaultyChannel extends FileChannel {

  private final FaultyDisk disk;
  private final FileChannel real;

  FaultyChannel(FaultyDisk disk, FileChannel real) {
    this.disk = disk;
    this.real = real;
  }

  private ByteBuffer whatGetsThrough(ByteBuffer from) {
    ByteBuffer part = from.duplicate();
    if (disk.isNext()) {
      part.limit(part.position() + part.remaining() / 2);
    }
    return part;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    ByteBuffer part = whatGetsThrough(from);
    int written = real.write(part);
    disk.takesRoom();
    from.position(part.position());
    return written;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    ByteBuffer part = whatGetsThrough(from);
    int written = real.write(part, position);
    disk.takesRoom();
    from.position(part.position());
    return written;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    disk.takesRoom();
    return real.write(from, offset, length);
  }

  @Override
  public void force(boolean metadata) throws IOException {
    disk.takesNone();
    real.force(metadata);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.takesNone();
    real.truncate(size);
    return this;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return real.read(into);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return real.read(into, position);
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return real.read(into, offset, length);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    disk.takesRoom();
    return real.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
