package dev.cairn.protocol.bundle;

import static dev.cairn.protocol.bundle.BundleVectors.ID;
import static dev.cairn.protocol.bundle.BundleVectors.SPACE;
import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.Arrays;

/**
 * Pieces of attachments with any values, signed as the document says; and the {@code pieces} of
 * {@code bundle-1.json}: contents that open, some with a signature that does not hold.
 */
final class PieceVectors {

  static final SigningKey KEY = key(5);
  static final byte[] DEVICE = KEY.verifyingKey().bytes();
  static final byte[] ANY_SIGNATURE = VectorJson.filled(0x24, 64);

  private static final SigningKey OTHER_KEY = key(6);
  private static final byte[] OTHER = VectorJson.filled(0x25, 32);
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  private final ArrayNode pieces = VectorJson.array();
  private final byte[] signature = signature(payload(9, 2, BYTES), MessageType.PIECE, KEY);

  private static SigningKey key(int fill) {
    return SigningKey.of(Secret.take(VectorJson.filled(fill, 32)));
  }

  /** A content of kind 3, signed, whether or not the piece lies in its attachment. */
  static byte[] signed(long size, long offset, byte[] bytes) {
    byte[] signature = signature(payload(size, offset, bytes), MessageType.PIECE, KEY);
    return encode(list(SPACE, 3, DEVICE, ID, size, offset, bytes, signature));
  }

  private static byte[] payload(long size, long offset, byte[] bytes) {
    return encode(list(SPACE, DEVICE, ID, size, offset, Sha256.of(bytes).bytes()));
  }

  private static byte[] signature(byte[] payload, MessageType type, SigningKey key) {
    return CoseSign1.signature(type, payload, key);
  }

  static ArrayNode make() {
    PieceVectors vectors = new PieceVectors();
    vectors.good();
    vectors.altered();
    vectors.signedOtherwise();
    return vectors.pieces;
  }

  private ObjectNode put(String name, byte[] content, boolean holds) {
    return pieces
        .addObject()
        .put("name", name)
        .put("content", Hex.encode(content))
        .put("holds", holds);
  }

  private void good() {
    byte[] payload = payload(9, 2, BYTES);
    put("five bytes of nine", signed(9, 2, BYTES), true)
        .put("payload", Hex.encode(payload))
        .put("toBeSigned", Hex.encode(CoseSign1.toBeSigned(MessageType.PIECE, payload)));
    long most = Limits.ATTACHMENT_FILE_BYTES_MAX;
    put("the last byte of the greatest", signed(most, most - 1, new byte[1]), true);
  }

  private void altered(String name, Object... items) {
    put(name, encode(Arrays.asList(items)), false);
  }

  private void altered() {
    byte[] more = {1, 2, 3, 4, 6};
    altered("of another space", OTHER, 3, DEVICE, ID, 9, 2, BYTES, signature);
    byte[] device = OTHER_KEY.verifyingKey().bytes();
    altered("of another device", SPACE, 3, device, ID, 9, 2, BYTES, signature);
    altered("of another attachment", SPACE, 3, DEVICE, OTHER, 9, 2, BYTES, signature);
    altered("of another size", SPACE, 3, DEVICE, ID, 10, 2, BYTES, signature);
    altered("at another place", SPACE, 3, DEVICE, ID, 9, 3, BYTES, signature);
    altered("of other bytes", SPACE, 3, DEVICE, ID, 9, 2, more, signature);
    byte[] shorter = Arrays.copyOf(BYTES, 4);
    altered("of fewer bytes", SPACE, 3, DEVICE, ID, 9, 2, shorter, signature);
    byte[] flipped = VectorJson.flipped(signature, 40);
    altered("a bit of the signature flipped", SPACE, 3, DEVICE, ID, 9, 2, BYTES, flipped);
  }

  private void signedOtherwise() {
    byte[] payload = payload(9, 2, BYTES);
    signedAs("signed by another key", signature(payload, MessageType.PIECE, OTHER_KEY));
    signedAs("signed as a change is", signature(payload, MessageType.CHANGE, KEY));
    signedAs("signed without a type", KEY.sign(payload));
    byte[] content = encode(list(SPACE, 3, DEVICE, ID, 9, 2, BYTES));
    signedAs("its bytes signed, not their hash", signature(content, MessageType.PIECE, KEY));
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    byte[] anything = Arrays.copyOf(neutral, 64);
    altered("a device that is no key", SPACE, 3, neutral, ID, 9, 2, BYTES, anything);
  }

  private void signedAs(String name, byte[] other) {
    altered(name, SPACE, 3, DEVICE, ID, 9, 2, BYTES, other);
  }
}
