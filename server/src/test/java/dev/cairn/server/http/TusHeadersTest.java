package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.AttachmentId;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TusHeadersTest {

  private static final String ID = Base64.getEncoder().encodeToString(new byte[32]);

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "262144", "999999999999999999"})
  void number_asItIsSpelt_isRead(String text) {
    assertThat(TusHeaders.number(text)).hasValue(Long.parseLong(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+7", "-0", "-1", "007", " 7", "7 ", "0x7", "1000000000000000000"})
  void number_speltOtherwise_isNone(String text) {
    assertThat(TusHeaders.number(text)).isEmpty();
  }

  @Test
  void number_withoutAHeader_isNone() {
    assertThat(TusHeaders.number(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id %s", "filename eA==,id %s", "id %s,is_confidential", " id  %s "})
  void metadata_withAnId_namesAnAttachment(String text) {
    assertThat(TusHeaders.attachment(String.format(text, ID)))
        .contains(AttachmentId.of(new byte[32]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "id", "id !", "id AAAA", "identity %s", "ID %s"})
  void metadata_withoutAnId_namesNone(String text) {
    assertThat(TusHeaders.attachment(String.format(text, ID))).isEmpty();
  }

  @Test
  void metadata_withoutAHeader_namesNone() {
    assertThat(TusHeaders.attachment(null)).isEmpty();
  }
}
