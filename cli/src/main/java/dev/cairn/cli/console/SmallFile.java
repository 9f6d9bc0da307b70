package dev.cairn.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read whole: invitations, recovery secrets. */
public final class SmallFile {

  private static final int SIZE_BYTES_MAX = 4 << 20;

  private SmallFile() {}

  /**
   * The content.
   *
   * @throws UsageException if the file is far larger than what is meant
   */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(SIZE_BYTES_MAX + 1);
      if (content.length > SIZE_BYTES_MAX) {
        throw new UsageException("file.too-large", "this is not the file meant", file.toString());
      }
      return content;
    }
  }
}
