package dev.cairn.protocol.attachment;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;

/**
 * Opens an attachment as it arrives, from its first byte to its last, and checks that it is the
 * file its change named. {@link AttachmentReader} opens single chunks.
 *
 * <p>What {@link #update} returns is authentic; that all of it came is known only when {@link
 * #finish} returns. One instance opens one file and belongs to one thread.
 */
public final class AttachmentOpener {

  /** Stands for the bytes left after a failure: fewer than any call could bring. */
  private static final long FAILED = -1;

  private final ChunkOpener chunks;
  private final AttachmentId id;
  private final long contentBytes;
  private final Sha256 file = new Sha256();
  private long sealedBytesLeft;
  private long plainOffset;

  private AttachmentOpener(ChunkOpener chunks, AttachmentId id, long contentBytes) {
    this.chunks = chunks;
    this.id = id;
    this.contentBytes = contentBytes;
    this.sealedBytesLeft = SealedAttachment.sealedBytes(contentBytes);
  }

  /**
   * Begins a file.
   *
   * @param key from the change that carries the attachment
   * @param id the attachment's name
   * @param contentBytes the length stated there
   * @throws MalformedException if that length is out of bounds
   */
  public static AttachmentOpener begin(Secret key, AttachmentId id, long contentBytes)
      throws MalformedException {
    AttachmentPadding.requireSize(contentBytes);
    return new AttachmentOpener(ChunkOpener.begin(key), id, contentBytes);
  }

  /**
   * Takes bytes of the encrypted file and returns the content they completed; often none.
   *
   * @throws UndecryptableException if the key is wrong, or bytes were altered, moved or added
   * @throws MalformedException if the author hid something in the padding
   */
  public byte[] update(byte[] bytes, int offset, int length)
      throws UndecryptableException, MalformedException {
    if (length > sealedBytesLeft) {
      sealedBytesLeft = FAILED;
      throw new UndecryptableException();
    }
    sealedBytesLeft -= length;
    file.update(bytes, offset, length);
    return content(chunks.update(bytes, offset, length));
  }

  /**
   * The last of the content.
   *
   * @throws UndecryptableException if bytes are missing or it is not the file the id names
   * @throws MalformedException if the author hid something in the padding
   */
  public byte[] finish() throws UndecryptableException, MalformedException {
    byte[] last = chunks.finish();
    if (sealedBytesLeft != 0 || !id.equals(AttachmentId.of(file.digest().bytes()))) {
      throw new UndecryptableException();
    }
    return content(last);
  }

  private byte[] content(byte[] plaintext) throws MalformedException {
    long offset = plainOffset;
    plainOffset += plaintext.length;
    try {
      return AttachmentPadding.cut(plaintext, offset, contentBytes);
    } catch (MalformedException refused) {
      sealedBytesLeft = FAILED;
      throw refused;
    }
  }
}
