package dev.cairn.client.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file system of this machine, with a step of a {@link FaultyDisk} before every change. */
final class FaultyFiles extends FileSystemProvider {

  private final FaultyDisk disk;
  private final FaultyFileSystem system = new FaultyFileSystem(this);

  FaultyFiles(FaultyDisk disk) {
    this.disk = disk;
  }

  Path wrap(Path real) {
    return new FaultyPath(system, real);
  }

  static Path real(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real : path;
  }

  private static FileSystemProvider of(Path path) {
    return real(path).getFileSystem().provider();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.WRITE)) {
      if (!Files.exists(real(path))) {
        disk.takesRoom();
      } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
        disk.takesNone();
      }
    }
    FileChannel channel = of(path).newFileChannel(real(path), options, attributes);
    return new FaultyChannel(disk, channel);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    if (!Files.exists(real(path))) {
      disk.takesRoom();
    }
    of(path).createDirectory(real(path), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.takesNone();
    of(path).delete(real(path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    disk.takesNone();
    of(source).move(real(source), real(target), options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    disk.takesRoom();
    of(source).copy(real(source), real(target), options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = of(path).newDirectoryStream(real(path), any -> true)) {
      all.forEach(one -> found.add(wrap(one)));
    }
    Collections.sort(found);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return found.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    of(path).checkAccess(real(path), modes);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return of(path).getFileStore(real(path));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return of(path).readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return of(path).readAttributes(real(path), names, options);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return of(path).getFileAttributeView(real(path), type, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    of(path).setAttribute(real(path), name, value, options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return of(one).isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return of(path).isHidden(real(path));
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    return system;
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(Path.of(uri));
  }
}
