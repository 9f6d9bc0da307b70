package dev.cairn.server.attachment;

import dev.cairn.server.directory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pieces that came by hand before the bytes in front of them, a file each beside the growing one.
 * Together they are never larger than the attachment, so that nobody fills a disk with pieces of
 * one small file. For one thread at a time.
 *
 * <pre>
 * SPACE/ID.DEVICE.OFFSET.part
 * </pre>
 */
public final class AttachmentPieces {

  private static final int COUNT_MAX = 8192;
  private static final String SUFFIX = ".part";

  private final AttachmentFiles files;

  /** Beside these files. */
  public AttachmentPieces(AttachmentFiles files) {
    this.files = files;
  }

  /**
   * A piece that waits.
   *
   * @param file its bytes
   * @param offsetBytes where it begins in the attachment
   */
  public record Waiting(Path file, long offsetBytes) {

    /** Its bytes. */
    public byte[] read() throws IOException {
      return Files.readAllBytes(file);
    }

    /** Forgets it. */
    public void drop() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  /** Keeps a piece, durable on return; false if too much waits already. */
  public boolean keep(Upload upload, long offsetBytes, byte[] bytes) throws IOException {
    List<Waiting> waiting = all(upload);
    long sizeBytes = bytes.length;
    for (Waiting one : waiting) {
      if (one.offsetBytes() == offsetBytes && Files.size(one.file()) >= bytes.length) {
        return true;
      }
      sizeBytes += one.offsetBytes() == offsetBytes ? 0 : Files.size(one.file());
    }
    if (sizeBytes > upload.sizeBytes() || waiting.size() >= COUNT_MAX) {
      return false;
    }
    Path part = files.part(upload);
    PrivateFiles.write(part.resolveSibling(begin(part) + offsetBytes + SUFFIX), bytes);
    return true;
  }

  /** The piece that leaves no hole after so many bytes, if it waits. */
  public Optional<Waiting> next(Upload upload, long offsetBytes) throws IOException {
    return all(upload).stream().filter(one -> one.offsetBytes() <= offsetBytes).findFirst();
  }

  /** Forgets all pieces of an upload. */
  static void drop(Path part) throws IOException {
    for (Waiting one : all(part)) {
      one.drop();
    }
  }

  private List<Waiting> all(Upload upload) throws IOException {
    return all(files.part(upload));
  }

  private static List<Waiting> all(Path part) throws IOException {
    Path folder = part.getParent();
    if (folder == null) {
      return List.of();
    }
    String begin = begin(part);
    List<Waiting> waiting = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : (Iterable<Path>) found::iterator) {
        String name = String.valueOf(file.getFileName());
        boolean isPiece =
            name.startsWith(begin)
                && name.endsWith(SUFFIX)
                && name.length() > begin.length() + SUFFIX.length();
        if (isPiece) {
          String offset = name.substring(begin.length(), name.length() - SUFFIX.length());
          waiting.add(new Waiting(file, Long.parseLong(offset)));
        }
      }
    }
    waiting.sort(Comparator.comparingLong(Waiting::offsetBytes));
    return waiting;
  }

  /** What the name of every piece begins with. */
  private static String begin(Path part) {
    String name = String.valueOf(part.getFileName());
    return name.substring(0, name.length() - SUFFIX.length() + 1);
  }
}
