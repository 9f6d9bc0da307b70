package dev.cairn.server.attachment;

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
 * SPACE/ID.DEVICE.part  what has arrived from this device; {@link AttachmentPieces} apart from it
 * SPACE/ID.DEVICE.count how much of that counts
 * </pre>
 *
 * Safe for many threads, except that one growing file is for one at a time.
 */
public final class AttachmentFiles {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final String PART = ".part";
  private static final String COUNT = ".count";

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
    String name = String.valueOf(part.getFileName());
    return part.resolveSibling(name.substring(0, name.length() - PART.length()) + COUNT);
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
    Path part = part(upload);
    if (!hash(part).equals(upload.id())) {
      drop(upload);
      return false;
    }
    name(upload.space(), upload.id(), part);
    Files.deleteIfExists(count(upload));
    return true;
  }

  /** Gives a file its name that was found to be what the attachment is named for. */
  void name(SpaceId space, AttachmentId id, Path whole) throws IOException {
    Path complete = completePath(space, id);
    Files.move(whole, complete, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncFolderOf(complete);
  }

  /** Pieces of an attachment that lie in one file. */
  PieceLayer layer(SpaceId space, AttachmentId id, String name) throws IOException {
    Path part = part(space, id, name);
    return PieceLayer.open(part, countOf(part));
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
    Files.deleteIfExists(count(upload));
    Files.deleteIfExists(part(upload));
  }

  /**
   * Deletes growing files and pieces that nobody has added to since a moment, and those of
   * attachments that are complete: an upload is begun by whoever likes, and given up without a
   * word.
   */
  public void dropAbandoned(Instant before) throws IOException {
    try (DirectoryStream<Path> spaces = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path space : spaces) {
        dropAbandoned(space, before);
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
          Files.deleteIfExists(part);
          Files.deleteIfExists(countOf(part));
        }
      }
    }
  }

  /** Deletes complete attachments and growing ones that no change names any more. */
  public void keepOnly(SpaceId space, Set<AttachmentId> named) throws IOException {
    for (Path file : files(space)) {
      String name = file.getFileName().toString();
      if (named.stream().noneMatch(id -> name.startsWith(id.toString()))) {
        Files.deleteIfExists(file);
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
