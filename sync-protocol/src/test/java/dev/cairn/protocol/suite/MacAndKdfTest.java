package dev.cairn.protocol.suite;

import static dev.cairn.protocol.vectors.PublishedVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAndKdfTest {

  private static final Secret KEY = Secret.take(new byte[32]);

  static Stream<JsonNode> rfc4231() throws IOException {
    return tests("hmac-rfc4231.json");
  }

  static Stream<JsonNode> rfc5869() throws IOException {
    return tests("hkdf-rfc5869.json");
  }

  private static Stream<JsonNode> tests(String file) throws IOException {
    return StreamSupport.stream(PublishedVectors.own(file).required("tests").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("rfc4231")
  void hmac_ofRfc4231_isAsThere(JsonNode vector) throws Exception {
    byte[] expected = bytes(vector, "tag");
    byte[] tag = Hmac.tag(Secret.take(bytes(vector, "key")), bytes(vector, "message"));
    assertThat(tag).hasSize(Hmac.SIZE_BYTES);
    assertThat(Arrays.copyOf(tag, expected.length)).isEqualTo(expected);
  }

  @Test
  void hmac_ofParts_isThatOfTheWhole() {
    assertThat(Hmac.tag(KEY, new byte[] {1, 2}, new byte[0], new byte[] {3}))
        .isEqualTo(Hmac.tag(KEY, new byte[] {1, 2, 3}));
  }

  @Test
  void hmac_asSecret_isTheSameCode() {
    assertThat(Hmac.derive(KEY, new byte[] {1}).expose()).isEqualTo(Hmac.tag(KEY, new byte[] {1}));
  }

  @ParameterizedTest
  @MethodSource("rfc5869")
  void extract_ofRfc5869_isAsThere(JsonNode vector) throws Exception {
    Secret key = Hkdf.extract(bytes(vector, "salt"), Secret.take(bytes(vector, "inputKey")));
    assertThat(key.expose()).isEqualTo(bytes(vector, "pseudorandomKey"));
  }

  @ParameterizedTest
  @MethodSource("rfc5869")
  void expand_ofRfc5869_isAsThere(JsonNode vector) throws Exception {
    byte[] expected = bytes(vector, "output");
    Secret key = Secret.take(bytes(vector, "pseudorandomKey"));
    assertThat(Hkdf.expand(key, bytes(vector, "info"), expected.length).expose())
        .isEqualTo(expected);
  }

  @Test
  void derive_isExtractThenExpand() {
    Secret expected = Hkdf.expand(Hkdf.extract(new byte[] {9}, KEY), "label", 50);
    assertThat(Hkdf.derive(KEY, new byte[] {9}, "label", 50)).isEqualTo(expected);
  }

  @Test
  void expand_toTheLargestOutput_isGiven() {
    assertThat(Hkdf.expand(KEY, "x", Limits.HKDF_OUTPUT_BYTES_MAX).sizeBytes()).isEqualTo(8160);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, Limits.HKDF_OUTPUT_BYTES_MAX + 1})
  void expand_beyondItsBounds_stops(int sizeBytes) {
    assertThatThrownBy(() -> Hkdf.expand(KEY, "x", sizeBytes))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
