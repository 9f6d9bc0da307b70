package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class MergeVectorsTest {

  @Test
  void vectors_published_areWhatTheMergeGives() throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (InputStream file = getClass().getResourceAsStream("/vectors/merge-1.json")) {
      JsonNode published = json.readTree(file);

      assertThat(published).isEqualTo(json.readTree(MergeVectors.text()));
    }
  }

  @Test
  void stories_published_areWhatTheMergeGives() throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (InputStream file = getClass().getResourceAsStream("/vectors/merge-2.json")) {
      JsonNode published = json.readTree(file);

      assertThat(published).isEqualTo(json.readTree(MergeVectors.stories()));
    }
  }
}
