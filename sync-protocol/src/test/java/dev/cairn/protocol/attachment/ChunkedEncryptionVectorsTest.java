package dev.cairn.protocol.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** Wycheproof's vectors of the published format, made with its author's own implementation. */
class ChunkedEncryptionVectorsTest {
  private static final String FILE = "wycheproof_c2sp_chunked_encryption_aes_256_gcm_test.json";

  @Test
  void open_publishedVectors_isAsPublished() throws Exception {
    int ran = 0;
    for (JsonNode group : PublishedVectors.published(FILE).get("testGroups")) {
      assertThat(group.get("aead").textValue()).isEqualTo("AEAD_AES_256_GCM");
      assertThat(group.get("sha").textValue()).isEqualTo("SHA-512");
      for (JsonNode test : group.get("tests")) {
        check(test);
        ran++;
      }
    }
    PublishedVectors.report(FILE, ran, "");
    assertThat(ran).isEqualTo(35);
  }

  private static void check(JsonNode test) throws Exception {
    String name = test.get("tcId") + " " + test.get("comment");
    byte[] sealed = inflate(PublishedVectors.bytes(test, "ct"));
    byte[] key = PublishedVectors.bytes(test, "key");
    byte[] context = PublishedVectors.bytes(test, "ctx");
    // Whole, in pieces as a network gives them, and for short ones byte by byte.
    for (int piece : new int[] {Math.max(1, sealed.length), 10_007, 16_400}) {
      checkOpening(name, test, key, context, sealed, piece);
    }
    if (sealed.length < 100) {
      checkOpening(name, test, key, context, sealed, 1);
    }
    if (test.get("result").textValue().equals("valid")) {
      checkSealing(name, key, context, sealed);
    }
  }

  private static void checkOpening(
      String name, JsonNode test, byte[] key, byte[] context, byte[] sealed, int piece)
      throws NoSuchAlgorithmException {
    ByteArrayOutputStream opened = new ByteArrayOutputStream();
    boolean whole;
    try {
      ChunkOpener opener = ChunkOpener.begin(Secret.copyOf(key), context);
      for (int at = 0; at < sealed.length; at += piece) {
        Pieces.append(opened, opener.update(sealed, at, Math.min(piece, sealed.length - at)));
      }
      Pieces.append(opened, opener.finish());
      whole = true;
    } catch (UndecryptableException | IllegalArgumentException refused) {
      whole = false;
    }
    assertThat(whole).as(name).isEqualTo(test.get("result").textValue().equals("valid"));
    if (whole || (piece == 16_400 && test.has("msgLength"))) {
      checkMessage(name, test, whole, opened.toByteArray());
    }
  }

  /** An invalid file may give its valid beginning, and nothing beyond. */
  private static void checkMessage(String name, JsonNode test, boolean whole, byte[] opened)
      throws NoSuchAlgorithmException {
    int length = test.get("msgLength").intValue();
    if (whole) {
      assertThat(opened).as(name).hasSize(length);
    } else if (opened.length != length) {
      assertThat(opened.length).as(name).isLessThan(length);
      return;
    }
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(opened);
    assertThat(hash).as(name).isEqualTo(bytes(test, "msgSha512"));
  }

  private static byte[] bytes(JsonNode test, String field) {
    try {
      return PublishedVectors.bytes(test, field);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static void checkSealing(String name, byte[] key, byte[] context, byte[] sealed)
      throws Exception {
    Secret secret = Secret.copyOf(key);
    byte[] message = Pieces.open(ChunkOpener.begin(secret, context), sealed, 1 << 16);
    byte[] salt = Arrays.copyOf(sealed, ChunkLayout.SALT_BYTES);
    assertThat(Pieces.seal(ChunkSealer.begin(secret, salt, context), message, 10_007))
        .as(name)
        .isEqualTo(sealed);
  }

  private static byte[] inflate(byte[] deflated) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(deflated)).readAllBytes();
  }
}
