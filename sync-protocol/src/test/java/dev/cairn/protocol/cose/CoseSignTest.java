package dev.cairn.protocol.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoseSignTest {

  private static final byte[] PAYLOAD = {1, 2, 3};
  private static final MessageType TYPE = MessageType.STATEMENT;

  /** {16: "cairn/1/statement"}. */
  private static final String BODY_HEADER = "a11071636169726e2f312f73746174656d656e74";

  private final List<SigningKey> keys = keys(Limits.COSE_SIGNERS_MAX + 1);

  /** So many keys, ascending. */
  private static List<SigningKey> keys(int count) {
    SeededRandomness randomness = new SeededRandomness(1);
    List<SigningKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(SigningKey.generate(randomness));
    }
    keys.sort((left, right) -> id(left).compareTo(id(right)));
    return keys;
  }

  private static DeviceId id(SigningKey key) {
    return DeviceId.of(key.verifyingKey().bytes());
  }

  private CoseSign signedBy(int count) {
    return CoseSign.sign(TYPE, PAYLOAD, keys.subList(0, count));
  }

  @Test
  void bytesToBeSigned_areTheSigStructureOfRfc9052() {
    DeviceId signer = id(keys.get(0));
    assertThat(Hex.encode(CoseSign.toBeSigned(TYPE, PAYLOAD, signer)))
        .isEqualTo(
            "85"
                + "695369676e6174757265"
                + "54"
                + BODY_HEADER
                + "5826a20127045820"
                + signer
                + "51636169726e2f312f73746174656d656e74"
                + "43010203");
  }

  @Test
  void message_ofOneSigner_isEncodedAsInTheProtocol() {
    byte[] signature = keys.get(0).sign(CoseSign.toBeSigned(TYPE, PAYLOAD, id(keys.get(0))));
    assertThat(Hex.encode(signedBy(1).encode()))
        .isEqualTo(
            "8454"
                + BODY_HEADER
                + "a04301020381835826a20127045820"
                + id(keys.get(0))
                + "a05840"
                + Hex.encode(signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, Limits.COSE_SIGNERS_MAX})
  void message_ofAsManySignersAsAllowed_isReadBackAndVerifies(int count) throws Exception {
    CoseSign decoded = CoseSign.decode(TYPE, signedBy(count).encode());
    assertThat(decoded).isEqualTo(signedBy(count)).hasSameHashCodeAs(signedBy(count));
    assertThat(decoded.signers()).hasSize(count);
    assertThat(decoded.verifies()).isTrue();
  }

  @Test
  void message_ofKeysInAnyOrder_isTheSame() {
    List<SigningKey> shuffled = new ArrayList<>(keys.subList(0, 3));
    Collections.reverse(shuffled);
    assertThat(CoseSign.sign(TYPE, PAYLOAD, shuffled)).isEqualTo(signedBy(3));
  }

  @Test
  void signing_byNobodyTooManyOrOneTwice_stops() {
    assertThatThrownBy(() -> CoseSign.sign(TYPE, PAYLOAD, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CoseSign.sign(TYPE, PAYLOAD, keys))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CoseSign.sign(TYPE, PAYLOAD, List.of(keys.get(0), keys.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Limits.COSE_SIGNERS_MAX + 1})
  void message_ofNoneOrTooManySigners_isRefused(int count) {
    assertRefused(encoding(keys.subList(0, count)));
  }

  @Test
  void signers_outOfOrderOrRepeated_areRefused() {
    assertRefused(encoding(List.of(keys.get(1), keys.get(0))));
    assertRefused(encoding(List.of(keys.get(0), keys.get(0))));
    assertThat(encoding(List.of(keys.get(0), keys.get(1)))).isEqualTo(signedBy(2).encode());
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> CoseSign.decode(TYPE, bytes)).isInstanceOf(MalformedException.class);
  }

  /** What a writer without our checks would write. */
  private static byte[] encoding(List<SigningKey> signers) {
    CborWriter writer =
        new CborWriter()
            .array(4)
            .bytes(Headers.body(TYPE))
            .map(0)
            .bytes(PAYLOAD)
            .array(signers.size());
    for (SigningKey key : signers) {
      writer
          .array(3)
          .bytes(Headers.signer(id(key).bytes()))
          .map(0)
          .bytes(key.sign(CoseSign.toBeSigned(TYPE, PAYLOAD, id(key))));
    }
    return writer.toBytes();
  }

  @Test
  void encoding_withAnyByteAltered_isRefusedOrDoesNotVerify() {
    byte[] encoding = signedBy(2).encode();
    for (int i = 0; i < encoding.length; i++) {
      byte[] altered = encoding.clone();
      altered[i] ^= 1;
      assertThat(acceptsAndVerifies(altered)).as("byte %d", i).isFalse();
    }
  }

  @Test
  void encoding_cutOrExtended_isRefused() {
    byte[] encoding = signedBy(1).encode();
    for (int length = 0; length <= encoding.length + 1; length++) {
      assertThat(acceptsAndVerifies(Arrays.copyOf(encoding, length)))
          .isEqualTo(length == encoding.length);
    }
  }

  private static boolean acceptsAndVerifies(byte[] bytes) {
    try {
      return CoseSign.decode(TYPE, bytes).verifies();
    } catch (MalformedException refused) {
      return false;
    }
  }

  @Test
  void message_ofAnotherType_isRefused() {
    assertRefused(CoseSign.sign(MessageType.CHANGE, PAYLOAD, keys.subList(0, 1)).encode());
  }

  @Test
  void signature_ofOneSigner_isWorthNothingUnderAnothersName() throws Exception {
    byte[] signature = keys.get(0).sign(CoseSign.toBeSigned(TYPE, PAYLOAD, id(keys.get(0))));
    byte[] bytes =
        new CborWriter()
            .array(4)
            .bytes(Headers.body(TYPE))
            .map(0)
            .bytes(PAYLOAD)
            .array(1)
            .array(3)
            .bytes(Headers.signer(id(keys.get(1)).bytes()))
            .map(0)
            .bytes(signature)
            .toBytes();
    assertThat(CoseSign.decode(TYPE, bytes).verifies()).isFalse();
  }

  @Test
  void signer_whoseKeyIsNoPointOfPrimeOrder_doesNotVerify() throws Exception {
    byte[] bytes = signedBy(1).encode();
    String identity = "01" + "00".repeat(31);
    String replaced = Hex.encode(bytes).replace(id(keys.get(0)).toString(), identity);
    assertThat(CoseSign.decode(TYPE, Hex.decode(replaced)).verifies()).isFalse();
  }
}
