package dev.cairn.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that were signed as the protocol asks, and otherwise. */
class RequestVectorsTest {

  static Stream<Arguments> requests() throws IOException {
    return StreamSupport.stream(file().required("cases").spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  static Stream<Arguments> good() throws IOException {
    return requests().filter(arguments -> holds((JsonNode) arguments.get()[1]));
  }

  private static JsonNode file() throws IOException {
    return PublishedVectors.own("request-1.json");
  }

  private static boolean holds(JsonNode vector) {
    return vector.required("holds").booleanValue();
  }

  private static String text(JsonNode vector, String name) {
    return vector.required(name).textValue();
  }

  private static RequestTarget target(JsonNode vector) {
    return RequestTarget.of(text(vector, "method"), text(vector, "target"));
  }

  private static Optional<String> digest(JsonNode vector) {
    return Optional.ofNullable(vector.path("contentDigest").textValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void request_published_isTakenOrRefused(String name, JsonNode vector) throws Exception {
    assertThat(isTaken(vector)).isEqualTo(holds(vector));
  }

  private static boolean isTaken(JsonNode vector) throws Exception {
    RequestSignature signature;
    try {
      signature = RequestSignature.parse(text(vector, "signatureInput"), text(vector, "signature"));
    } catch (MalformedException refused) {
      return false;
    }
    Optional<String> digest = digest(vector);
    if (!signature.verifies(target(vector), digest)) {
      return false;
    }
    return !vector.has("body")
        || (signature.coversBody()
            && ContentDigest.matches(digest.orElseThrow(), PublishedVectors.bytes(vector, "body")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void request_signedAgain_hasTheHeadersOfTheVector(String name, JsonNode vector) throws Exception {
    RequestSignature read =
        RequestSignature.parse(text(vector, "signatureInput"), text(vector, "signature"));
    byte[] seed = Hex.decode(text(file().required("seeds"), read.device().toString()));
    SigningKey key = SigningKey.of(Secret.take(seed));
    RequestSignature made =
        digest(vector).isPresent()
            ? RequestSignature.sign(key, target(vector), read.nonce(), digest(vector).get())
            : RequestSignature.sign(key, target(vector), read.nonce());

    assertThat(made.inputHeader()).isEqualTo(text(vector, "signatureInput"));
    assertThat(made.signatureHeader()).isEqualTo(text(vector, "signature"));
  }
}
