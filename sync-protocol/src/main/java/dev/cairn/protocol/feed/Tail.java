package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Digest;
import java.util.Optional;

/**
 * What a payload says of the ciphertext beside it: enough to prove it when it is there and to
 * verify the chain when it is gone.
 *
 * @param commitment binds the ciphertext to one message key; without it a sender could make one
 *     ciphertext that opens differently for different readers
 * @param ciphertextHash SHA-256 of the ciphertext
 * @param ciphertextLength its length with the tag, in bytes
 */
public record Tail(Digest commitment, Digest ciphertextHash, int ciphertextLength) {

  /**
   * Describes a ciphertext.
   *
   * @throws MalformedException if no padded body has this size
   */
  public static Tail of(Digest commitment, Ciphertext ciphertext) throws MalformedException {
    return of(commitment, ciphertext.hash(), ciphertext.sizeBytes());
  }

  /**
   * Describes a ciphertext that is not here. Sizes that no padding gives are refused, so that no
   * program lets the length of a body leak and nobody notices.
   *
   * @throws MalformedException if no padded body has this size
   */
  public static Tail of(Digest commitment, Digest ciphertextHash, int ciphertextLength)
      throws MalformedException {
    int paddedBytes = ciphertextLength - Aead.TAG_BYTES;
    if (paddedBytes < Padme.FLOOR_BYTES
        || paddedBytes > Limits.PADDED_BODY_BYTES_MAX
        || Padme.length(paddedBytes) != paddedBytes) {
      throw new MalformedException("ciphertext has the size of no padded body");
    }
    return new Tail(commitment, ciphertextHash, ciphertextLength);
  }

  static void write(CborWriter writer, Optional<Tail> tail) {
    if (!tail.isPresent()) {
      writer.array(0);
      return;
    }
    Tail value = tail.get();
    writer
        .array(3)
        .bytes(value.commitment.bytes())
        .bytes(value.ciphertextHash.bytes())
        .uint(value.ciphertextLength);
  }

  static Optional<Tail> read(CborReader reader) throws MalformedException {
    int from = reader.position();
    int items = reader.arrayHeader(3);
    if (items == 0) {
      return Optional.empty();
    }
    if (items != 3) {
      throw new MalformedException("tail of another length than 3", from);
    }
    Digest commitment = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    Digest hash = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    int length = (int) reader.uint(Limits.CIPHERTEXT_BYTES_MAX);
    return Optional.of(of(commitment, hash, length));
  }
}
