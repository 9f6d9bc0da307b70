package dev.cairn.protocol.suite;

import static dev.cairn.protocol.vectors.PublishedVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.TorsionSignature.Point;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {

  private static final byte[] MESSAGE = {1, 2, 3};

  private final SigningKey key = SigningKey.generate(new SeededRandomness(1));
  private final byte[] signature = key.sign(MESSAGE);

  static Stream<JsonNode> rfc8032() throws IOException {
    return StreamSupport.stream(
        PublishedVectors.own("ed25519-rfc8032.json").required("tests").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("rfc8032")
  void seed_ofRfc8032_givesItsPublicKey(JsonNode vector) throws Exception {
    SigningKey key = SigningKey.of(Secret.take(bytes(vector, "seed")));
    assertThat(key.verifyingKey().bytes()).isEqualTo(bytes(vector, "public"));
  }

  @ParameterizedTest
  @MethodSource("rfc8032")
  void message_ofRfc8032_isSignedAsThere(JsonNode vector) throws Exception {
    SigningKey key = SigningKey.of(Secret.take(bytes(vector, "seed")));
    assertThat(key.sign(bytes(vector, "message"))).isEqualTo(bytes(vector, "signature"));
  }

  @ParameterizedTest
  @MethodSource("rfc8032")
  void signature_ofRfc8032_verifies(JsonNode vector) throws Exception {
    VerifyingKey key = VerifyingKey.of(bytes(vector, "public"));
    assertThat(Ed25519.verify(key, bytes(vector, "message"), bytes(vector, "signature"))).isTrue();
  }

  @Test
  void cofactoredSignature_isAcceptedByPlainBouncyCastle() throws Exception {
    JsonNode vector = PublishedVectors.own("ed25519-cofactored.json");
    Ed25519Signer plain = new Ed25519Signer();
    plain.init(false, new Ed25519PublicKeyParameters(bytes(vector, "public"), 0));
    byte[] message = bytes(vector, "message");
    plain.update(message, 0, message.length);
    assertThat(plain.verifySignature(bytes(vector, "signature"))).isTrue();
  }

  @Test
  void cofactoredSignature_isRefused() throws Exception {
    JsonNode vector = PublishedVectors.own("ed25519-cofactored.json");
    VerifyingKey key = VerifyingKey.of(bytes(vector, "public"));
    assertThat(Ed25519.verify(key, bytes(vector, "message"), bytes(vector, "signature"))).isFalse();
  }

  @Test
  void cofactoredSignature_asCommitted_isWhatItsConstructionGives() throws Exception {
    JsonNode vector = PublishedVectors.own("ed25519-cofactored.json");
    byte[] made =
        TorsionSignature.sign(
            bytes(vector, "seed"),
            bytes(vector, "message"),
            BigInteger.valueOf(vector.required("nonce").intValue()));
    assertThat(Hex.encode(made)).isEqualTo(vector.required("signature").textValue());
  }

  @Test
  void signature_withAnAppendedZero_isRefused() {
    assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
  }

  @Test
  void signature_cutShort_isRefused() {
    assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
  }

  @Test
  void signature_withSAboveTheOrder_isRefused() {
    byte[] shifted = signature.clone();
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(TorsionSignature.L);
    System.arraycopy(TorsionSignature.littleEndian(s), 0, shifted, 32, 32);
    assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, shifted)).isFalse();
  }

  @Test
  void signature_withAnyBitFlipped_isRefused() {
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, flipped)).isFalse();
    }
  }

  @Test
  void signature_ofAnotherMessageOrKey_isRefused() {
    VerifyingKey other = SigningKey.generate(new SeededRandomness(2)).verifyingKey();
    assertThat(Ed25519.verify(key.verifyingKey(), new byte[] {1, 2, 4}, signature)).isFalse();
    assertThat(Ed25519.verify(other, MESSAGE, signature)).isFalse();
    assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, signature)).isTrue();
  }

  static List<byte[]> pointsOfSmallOrder() {
    List<byte[]> encodings = new ArrayList<>();
    Point torsion = TorsionSignature.ofOrderEight();
    for (int i = 0; i < 8; i++) {
      encodings.add(torsion.times(BigInteger.valueOf(i)).encode());
    }
    return encodings;
  }

  @ParameterizedTest
  @MethodSource("pointsOfSmallOrder")
  void publicKey_ofSmallOrder_isRefused(byte[] point) {
    assertThatThrownBy(() -> VerifyingKey.of(point)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @MethodSource("pointsOfSmallOrder")
  void signature_whoseRIsOfSmallOrder_isRefused(byte[] point) {
    byte[] forged = signature.clone();
    System.arraycopy(point, 0, forged, 0, 32);
    assertThat(Ed25519.verify(key.verifyingKey(), MESSAGE, forged)).isFalse();
  }

  @Test
  void publicKey_ofMixedOrder_isRefused() throws Exception {
    byte[] mixed = TorsionSignature.mixedOrderKey(key.seed().expose());
    assertThatThrownBy(() -> VerifyingKey.of(mixed)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // y = p, the second spelling of 0; y = p + 1, of 1; x = 0 with the sign bit set.
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // y = 2 belongs to no point.
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void publicKey_noCanonicalPoint_isRefused(String hex) throws Exception {
    byte[] encoding = Hex.decode(hex);
    assertThatThrownBy(() -> VerifyingKey.of(encoding)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 33})
  void publicKey_ofAnotherLength_isRefused(int length) {
    byte[] bytes = Arrays.copyOf(key.verifyingKey().bytes(), length);
    assertThatThrownBy(() -> VerifyingKey.of(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void publicKey_ofPrimeOrder_isAcceptedAndEqual() throws Exception {
    assertThat(VerifyingKey.of(key.verifyingKey().bytes()))
        .isEqualTo(key.verifyingKey())
        .hasSameHashCodeAs(key.verifyingKey());
  }

  @Test
  void signingKey_wiped_signsNoMore() {
    key.wipe();
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void signingKey_printed_hidesItsSeed() {
    assertThat(key.toString()).doesNotContain(Hex.encode(key.seed().expose()));
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 33})
  void seed_ofAnotherLength_stops(int length) {
    Secret seed = Secret.take(new byte[length]);
    assertThatThrownBy(() -> SigningKey.of(seed)).isInstanceOf(IllegalArgumentException.class);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
