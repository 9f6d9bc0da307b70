package dev.cairn.protocol.attachment;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.util.Optional;

/**
 * Seals an attachment as it is read: encrypts, pads the end with zeros to a Padmé length, and
 * hashes both sides on the way.
 *
 * <p>The encrypted file is what {@link #update} returned, call after call, then what {@link
 * #finish} returned, called until it returns nothing. One instance seals one file and belongs to
 * one thread.
 */
public final class AttachmentSealer {

  /** The code of the refusal of a file that is too large. */
  public static final String TOO_LARGE = "attachment-too-large";

  private static final byte[] ZEROS = new byte[16 * ChunkLayout.CHUNK_BYTES];

  private final ChunkSealer chunks;
  private final long contentBytesMax;
  private final Sha256 content = new Sha256();
  private final Sha256 file = new Sha256();
  private byte[] header;
  private long contentBytes;
  private long paddingBytes = -1;
  private Optional<Digest> contentDigest = Optional.empty();
  private Optional<AttachmentId> id = Optional.empty();

  private AttachmentSealer(ChunkSealer chunks, long contentBytesMax) {
    this.chunks = chunks;
    this.contentBytesMax = contentBytesMax;
    this.header = chunks.header();
  }

  /**
   * Begins a file.
   *
   * @param key 32 random bytes for this attachment alone: whoever gets them can read it
   * @param randomness gives the file's salt
   */
  public static AttachmentSealer begin(Secret key, Randomness randomness) {
    return begin(ChunkSealer.begin(key, randomness), Limits.ATTACHMENT_SIZE_BYTES_MAX);
  }

  static AttachmentSealer begin(ChunkSealer chunks, long contentBytesMax) {
    return new AttachmentSealer(chunks, contentBytesMax);
  }

  /**
   * Takes content and returns the bytes of the encrypted file that it completed; often none.
   *
   * @throws RefusedException {@link #TOO_LARGE} beyond {@link Limits#ATTACHMENT_SIZE_BYTES_MAX}
   * @throws IllegalStateException after {@link #finish}
   */
  public byte[] update(byte[] bytes, int offset, int length) throws RefusedException {
    if (paddingBytes >= 0) {
      throw new IllegalStateException("file is finished");
    }
    if (length > contentBytesMax - contentBytes) {
      throw new RefusedException(TOO_LARGE, "attachment is larger than the limit");
    }
    contentBytes += length;
    content.update(bytes, offset, length);
    return written(chunks.update(bytes, offset, length));
  }

  /**
   * Says that the content is over, and returns the next piece of the rest of the encrypted file, at
   * most some 260 KiB; an empty piece when there is no more.
   */
  public byte[] finish() {
    if (paddingBytes < 0) {
      paddingBytes = Padme.length(contentBytes) - contentBytes;
      contentDigest = Optional.of(content.digest());
    }
    if (id.isPresent()) {
      return new byte[0];
    }
    while (paddingBytes > 0) {
      int length = (int) Math.min(paddingBytes, ZEROS.length);
      paddingBytes -= length;
      byte[] piece = written(chunks.update(ZEROS, 0, length));
      if (piece.length > 0) {
        return piece;
      }
    }
    byte[] last = written(chunks.finish());
    id = Optional.of(AttachmentId.of(file.digest().bytes()));
    return last;
  }

  /**
   * What the file turned out to be.
   *
   * @throws IllegalStateException before {@link #finish} has returned its last piece
   */
  public SealedAttachment sealed() {
    return new SealedAttachment(
        id.orElseThrow(AttachmentSealer::unfinished),
        contentBytes,
        contentDigest.orElseThrow(AttachmentSealer::unfinished));
  }

  private static IllegalStateException unfinished() {
    return new IllegalStateException("file is not finished");
  }

  /** Puts the header before the first piece there is, and hashes what goes out. */
  private byte[] written(byte[] piece) {
    byte[] whole = piece;
    if (header.length > 0 && piece.length > 0) {
      whole = new byte[header.length + piece.length];
      System.arraycopy(header, 0, whole, 0, header.length);
      System.arraycopy(piece, 0, whole, header.length, piece.length);
      header = new byte[0];
    }
    file.update(whole);
    return whole;
  }
}
