package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=0-100, 0, 100",
    "bytes=99-, 99, 100",
    "bytes=-1, 99, 100",
    "bytes=-200, 0, 100",
  })
  void parse_oneRangeOfHundredBytes_fromAndTo(String header, long from, long to) {
    assertThat(ByteRange.parse(header, 100)).hasValue(new ByteRange(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void parse_beyondTheEnd_nowhere(String header) {
    assertThat(ByteRange.parse(header, 100).orElseThrow().isNowhere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1", "0-1"})
  void parse_otherForms_passedOver(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @Test
  void parse_noHeader_passedOver() {
    assertThat(ByteRange.parse(null, 100)).isEmpty();
  }
}
