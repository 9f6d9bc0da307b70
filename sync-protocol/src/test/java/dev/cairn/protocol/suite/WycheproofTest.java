package dev.cairn.protocol.suite;

import static dev.cairn.protocol.vectors.PublishedVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The vectors of C2SP/wycheproof, all of them: what they call valid or invalid, we call the same,
 * save for the differences that each test names and counts.
 */
class WycheproofTest {

  /** Whether our class takes what one vector holds. */
  private interface Check {
    boolean accepts(JsonNode group, JsonNode test) throws Exception;
  }

  private static Set<Integer> differences(String file, Check check) throws Exception {
    Set<Integer> differences = new TreeSet<>();
    int ran = 0;
    for (JsonNode group : PublishedVectors.published(file).required("testGroups")) {
      for (JsonNode test : group.required("tests")) {
        boolean valid = test.required("result").textValue().equals("valid");
        if (check.accepts(group, test) != valid) {
          differences.add(test.required("tcId").intValue());
        }
        ran++;
      }
    }
    assertThat(ran).isPositive();
    PublishedVectors.report(file, ran, ", " + differences.size() + " judged differently");
    return differences;
  }

  @Test
  void ed25519_isJudgedAsPublished() throws Exception {
    assertThat(differences("wycheproof_ed25519_test.json", WycheproofTest::verifies)).isEmpty();
  }

  private static boolean verifies(JsonNode group, JsonNode test) throws Exception {
    try {
      VerifyingKey key = VerifyingKey.of(bytes(group.required("publicKey"), "pk"));
      return Ed25519.verify(key, bytes(test, "msg"), bytes(test, "sig"));
    } catch (MalformedException refused) {
      return false;
    }
  }

  @Test
  void hmacSha256_isJudgedAsPublished() throws Exception {
    assertThat(differences("wycheproof_hmac_sha256_test.json", WycheproofTest::tagIs)).isEmpty();
  }

  private static boolean tagIs(JsonNode group, JsonNode test) throws Exception {
    byte[] expected = bytes(test, "tag");
    byte[] tag = Hmac.tag(Secret.take(bytes(test, "key")), bytes(test, "msg"));
    return Arrays.equals(Arrays.copyOf(tag, expected.length), expected);
  }

  @Test
  void hkdfSha256_isJudgedAsPublished() throws Exception {
    assertThat(differences("wycheproof_hkdf_sha256_test.json", WycheproofTest::outputIs)).isEmpty();
  }

  private static boolean outputIs(JsonNode group, JsonNode test) throws Exception {
    int sizeBytes = test.required("size").intValue();
    if (sizeBytes > Limits.HKDF_OUTPUT_BYTES_MAX) {
      return false;
    }
    Secret key = Hkdf.extract(bytes(test, "salt"), Secret.take(bytes(test, "ikm")));
    byte[] output = Hkdf.expand(key, bytes(test, "info"), sizeBytes).expose();
    return Arrays.equals(output, bytes(test, "okm"));
  }

  /**
   * Suite 1 has 32-byte keys and 12-byte nonces; valid vectors of other sizes are refused here by
   * the class, and those are all the differences.
   */
  @Test
  void aesGcm_isJudgedAsPublished_whereSuite1HasItsSizes() throws Exception {
    Set<Integer> otherSizes = new TreeSet<>();
    Set<Integer> differences =
        differences(
            "wycheproof_aes_gcm_test.json",
            (group, test) -> {
              if (group.required("keySize").intValue() == 8 * Aead.KEY_BYTES
                  && group.required("ivSize").intValue() == 8 * Aead.NONCE_BYTES) {
                return sealsAndOpens(test);
              }
              if (test.required("result").textValue().equals("valid")) {
                otherSizes.add(test.required("tcId").intValue());
              }
              return false;
            });
    assertThat(differences).isEqualTo(otherSizes);
  }

  private static boolean sealsAndOpens(JsonNode test) throws Exception {
    Secret key = Secret.take(bytes(test, "key"));
    byte[] nonce = bytes(test, "iv");
    byte[] aad = bytes(test, "aad");
    byte[] ciphertext = bytes(test, "ct");
    byte[] tag = bytes(test, "tag");
    byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
    System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
    try {
      return Arrays.equals(Aead.open(key, nonce, aad, sealed), bytes(test, "msg"))
          && Arrays.equals(Aead.seal(key, nonce, aad, bytes(test, "msg")), sealed);
    } catch (UndecryptableException refused) {
      return false;
    }
  }
}
