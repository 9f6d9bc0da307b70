package dev.cairn.client.attachment;

import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.attachment.AttachmentOpener;
import dev.cairn.protocol.attachment.AttachmentSealer;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The encrypted files of a store, each named by its id. Content is never here: it is encrypted on
 * its way in and decrypted on its way out, a chunk at a time.
 *
 * <p>A file appears under its name only when it is whole and on the disk. Not safe for use by
 * several threads at once.
 */
public final class AttachmentFolder {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final String UNFINISHED = "unfinished";
  private static final String PART = ".part";

  /** What fetching leaves free on the disk. */
  private static final long ROOM_LEFT_BYTES_MIN = 16L * 1024 * 1024;

  private final Path folder;

  /** Over a folder that exists. */
  public AttachmentFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the encrypted file of an attachment is, or would be. */
  public Path file(AttachmentId id) {
    return folder.resolve(id.toString());
  }

  /** Whether the whole encrypted file is here. */
  public boolean has(AttachmentId id) {
    return Files.exists(file(id));
  }

  /** Whether the file that is here is the one it is named for. */
  boolean isWhole(AttachmentId id) throws StoreException {
    return hash(file(id)).equals(id);
  }

  /** The name that a file deserves. */
  static AttachmentId hash(Path file) throws StoreException {
    return hash(file, Long.MAX_VALUE);
  }

  /** The name that it would deserve if it ended after so many bytes. */
  static AttachmentId hash(Path file, long sizeBytes) throws StoreException {
    Sha256 hash = new Sha256();
    byte[] piece = new byte[PIECE_BYTES];
    long left = sizeBytes;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0 && left > 0; count = in.read(piece)) {
        hash.update(piece, 0, (int) Math.min(count, left));
        left -= count;
      }
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading an attachment failed", e);
    }
    return AttachmentId.of(hash.digest().bytes());
  }

  /** Where the part of a file is gathered that has arrived so far. */
  Path partial(AttachmentId id) {
    return folder.resolve(id + PART);
  }

  /**
   * Encrypts content into a file, durable on return.
   *
   * @param key 32 random bytes for this attachment alone
   * @throws IOException if the content cannot be read; nothing is left
   * @throws StoreException if the file cannot be written; nothing is left
   * @throws RefusedException if the content is larger than an attachment may be; nothing is left
   */
  public SealedAttachment seal(InputStream content, Secret key, Randomness randomness)
      throws IOException, CairnException {
    Path unfinished = folder.resolve(UNFINISHED);
    boolean done = false;
    try {
      AttachmentSealer sealer = AttachmentSealer.begin(key, randomness);
      try (FileChannel out = create(unfinished)) {
        byte[] piece = new byte[PIECE_BYTES];
        for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
          write(out, sealer.update(piece, 0, count));
        }
        byte[] rest = sealer.finish();
        while (rest.length > 0) {
          write(out, rest);
          rest = sealer.finish();
        }
        sync(out);
      }
      keep(unfinished, sealer.sealed().id());
      done = true;
      return sealer.sealed();
    } finally {
      if (!done) {
        discard(unfinished);
      }
    }
  }

  private static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // Why it is not finished is what the caller has to hear; the next open removes it.
    }
  }

  private FileChannel create(Path file) throws StoreException {
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed("making an attachment's file", e);
    }
  }

  private void write(FileChannel out, byte[] piece) throws StoreException {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(piece);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } catch (IOException e) {
      throw failed("writing an attachment", e);
    }
  }

  private void sync(FileChannel out) throws StoreException {
    try {
      out.force(true);
    } catch (IOException e) {
      throw failed("writing an attachment", e);
    }
  }

  /**
   * Refuses to begin with what would fill the disk: reports that are still to be written need room.
   *
   * @param bytes that are to come
   */
  void requireRoom(long bytes) throws StoreException {
    long room;
    try {
      room = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw failed("asking for room", e);
    }
    if (room - bytes < ROOM_LEFT_BYTES_MIN) {
      throw new StoreException(Reason.FULL, "the disk has no room for an attachment");
    }
  }

  /** Why a file of this folder could not be written. */
  StoreException failed(String doing, IOException cause) {
    return DiskFailure.named(doing, cause, folder);
  }

  /** Cuts off what does not belong to a file, durable on return. */
  void cut(Path file, long sizeBytes) throws StoreException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (out.size() > sizeBytes) {
        out.truncate(sizeBytes);
        out.force(true);
      }
    } catch (IOException e) {
      throw failed("writing an attachment", e);
    }
  }

  /** Gives a file that is whole and synced its name, for good. */
  void keep(Path whole, AttachmentId id) throws StoreException {
    try {
      Files.move(
          whole, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true);
      }
    } catch (IOException e) {
      throw failed("keeping an attachment", e);
    }
  }

  /**
   * Decrypts a file that is here. What was written is only to be used when this returns.
   *
   * @param contentBytes the size of the content, as the change states it
   * @throws RefusedException {@code attachment.missing} if the file is not here
   * @throws dev.cairn.protocol.UndecryptableException if it is not the file, or not the key
   * @throws IOException if {@code out} fails
   */
  public void open(AttachmentId id, Secret key, long contentBytes, OutputStream out)
      throws IOException, CairnException {
    if (!has(id)) {
      throw new RefusedException("attachment.missing", "the attachment's file is not here");
    }
    AttachmentOpener opener = AttachmentOpener.begin(key, id, contentBytes);
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(file(id))) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        out.write(opener.update(piece, 0, count));
      }
    }
    out.write(opener.finish());
  }

  /** Removes a file that is needed no more. */
  public void remove(AttachmentId id) throws StoreException {
    try {
      Files.deleteIfExists(file(id));
      Files.deleteIfExists(partial(id));
    } catch (IOException e) {
      throw failed("removing an attachment", e);
    }
  }

  /**
   * Removes what a crash or an erasure left: files that are not whole, and those that nothing
   * names, whole or not. Parts of a named file on its way here stay.
   *
   * @param named the attachments that this store knows of
   */
  void removeLeft(Set<AttachmentId> named) throws StoreException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (isLeft(file, named)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException(Reason.FAILED, "the attachment folder cannot be read", e);
    }
  }

  private static boolean isLeft(Path file, Set<AttachmentId> named) {
    String name = file.getFileName().toString();
    try {
      String id = name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
      return name.equals(UNFINISHED) || !named.contains(AttachmentId.parse(id));
    } catch (MalformedException e) {
      return false;
    }
  }
}
