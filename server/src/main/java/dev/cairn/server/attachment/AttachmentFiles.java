package dev.cairn.server.attachment;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.directory.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of attachments: a folder for each space, in it complete files under their id, and
 * growing ones under id and uploader, so that nobody can spoil what somebody else is sending.
 *
 * <pre>
 * SPACE/ID              complete; its SHA-256 is its name
 * SPACE/ID.DEVICE.part  what has arrived from this device
 * SPACE/ID.DEVICE.count how much of that counts
 * </pre>
 *
 * What came by hand lies apart from these: {@link AttachmentPieces}.
 *
 * <p>Safe for many threads, except that one growing file is for one at a time.
 */
public final class AttachmentFiles {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final String PART = ".part";
  private static final String COUNT = ".count";

  /**
   * Held while a piece that came by hand is added, and while files are deleted that nobody adds to
   * or names: what was old a moment ago must not go under a piece that is told to be kept.
   */
  final Object pieces = new Object();

  private final Path root;

  /** Files under a folder that is there. */
  public AttachmentFiles(Path root) {
    this.root = root;
  }

  /** The folder that all of them are in. */
  public Path folder() {
    return root;
  }

  /** A complete attachment; empty if it has not arrived in full. */
  public Optional<Path> complete(SpaceId space, AttachmentId id) {
    Path path = completePath(space, id);
    return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  /** How much of an upload has arrived, all of it if the attachment is complete. */
  public long offset(Upload upload) throws IOException {
    if (complete(upload.space(), upload.id()).isPresent()) {
      return upload.sizeBytes();
    }
    long counted = GrowingFile.counted(part(upload), count(upload));
    if (counted < upload.sizeBytes()) {
      return counted;
    }
    // It had arrived when the server went down, or was cut, before it was given its name.
    return finish(upload) ? upload.sizeBytes() : 0;
  }

  /** Where the bytes of an upload go until they are complete. */
  public Path part(Upload upload) throws IOException {
    return part(upload.space(), upload.id(), upload.device().toString());
  }

  private Path part(SpaceId space, AttachmentId id, String name) throws IOException {
    Path folder = root.resolve(space.toString());
    PrivateFiles.directory(folder);
    return folder.resolve(id + "." + name + PART);
  }

  private Path count(Upload upload) throws IOException {
    return countOf(part(upload));
  }

  private static Path countOf(Path part) {
    return sibling(part, PART, COUNT);
  }

  private static Path partOf(Path count) {
    return sibling(count, COUNT, PART);
  }

  private static Path sibling(Path file, String ending, String other) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
  }

  /** Opens what has arrived of an upload, to go on at an offset that {@link #offset} gave. */
  public GrowingFile grow(Upload upload, long offset) throws IOException {
    return GrowingFile.open(part(upload), count(upload), offset);
  }

  /**
   * Gives a file that has arrived in full its name, if it deserves it; else it is dropped, for no
   * further byte can mend it.
   *
   * @return whether the bytes are those the attachment is named for
   */
  public boolean finish(Upload upload) throws IOException {
    return finish(upload.space(), upload.id(), part(upload));
  }

  /** The same for the file that this piece made whole. */
  boolean finish(ParcelContent.Piece piece) throws IOException {
    return finish(piece.space(), piece.attachment(), part(piece));
  }

  private boolean finish(SpaceId space, AttachmentId id, Path part) throws IOException {
    if (!hash(part).equals(id)) {
      drop(part);
      return false;
    }
    Path complete = completePath(space, id);
    Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncFolderOf(complete);
    // Not before: without it the bytes would not count, and nobody may bring them again.
    Files.deleteIfExists(countOf(part));
    return true;
  }

  /** What has come of the file that this piece belongs to, from the same device. */
  PieceLayer layer(ParcelContent.Piece piece) throws IOException {
    Path part = part(piece);
    return PieceLayer.open(part, countOf(part));
  }

  private Path part(ParcelContent.Piece piece) throws IOException {
    String name = "pieces-" + piece.sizeBytes() + "-" + piece.device();
    return part(piece.space(), piece.attachment(), name);
  }

  /** Deletes a complete attachment whose bytes are not those it is named for any more. */
  void dropDamaged(Upload upload) throws IOException {
    Path complete = completePath(upload.space(), upload.id());
    if (Files.isRegularFile(complete) && !hash(complete).equals(upload.id())) {
      Files.delete(complete);
      PrivateFiles.syncFolderOf(complete);
    }
  }

  /** Drops what has arrived of an upload; a complete attachment stays. */
  public void drop(Upload upload) throws IOException {
    drop(part(upload));
  }

  private static void drop(Path part) throws IOException {
    Files.deleteIfExists(countOf(part));
    Files.deleteIfExists(part);
  }

  /**
   * Deletes growing files and pieces that nobody has added to since a moment, and those of
   * attachments that are complete: an upload is begun by whoever likes, and given up without a
   * word.
   */
  public void dropAbandoned(Instant before) throws IOException {
    synchronized (pieces) {
      try (DirectoryStream<Path> spaces = Files.newDirectoryStream(root, Files::isDirectory)) {
        for (Path space : spaces) {
          dropAbandoned(space, before);
          dropLoneCounts(space);
        }
      }
    }
  }

  private static void dropAbandoned(Path space, Instant before) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(space, "*" + PART)) {
      for (Path part : parts) {
        String name = String.valueOf(part.getFileName());
        Path complete = part.resolveSibling(name.substring(0, name.indexOf('.')));
        boolean isOld = Files.getLastModifiedTime(part).toInstant().isBefore(before);
        if (isOld || Files.exists(complete)) {
          drop(part);
        }
      }
    }
  }

  /** Such a one is left where a stop came after its file had got its name. */
  private static void dropLoneCounts(Path space) throws IOException {
    try (DirectoryStream<Path> counts = Files.newDirectoryStream(space, "*" + COUNT)) {
      for (Path count : counts) {
        if (!Files.exists(partOf(count))) {
          Files.deleteIfExists(count);
        }
      }
    }
  }

  /** Deletes complete attachments and growing ones that no change names any more. */
  public void keepOnly(SpaceId space, Set<AttachmentId> named) throws IOException {
    synchronized (pieces) {
      for (Path file : files(space)) {
        String name = file.getFileName().toString();
        if (named.stream().noneMatch(id -> name.startsWith(id.toString()))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Names of complete attachments whose bytes are not those they are named for. */
  public List<String> damaged(SpaceId space) throws IOException {
    List<String> damaged = new ArrayList<>();
    for (Path file : files(space)) {
      String name = file.getFileName().toString();
      if (isComplete(file) && !hash(file).toString().equals(name)) {
        damaged.add(name);
      }
    }
    return damaged;
  }

  /** How many attachments have arrived in full. */
  public long completeCount(SpaceId space) throws IOException {
    return files(space).stream().filter(AttachmentFiles::isComplete).count();
  }

  /** The name of a file that grows, or of a piece, says more than an id. */
  private static boolean isComplete(Path file) {
    return String.valueOf(file.getFileName()).indexOf('.') < 0;
  }

  private List<Path> files(SpaceId space) throws IOException {
    Path folder = root.resolve(space.toString());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  private Path completePath(SpaceId space, AttachmentId id) {
    return root.resolve(space.toString()).resolve(id.toString());
  }

  private static AttachmentId hash(Path file) throws IOException {
    Sha256 hash = new Sha256();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        hash.update(piece, 0, read);
      }
    }
    return AttachmentId.of(hash.digest().bytes());
  }
}
