package dev.cairn.protocol.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.HkdfSha512;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.PublishedVectors;
import dev.cairn.protocol.vectors.VectorJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code attachment.json}. Its {@code cases} were made by another program and are kept as they are,
 * {@code refused} is made here: files that break one rule each.
 */
public final class AttachmentVectors {

  private static final byte[] KEY = VectorJson.named("attachment key", 32);
  private static final byte[] SALT = Arrays.copyOf(VectorJson.named("salt", 32), 24);
  private static final byte[] OTHER = VectorJson.named("x", 32);
  private static final byte[] TEXT = "Qadam".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PADDED = Arrays.copyOf(TEXT, 64);

  private final ArrayNode refused = VectorJson.array();

  private AttachmentVectors() {}

  public static JsonNode make() throws Exception {
    AttachmentVectors vectors = new AttachmentVectors();
    vectors.altered();
    vectors.ofOtherSizes();
    vectors.sealedOtherwise();
    return ((ObjectNode) PublishedVectors.own("attachment.json")).set("refused", vectors.refused);
  }

  private void refused(String why, byte[] sealed) {
    refused(why, sealed, KEY, TEXT.length);
  }

  private void refused(String why, byte[] sealed, byte[] key, long size) {
    put(why, sealed, key, size, Sha256.of(sealed).bytes());
  }

  private void put(String why, byte[] sealed, byte[] key, long size, byte[] id) {
    ObjectNode node = refused.addObject().put("name", why).put("key", Hex.encode(key));
    node.put("size", size).put("id", Hex.encode(id)).put("sealed", Hex.encode(sealed));
  }

  private static byte[] seal(byte[] plaintext) {
    ChunkSealer sealer = ChunkSealer.begin(Secret.copyOf(KEY), SALT, new byte[0]);
    return Pieces.seal(sealer, plaintext, plaintext.length);
  }

  private void altered() {
    byte[] good = seal(PADDED);
    refused("another salt", VectorJson.flipped(good, 3));
    refused("another commitment", VectorJson.flipped(good, 30));
    refused("a byte of the chunk", VectorJson.flipped(good, 60));
    refused("a byte of the tag", VectorJson.flipped(good, -1));
    refused("another key", good, OTHER, TEXT.length);
    put("another id", good, KEY, TEXT.length, OTHER);
    refused("a byte cut off", Arrays.copyOf(good, good.length - 1));
    refused("a byte more", Arrays.copyOf(good, good.length + 1));
    refused("nothing but the header", Arrays.copyOf(good, ChunkLayout.HEADER_BYTES));
    refused("nothing", new byte[0]);
  }

  private void ofOtherSizes() {
    byte[] good = seal(PADDED);
    refused("something in the padding", seal(VectorJson.flipped(PADDED, -1)));
    refused("a size that leaves a letter in the padding", good, KEY, 4);
    refused("a size of another padding", good, KEY, 65);
    refused("padded to 72", seal(Arrays.copyOf(TEXT, 72)));
    refused("not padded", seal(TEXT));
    refused("size beyond 2^32", good, KEY, (1L << 32) + 1);
  }

  private void sealedOtherwise() {
    ChunkCipher cipher = ChunkCipher.derive(Secret.copyOf(KEY), SALT, new byte[0]);
    byte[] label =
        "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII);
    byte[] derived = HkdfSha512.expand(Secret.copyOf(KEY), LaxCbor.join(label, SALT), 44).expose();
    byte[] next = LaxCbor.join(cipher.header(), cipher.seal(1, PADDED));
    refused("the chunk under the nonce of the next", next);
    Secret key = Secret.take(Arrays.copyOf(derived, Aead.KEY_BYTES));
    byte[] nonce = Arrays.copyOfRange(derived, Aead.KEY_BYTES, derived.length);
    byte[] data = Aead.seal(key, nonce, new byte[] {'x'}, PADDED);
    refused("the chunk with associated data", LaxCbor.join(cipher.header(), data));
    byte[] whole = seal(new byte[ChunkLayout.CHUNK_BYTES]);
    byte[] cut = Arrays.copyOf(whole, whole.length - Aead.TAG_BYTES);
    refused("cut at the end of a whole chunk", cut, KEY, ChunkLayout.CHUNK_BYTES);
  }
}
