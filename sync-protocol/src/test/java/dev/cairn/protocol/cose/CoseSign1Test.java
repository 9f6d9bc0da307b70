package dev.cairn.protocol.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CoseSign1Test {

  private static final byte[] PAYLOAD = {1, 2, 3};

  /** {1: -8, 16: "cairn/1/change"}, as the protocol's document spells it. */
  private static final String HEADER = "a20127106e636169726e2f312f6368616e6765";

  private final SigningKey key = SigningKey.generate(new SeededRandomness(1));
  private final CoseSign1 message = CoseSign1.sign(MessageType.CHANGE, PAYLOAD, key);

  @Test
  void bytesToBeSigned_areTheSigStructureOfRfc9052() {
    assertThat(Hex.encode(CoseSign1.toBeSigned(MessageType.CHANGE, PAYLOAD)))
        .isEqualTo(
            "84"
                + "6a5369676e617475726531"
                + "53"
                + HEADER
                + "4e636169726e2f312f6368616e6765"
                + "43010203");
  }

  @Test
  void message_encoded_isTheFourArray() {
    assertThat(Hex.encode(message.encode()))
        .isEqualTo("8453" + HEADER + "a0" + "43010203" + "5840" + Hex.encode(message.signature()));
  }

  @Test
  void message_signed_verifies() {
    assertThat(message.verifies(key.verifyingKey())).isTrue();
  }

  @Test
  void message_decoded_isEqualAndVerifies() throws Exception {
    CoseSign1 decoded = CoseSign1.decode(MessageType.CHANGE, message.encode());
    assertThat(decoded).isEqualTo(message).hasSameHashCodeAs(message);
    assertThat(decoded.verifies(key.verifyingKey())).isTrue();
  }

  @Test
  void message_putTogetherFromItsParts_isEqual() {
    assertThat(CoseSign1.of(MessageType.CHANGE, message.payload(), message.signature()))
        .isEqualTo(message);
  }

  @Test
  void signature_underAnotherTypeKeyOrPayload_doesNotHold() {
    byte[] signature = message.signature();
    SigningKey other = SigningKey.generate(new SeededRandomness(2));
    assertThat(CoseSign1.holds(MessageType.STATEMENT, PAYLOAD, signature, key.verifyingKey()))
        .isFalse();
    assertThat(message.verifies(other.verifyingKey())).isFalse();
    assertThat(CoseSign1.holds(MessageType.CHANGE, new byte[] {9}, signature, key.verifyingKey()))
        .isFalse();
    assertThat(CoseSign1.holds(MessageType.CHANGE, PAYLOAD, signature, key.verifyingKey()))
        .isTrue();
  }

  @Test
  void signature_overThePayloadAlone_doesNotHold() {
    assertThat(CoseSign1.holds(MessageType.CHANGE, PAYLOAD, key.sign(PAYLOAD), key.verifyingKey()))
        .isFalse();
  }

  @Test
  void message_ofAnotherType_isRefused() {
    byte[] statement = CoseSign1.sign(MessageType.STATEMENT, PAYLOAD, key).encode();
    assertThatThrownBy(() -> CoseSign1.decode(MessageType.CHANGE, statement))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void encoding_withAnyByteAltered_isRefusedOrDoesNotVerify() {
    byte[] encoding = message.encode();
    for (int i = 0; i < encoding.length; i++) {
      byte[] altered = encoding.clone();
      altered[i] ^= 1;
      assertThat(acceptsAndVerifies(altered)).as("byte %d", i).isFalse();
    }
  }

  @Test
  void encoding_cutOrExtended_isRefused() {
    byte[] encoding = message.encode();
    for (int length = 0; length <= encoding.length + 1; length++) {
      assertThat(acceptsAndVerifies(Arrays.copyOf(encoding, length)))
          .isEqualTo(length == encoding.length);
    }
  }

  private boolean acceptsAndVerifies(byte[] bytes) {
    try {
      return CoseSign1.decode(MessageType.CHANGE, bytes).verifies(key.verifyingKey());
    } catch (MalformedException refused) {
      return false;
    }
  }

  @Test
  void unprotectedHeader_withAnythingInIt_isRefused() throws Exception {
    byte[] bytes =
        new CborWriter()
            .array(4)
            .bytes(Hex.decode(HEADER))
            .map(1)
            .uint(4)
            .bytes(new byte[1])
            .bytes(PAYLOAD)
            .bytes(message.signature())
            .toBytes();
    assertThatThrownBy(() -> CoseSign1.decode(MessageType.CHANGE, bytes))
        .hasMessage("map longer than 0 at byte 21");
  }

  @Test
  void tag18_isRefused() throws Exception {
    byte[] tagged = Hex.decode("d2" + Hex.encode(message.encode()));
    assertThatThrownBy(() -> CoseSign1.decode(MessageType.CHANGE, tagged))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void signature_ofAnotherLength_isRefused() throws Exception {
    byte[] bytes =
        new CborWriter()
            .array(4)
            .bytes(Hex.decode(HEADER))
            .map(0)
            .bytes(PAYLOAD)
            .bytes(Arrays.copyOf(message.signature(), 65))
            .toBytes();
    assertThatThrownBy(() -> CoseSign1.decode(MessageType.CHANGE, bytes))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CoseSign1.of(MessageType.CHANGE, PAYLOAD, new byte[65]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
