package dev.cairn.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read whole: invitations, recovery secrets, photographs of their codes. */
public final class SmallFile {

  private static final int SIZE_BYTES_MAX = 4 << 20;
  private static final int PICTURE_SIZE_BYTES_MAX = 64 << 20;

  private SmallFile() {}

  /**
   * The content.
   *
   * @throws UsageException if the file is far larger than what is meant
   */
  public static byte[] read(Path file) throws IOException {
    return read(file, SIZE_BYTES_MAX);
  }

  /**
   * The content of what may also be a photograph.
   *
   * @throws UsageException if the file is far larger than what is meant
   */
  public static byte[] readPicture(Path file) throws IOException {
    return read(file, PICTURE_SIZE_BYTES_MAX);
  }

  /** The same of a file of at most so many bytes. */
  public static byte[] read(Path file, int sizeBytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(sizeBytesMax + 1);
      if (content.length > sizeBytesMax) {
        throw new UsageException("file.too-large", "this is not the file meant", file.toString());
      }
      return content;
    }
  }
}
