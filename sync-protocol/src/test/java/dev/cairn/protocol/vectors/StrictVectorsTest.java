package dev.cairn.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.VerifyingKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that break one rule each, and their neighbours that hold: a lax reader is found out. */
class StrictVectorsTest {

  static Stream<Arguments> items() throws IOException {
    return cases(PublishedVectors.own("cbor-1.json"));
  }

  static Stream<Arguments> signatures() throws IOException {
    return cases(PublishedVectors.own("ed25519-strict.json").required("tests"));
  }

  static Stream<Arguments> bodies() throws IOException {
    return cases(PublishedVectors.own("body-1.json"));
  }

  private static Stream<Arguments> cases(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("items")
  void item_published_isReadOrRefused(String name, JsonNode vector) throws Exception {
    assertThat(isItem(PublishedVectors.bytes(vector, "bytes"))).isEqualTo(holds(vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signatures")
  void signature_published_isTakenOrRefused(String name, JsonNode vector) throws Exception {
    assertThat(verifies(vector)).isEqualTo(holds(vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void body_published_isReadOrRefused(String name, JsonNode vector) throws Exception {
    assertThat(unknown(PublishedVectors.bytes(vector, "padded"))).isEqualTo(wanted(vector));
  }

  private static boolean holds(JsonNode vector) {
    return vector.required("holds").booleanValue();
  }

  private static boolean isItem(byte[] bytes) {
    try {
      CborReader reader = CborReader.of(bytes);
      reader.rawItem();
      reader.end();
      return true;
    } catch (MalformedException refused) {
      return false;
    }
  }

  private static boolean verifies(JsonNode vector) throws Exception {
    VerifyingKey key;
    try {
      key = VerifyingKey.of(PublishedVectors.bytes(vector, "public"));
    } catch (MalformedException refused) {
      return false;
    }
    return Ed25519.verify(
        key,
        PublishedVectors.bytes(vector, "message"),
        PublishedVectors.bytes(vector, "signature"));
  }

  /** The places of unknown operations; empty if the body is refused. */
  private static Optional<List<Integer>> unknown(byte[] padded) {
    List<Operation> operations;
    try {
      operations = Body.decode(BodyEnvelope.unpack(padded)).operations();
    } catch (CairnException refused) {
      return Optional.empty();
    }
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < operations.size(); place++) {
      if (operations.get(place) instanceof Operation.Unknown) {
        places.add(place);
      }
    }
    return Optional.of(places);
  }

  private static Optional<List<Integer>> wanted(JsonNode vector) {
    if (!holds(vector)) {
      return Optional.empty();
    }
    List<Integer> places = new ArrayList<>();
    vector.required("unknown").forEach(place -> places.add(place.intValue()));
    return Optional.of(places);
  }
}
