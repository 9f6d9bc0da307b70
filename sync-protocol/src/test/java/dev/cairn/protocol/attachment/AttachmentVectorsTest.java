package dev.cairn.protocol.attachment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted files that break one rule each. */
class AttachmentVectorsTest {

  static Stream<Arguments> refused() throws IOException {
    JsonNode file = PublishedVectors.own("attachment.json");
    return StreamSupport.stream(file.required("refused").spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void file_publishedAsBad_isRefused(String name, JsonNode vector) {
    assertThatThrownBy(() -> open(vector)).isInstanceOf(CairnException.class);
  }

  private static void open(JsonNode vector) throws CairnException {
    byte[] sealed = PublishedVectors.bytes(vector, "sealed");
    AttachmentOpener opener =
        AttachmentOpener.begin(
            Secret.take(PublishedVectors.bytes(vector, "key")),
            AttachmentId.of(PublishedVectors.bytes(vector, "id")),
            vector.required("size").longValue());
    opener.update(sealed, 0, sealed.length);
    opener.finish();
  }
}
