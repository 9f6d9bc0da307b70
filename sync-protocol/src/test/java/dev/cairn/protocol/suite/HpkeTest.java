package dev.cairn.protocol.suite;

import static dev.cairn.protocol.vectors.PublishedVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpkeTest {

  private static final byte[] INFO = {1};
  private static final byte[] AAD = {2};
  private static final byte[] PLAINTEXT = {3, 4, 5};

  private final Randomness randomness = new SeededRandomness(1);
  private final EncryptionKey key = EncryptionKey.generate(randomness);
  private final HpkeSealed sealed = Hpke.seal(key.publicKey(), INFO, AAD, PLAINTEXT, randomness);

  @Test
  void message_sealed_opensAgain() throws Exception {
    assertThat(Hpke.open(key, INFO, AAD, sealed)).isEqualTo(PLAINTEXT);
  }

  @Test
  void message_sealedTwice_hasNothingInCommon() {
    HpkeSealed again = Hpke.seal(key.publicKey(), INFO, AAD, PLAINTEXT, randomness);
    assertThat(again.enc()).isNotEqualTo(sealed.enc());
    assertThat(again.ciphertext()).isNotEqualTo(sealed.ciphertext());
  }

  @Test
  void message_sealedWithTheSameRandomness_isTheSame() {
    Randomness zeros = bytes -> Arrays.fill(bytes, (byte) 0);
    assertThat(Hpke.seal(key.publicKey(), INFO, AAD, PLAINTEXT, zeros))
        .isEqualTo(Hpke.seal(key.publicKey(), INFO, AAD, PLAINTEXT, zeros));
  }

  @Test
  void sizes_areThoseOfTheProtocol() {
    assertThat(sealed.enc()).hasSize(1120);
    assertThat(sealed.joined()).hasSize(HpkeSealed.OVERHEAD_BYTES + PLAINTEXT.length);
    assertThat(key.publicKey().bytes()).hasSize(1216);
  }

  @Test
  void parts_joined_comeApartAgain() throws Exception {
    assertThat(HpkeSealed.ofJoined(sealed.joined())).isEqualTo(sealed);
    assertThat(HpkeSealed.of(sealed.enc(), sealed.ciphertext())).isEqualTo(sealed);
  }

  @Test
  void message_forAnotherKeyPurposeOrContext_doesNotOpen() {
    assertUndecryptable(EncryptionKey.generate(randomness), INFO, AAD, sealed);
    assertUndecryptable(key, new byte[] {9}, AAD, sealed);
    assertUndecryptable(key, INFO, new byte[] {9}, sealed);
  }

  @Test
  void message_withAnyPartAltered_doesNotOpen() throws Exception {
    byte[] joined = sealed.joined();
    for (int i = 0; i < joined.length; i += i < HpkeSealed.ENC_BYTES - 40 ? 97 : 1) {
      byte[] altered = joined.clone();
      altered[i] ^= 1;
      assertUndecryptable(key, INFO, AAD, HpkeSealed.ofJoined(altered));
    }
  }

  @Test
  void encapsulatedKey_whoseX25519HalfIsOfSmallOrder_doesNotOpen() throws Exception {
    byte[] enc = sealed.enc();
    Arrays.fill(enc, 1088, 1120, (byte) 0);
    assertUndecryptable(key, INFO, AAD, HpkeSealed.of(enc, sealed.ciphertext()));
  }

  private static void assertUndecryptable(
      EncryptionKey key, byte[] info, byte[] aad, HpkeSealed sealed) {
    assertThatThrownBy(() -> Hpke.open(key, info, aad, sealed))
        .isExactlyInstanceOf(UndecryptableException.class)
        .hasNoCause();
  }

  @Test
  void parts_tooShort_areRefused() {
    assertThatThrownBy(() -> HpkeSealed.of(new byte[1119], new byte[16]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HpkeSealed.of(new byte[1120], new byte[15]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HpkeSealed.ofJoined(new byte[1135]))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1215, 1217})
  void publicKey_ofAnotherLength_isRefused(int length) {
    byte[] bytes = Arrays.copyOf(key.publicKey().bytes(), length);
    assertThatThrownBy(() -> EncryptionPublicKey.of(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void publicKey_withAnUnreducedCoefficient_isRefused() {
    byte[] bytes = key.publicKey().bytes();
    bytes[0] = (byte) 0xff;
    bytes[1] |= 0x0f;
    assertThatThrownBy(() -> EncryptionPublicKey.of(bytes))
        .hasMessage("encryption key holds an unreduced ML-KEM key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7"
      })
  void publicKey_whoseX25519HalfIsOfSmallOrder_isRefused(String half) throws Exception {
    byte[] bytes = key.publicKey().bytes();
    System.arraycopy(Hex.decode(half), 0, bytes, 1184, 32);
    assertThat(agrees(bytes)).isFalse();
    assertThatThrownBy(() -> EncryptionPublicKey.of(bytes))
        .hasMessage("encryption key holds an X25519 point of small order");
  }

  /** Beside the refused, from 2 to 51 and from p - 52 to p + 18, and anywhere. */
  @Test
  void publicKey_whoseX25519HalfIsAnyOther_isTaken() throws Exception {
    byte[] bytes = key.publicKey().bytes();
    for (byte[] half : otherHalves()) {
      System.arraycopy(half, 0, bytes, 1184, 32);
      assertThat(agrees(bytes)).as(Hex.encode(half)).isTrue();
      assertThat(EncryptionPublicKey.of(bytes).bytes()).isEqualTo(bytes);
    }
  }

  private List<byte[]> otherHalves() {
    List<byte[]> halves = new ArrayList<>();
    for (int i = 2; i < 52; i++) {
      byte[] low = new byte[32];
      low[0] = (byte) i;
      halves.add(low);
    }
    for (int i = 0xed - 52; i <= 0xff; i++) {
      byte[] high = new byte[32];
      Arrays.fill(high, (byte) 0xff);
      high[0] = (byte) i;
      high[31] = 0x7f;
      if (i < 0xec || i > 0xee) {
        halves.add(high);
      }
    }
    for (int i = 0; i < 100; i++) {
      halves.add(randomness.bytes(32));
    }
    return halves;
  }

  /** Whether agreeing with the X25519 half gives anything but nothing: the check by its meaning. */
  private static boolean agrees(byte[] key) {
    return X25519.calculateAgreement(new byte[32], 0, key, 1184, new byte[32], 0);
  }

  @Test
  void key_fromItsSeed_isTheSame() {
    EncryptionKey again = EncryptionKey.of(Secret.copyOf(key.seed().expose()));
    assertThat(again.publicKey()).isEqualTo(key.publicKey()).hasSameHashCodeAs(key.publicKey());
  }

  @Test
  void key_printed_hidesItsSeed() {
    assertThat(key.toString()).doesNotContain(Hex.encode(key.seed().expose()));
  }

  @Test
  void key_wiped_opensNoMore() {
    key.wipe();
    assertThatThrownBy(() -> Hpke.open(key, INFO, AAD, sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  /** The published X-Wing vector; its AEAD is ChaCha20-Poly1305. */
  @Test
  void publishedVector_opensAndSealsAsThere() throws Exception {
    JsonNode vector = publishedXWing();
    EncryptionKey recipient = EncryptionKey.of(Secret.take(bytes(vector, "skRm")));
    assertThat(recipient.publicKey().bytes()).isEqualTo(bytes(vector, "pkRm"));
    JsonNode first = vector.required("encryptions").required(0);
    HpkeSealed published = HpkeSealed.of(bytes(vector, "enc"), bytes(first, "ct"));
    byte[] plaintext =
        Hpke.open(
            HPKE.aead_CHACHA20_POLY1305,
            recipient,
            bytes(vector, "info"),
            bytes(first, "aad"),
            published);
    assertThat(plaintext).isEqualTo(bytes(first, "pt"));
    byte[] encapsulationRandom = bytes(vector, "ikmE");
    HpkeSealed made =
        Hpke.seal(
            HPKE.aead_CHACHA20_POLY1305,
            recipient.publicKey(),
            bytes(vector, "info"),
            bytes(first, "aad"),
            plaintext,
            bytes -> System.arraycopy(encapsulationRandom, 0, bytes, 0, bytes.length));
    assertThat(made).isEqualTo(published);
    PublishedVectors.report("hpke_pq_test-vectors.json", 1, " (kem 0x647a, kdf 1, aead 3)");
  }

  /**
   * No vector is published for X-Wing with AES-256-GCM; the key schedule of RFC 9180 section 5.1,
   * written here by hand over the published shared secret, stands in for one.
   */
  @Test
  void publishedEncapsulation_withTheAeadOfSuite1_opensWhatTheKeyScheduleSeals() throws Exception {
    JsonNode vector = publishedXWing();
    byte[] suite = Hex.decode("48504b45647a00010002");
    byte[] info = bytes(vector, "info");
    byte[] context =
        joined(
            new byte[] {0},
            labelledExtract(suite, new byte[0], "psk_id_hash", new byte[0]).expose(),
            labelledExtract(suite, new byte[0], "info_hash", info).expose());
    Secret secret = labelledExtract(suite, bytes(vector, "shared_secret"), "secret", new byte[0]);
    Secret aeadKey = labelledExpand(suite, secret, "key", context, 32);
    byte[] nonce = labelledExpand(suite, secret, "base_nonce", context, 12).expose();
    byte[] ciphertext = Aead.seal(aeadKey, nonce, AAD, PLAINTEXT);

    EncryptionKey recipient = EncryptionKey.of(Secret.take(bytes(vector, "skRm")));
    HpkeSealed built = HpkeSealed.of(bytes(vector, "enc"), ciphertext);
    assertThat(Hpke.open(recipient, info, AAD, built)).isEqualTo(PLAINTEXT);
  }

  private static JsonNode publishedXWing() throws Exception {
    for (JsonNode vector : PublishedVectors.published("hpke_pq_test-vectors.json")) {
      if (vector.required("kem_id").intValue() == 0x647a
          && vector.required("kdf_id").intValue() == 1
          && vector.required("aead_id").intValue() == 3) {
        return vector;
      }
    }
    throw new AssertionError("the file lacks X-Wing with HKDF-SHA256");
  }

  private static Secret labelledExtract(byte[] suite, byte[] salt, String label, byte[] inputKey) {
    byte[] labelled = joined(ascii("HPKE-v1"), suite, ascii(label), inputKey);
    return Hkdf.extract(salt, Secret.take(labelled));
  }

  private static Secret labelledExpand(
      byte[] suite, Secret key, String label, byte[] info, int sizeBytes) {
    byte[] size = {(byte) (sizeBytes >> 8), (byte) sizeBytes};
    return Hkdf.expand(key, joined(size, ascii("HPKE-v1"), suite, ascii(label), info), sizeBytes);
  }

  private static byte[] ascii(String text) {
    return Sha256.ascii(text);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }
}
