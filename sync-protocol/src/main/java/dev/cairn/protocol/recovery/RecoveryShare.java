package dev.cairn.protocol.recovery;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;

/**
 * One of the shares that a recovery secret is split into. A bare share says neither which one it is
 * nor whether it is whole, and one damaged share gives a wrong secret without a word; so each
 * states its place, its threshold, its space, a commitment to the secret and a checksum over all of
 * it.
 *
 * @param space whose secret it is
 * @param index which share it is, from 1
 * @param threshold how many shares give the secret
 * @param commitment a hash of the secret
 * @param value the share itself, as long as the secret
 */
public record RecoveryShare(
    SpaceId space, int index, int threshold, Digest commitment, Secret value) {

  private static final PrintedText TEXT = new PrintedText("recovery share", "CAIRN-RECOVERY-SHARE");
  private static final int VERSION = 1;
  private static final int THRESHOLD_MIN = 2;

  /** Refuses what is out of bounds. */
  public RecoveryShare {
    if (!isPossible(index, threshold) || value.sizeBytes() != RecoverySecret.SIZE_BYTES) {
      throw new IllegalArgumentException("no recovery share");
    }
  }

  private static boolean isPossible(long index, long threshold) {
    return index >= 1
        && index <= Limits.RECOVERY_SHARES_MAX
        && threshold >= THRESHOLD_MIN
        && threshold <= Limits.RECOVERY_SHARES_MAX;
  }

  /** The share as bytes. */
  public byte[] encode() {
    return write(7).bytes(check()).toBytes();
  }

  private CborWriter write(int items) {
    return new CborWriter()
        .array(items)
        .uint(VERSION)
        .bytes(space.bytes())
        .uint(index)
        .uint(threshold)
        .bytes(commitment.bytes())
        .bytes(value.expose());
  }

  private byte[] check() {
    return Check.first(Sha256.labelled("cairn/1/recovery-share-check", write(6).toBytes()));
  }

  /**
   * Reads a share.
   *
   * @throws MalformedException if it is no share, or a byte of it is wrong
   * @throws TooNewException if it is one of a later version
   */
  public static RecoveryShare decode(byte[] bytes) throws MalformedException, TooNewException {
    CborReader reader = CborReader.of(bytes);
    reader.arrayOf(7);
    long version = reader.uint();
    if (version != VERSION) {
      throw new TooNewException("recovery share", version, VERSION);
    }
    SpaceId space = SpaceId.of(reader.bytesExactly(SpaceId.SIZE_BYTES));
    long index = reader.uint();
    long threshold = reader.uint();
    Digest commitment = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    Secret value = Secret.take(reader.bytesExactly(RecoverySecret.SIZE_BYTES));
    byte[] check = reader.bytesExactly(Check.SIZE_BYTES);
    reader.end();
    if (!isPossible(index, threshold)) {
      throw new MalformedException("recovery share: place or threshold out of bounds");
    }
    RecoveryShare share = new RecoveryShare(space, (int) index, (int) threshold, commitment, value);
    if (!Arrays.equals(check, share.check())) {
      throw new MalformedException("recovery share: a byte is wrong");
    }
    return share;
  }

  /** The share as text to be printed: a line that says what it is, then base 32. */
  public String print() {
    return TEXT.print(CrockfordBase32.encode(encode()));
  }

  /** The same as words, a check in every line, for whoever has to copy or type it by hand. */
  public String printWords() {
    return ShareWords.print(encode());
  }

  /**
   * Reads what was printed, as text or as words, typed in again.
   *
   * @throws MalformedException if it is no such text, or a character is wrong; of words it says in
   *     which line
   * @throws TooNewException if it is one of a later version
   */
  public static RecoveryShare parse(String typed) throws MalformedException, TooNewException {
    if (ShareWords.begin(typed)) {
      return decode(ShareWords.parse(typed));
    }
    String text = TEXT.parse(typed);
    return decode(CrockfordBase32.decode(text, text.length() * 5 / 8));
  }
}
