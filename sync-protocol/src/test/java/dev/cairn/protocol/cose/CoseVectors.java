package dev.cairn.protocol.cose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.VectorJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code cose.json}, which another program made first. */
public final class CoseVectors {

  private CoseVectors() {}

  public static ObjectNode make() {
    byte[] payload = "a payload of any kind".getBytes(StandardCharsets.US_ASCII);
    SigningKey seven = key(7);
    SigningKey eight = key(8);
    ObjectNode file = VectorJson.object();
    file.put(
        "source",
        "RFC 9052 in the form of the protocol, section 1; built with another CBOR writer and"
            + " another Ed25519");
    file.put("payload", Hex.encode(payload));
    CoseSign1 one = CoseSign1.sign(MessageType.CHANGE, payload, seven);
    file.putObject("sign1")
        .put("typ", "cairn/1/change")
        .put("seed", Hex.encode(seven.seed().expose()))
        .put("message", Hex.encode(one.encode()));
    CoseSign two = CoseSign.sign(MessageType.STATEMENT, payload, List.of(seven, eight));
    ObjectNode sign = file.putObject("sign").put("typ", "cairn/1/statement");
    sign.putArray("seeds")
        .add(Hex.encode(seven.seed().expose()))
        .add(Hex.encode(eight.seed().expose()));
    sign.put("message", Hex.encode(two.encode()));
    return file;
  }

  private static SigningKey key(int fill) {
    return SigningKey.of(Secret.take(VectorJson.filled(fill, 32)));
  }
}
