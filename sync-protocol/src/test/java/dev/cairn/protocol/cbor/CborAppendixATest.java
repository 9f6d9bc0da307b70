package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All examples of RFC 8949 appendix A: the profile takes these and refuses those. */
class CborAppendixATest {

  static Stream<Arguments> insideTheProfile() {
    return Stream.of(
        Arguments.of("00", CborValue.of(0)),
        Arguments.of("01", CborValue.of(1)),
        Arguments.of("0a", CborValue.of(10)),
        Arguments.of("17", CborValue.of(23)),
        Arguments.of("1818", CborValue.of(24)),
        Arguments.of("1819", CborValue.of(25)),
        Arguments.of("1864", CborValue.of(100)),
        Arguments.of("1903e8", CborValue.of(1000)),
        Arguments.of("1a000f4240", CborValue.of(1000000)),
        Arguments.of("1b000000e8d4a51000", CborValue.of(1000000000000L)),
        Arguments.of("20", CborValue.of(-1)),
        Arguments.of("29", CborValue.of(-10)),
        Arguments.of("3863", CborValue.of(-100)),
        Arguments.of("3903e7", CborValue.of(-1000)),
        Arguments.of("f4", CborValue.of(false)),
        Arguments.of("f5", CborValue.of(true)),
        Arguments.of("f6", CborValue.nul()),
        Arguments.of("40", CborValue.of(new byte[0])),
        Arguments.of("4401020304", CborValue.of(new byte[] {1, 2, 3, 4})),
        Arguments.of("60", CborValue.of("")),
        Arguments.of("6161", CborValue.of("a")),
        Arguments.of("6449455446", CborValue.of("IETF")),
        Arguments.of("62225c", CborValue.of("\"\\")),
        Arguments.of("62c3bc", CborValue.of("\u00fc")),
        Arguments.of("63e6b0b4", CborValue.of("\u6c34")),
        Arguments.of("64f0908591", CborValue.of("\ud800\udd51")),
        Arguments.of("80", CborValue.array()),
        Arguments.of("83010203", numbers(1, 2, 3)),
        Arguments.of(
            "8301820203820405", CborValue.array(CborValue.of(1), numbers(2, 3), numbers(4, 5))),
        Arguments.of(
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
            numbers(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                24, 25)),
        Arguments.of("a0", CborValue.map(Map.of())),
        Arguments.of(
            "a201020304",
            CborValue.map(
                Map.of(
                    CborValue.of(1), CborValue.of(2),
                    CborValue.of(3), CborValue.of(4)))),
        Arguments.of(
            "a26161016162820203",
            CborValue.map(
                Map.of(CborValue.of("a"), CborValue.of(1), CborValue.of("b"), numbers(2, 3)))),
        Arguments.of("826161a161626163", CborValue.array(CborValue.of("a"), letters("b", "c"))),
        Arguments.of(
            "a56161614161626142616361436164614461656145",
            letters("a", "A", "b", "B", "c", "C", "d", "D", "e", "E")));
  }

  private static CborValue numbers(long... numbers) {
    return CborValue.array(
        Arrays.stream(numbers).mapToObj(CborValue::of).toArray(CborValue[]::new));
  }

  private static CborValue letters(String... keysAndValues) {
    Map<CborValue, CborValue> entries = new java.util.HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(CborValue.of(keysAndValues[i]), CborValue.of(keysAndValues[i + 1]));
    }
    return CborValue.map(entries);
  }

  @ParameterizedTest
  @MethodSource("insideTheProfile")
  void example_insideTheProfile_isRead(String hex, CborValue value) throws Exception {
    assertThat(CborValue.decode(Hex.decode(hex))).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("insideTheProfile")
  void example_insideTheProfile_isWritten(String hex, CborValue value) {
    assertThat(Hex.encode(value.encode())).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Integers beyond signed 64 bits, and bignums.
        "1bffffffffffffffff",
        "c249010000000000000000",
        "3bffffffffffffffff",
        "c349010000000000000000",
        // Floats.
        "f90000",
        "f98000",
        "f93c00",
        "fb3ff199999999999a",
        "f93e00",
        "f97bff",
        "fa47c35000",
        "fa7f7fffff",
        "fb7e37e43c8800759c",
        "f90001",
        "f90400",
        "f9c400",
        "fbc010666666666666",
        "f97c00",
        "f97e00",
        "f9fc00",
        "fa7f800000",
        "fa7fc00000",
        "faff800000",
        "fb7ff0000000000000",
        "fb7ff8000000000000",
        "fbfff0000000000000",
        // Simple values.
        "f7",
        "f0",
        "f8ff",
        // Tags.
        "c074323031332d30332d32315432303a30343a30305a",
        "c11a514b67b0",
        "c1fb41d452d9ec200000",
        "d74401020304",
        "d818456449455446",
        "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
        // Indefinite lengths.
        "5f42010243030405ff",
        "7f657374726561646d696e67ff",
        "9fff",
        "9f018202039f0405ffff",
        "9f01820203820405ff",
        "83018202039f0405ff",
        "83019f0203ff820405",
        "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        "bf61610161629f0203ffff",
        "826161bf61626163ff",
        "bf6346756ef563416d7421ff"
      })
  void example_outsideTheProfile_isRefused(String hex) {
    assertThatThrownBy(() -> CborValue.decode(Hex.decode(hex)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at byte ");
  }

  static List<Arguments> lowestAndHighest() {
    return List.of(
        Arguments.of("1b7fffffffffffffff", Long.MAX_VALUE),
        Arguments.of("3b7fffffffffffffff", Long.MIN_VALUE));
  }

  @ParameterizedTest
  @MethodSource("lowestAndHighest")
  void integer_atTheEndOfSigned64Bits_isRead(String hex, long value) throws Exception {
    assertThat(CborValue.decode(Hex.decode(hex))).isEqualTo(CborValue.of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1b8000000000000000", "3b8000000000000000"})
  void integer_justBeyondSigned64Bits_isRefused(String hex) {
    assertThatThrownBy(() -> CborValue.decode(Hex.decode(hex)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("number beyond 63 bits at byte 0");
  }
}
