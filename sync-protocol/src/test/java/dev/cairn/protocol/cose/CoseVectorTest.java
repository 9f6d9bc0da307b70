package dev.cairn.protocol.cose;

import static dev.cairn.protocol.vectors.PublishedVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that another program made, with another CBOR writer and another Ed25519. */
class CoseVectorTest {

  @Test
  void sign1_ofTheVector_isMadeAndReadAlike() throws Exception {
    JsonNode file = PublishedVectors.own("cose.json");
    JsonNode vector = file.required("sign1");
    SigningKey key = SigningKey.of(Secret.take(bytes(vector, "seed")));
    CoseSign1 made = CoseSign1.sign(MessageType.CHANGE, bytes(file, "payload"), key);
    assertThat(made.encode()).isEqualTo(bytes(vector, "message"));
    assertThat(CoseSign1.decode(MessageType.CHANGE, bytes(vector, "message"))).isEqualTo(made);
  }

  @Test
  void sign_ofTheVector_isMadeAndReadAlike() throws Exception {
    JsonNode file = PublishedVectors.own("cose.json");
    JsonNode vector = file.required("sign");
    List<SigningKey> keys = new ArrayList<>();
    for (JsonNode seed : vector.required("seeds")) {
      keys.add(SigningKey.of(Secret.take(Hex.decode(seed.textValue()))));
    }
    CoseSign made = CoseSign.sign(MessageType.STATEMENT, bytes(file, "payload"), keys);
    assertThat(made.encode()).isEqualTo(bytes(vector, "message"));
    assertThat(CoseSign.decode(MessageType.STATEMENT, bytes(vector, "message"))).isEqualTo(made);
  }
}
