package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.BytewiseOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.cbor.CBORDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded properties: what is written is read back, and no bytes have two readings. */
class CborPropertyTest {

  private static final int VALUES_PER_SEED = 2_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void value_written_isReadBackEqual(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES_PER_SEED; i++) {
      CborValue value = value(random, 4);
      byte[] encoding = value.encode();
      assertThat(CborValue.decode(encoding)).isEqualTo(value).hasSameHashCodeAs(value);
      assertThat(CborValue.decode(encoding).encode()).isEqualTo(encoding);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void encoding_altered_isRefusedOrIsTheOneEncodingOfAnotherValue(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES_PER_SEED; i++) {
      byte[] encoding = value(random, 3).encode();
      byte[] altered = encoding.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
      assertRefusedOrCanonical(altered);
      assertRefusedOrCanonical(Arrays.copyOf(encoding, random.nextInt(encoding.length)));
    }
  }

  @Test
  void bytes_atRandom_areRefusedOrTheOneEncodingOfAValue() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      assertRefusedOrCanonical(bytes);
    }
  }

  @Test
  void bytes_allOfUpToTwo_areRefusedOrTheOneEncodingOfAValue() {
    for (int first = 0; first < 256; first++) {
      assertRefusedOrCanonical(new byte[] {(byte) first});
      for (int second = 0; second < 256; second++) {
        assertRefusedOrCanonical(new byte[] {(byte) first, (byte) second});
      }
    }
  }

  @Test
  void order_ofValues_isTheOrderOfTheirEncodings() {
    Random random = new Random(8);
    for (int i = 0; i < VALUES_PER_SEED; i++) {
      CborValue left = value(random, 2);
      CborValue right = value(random, 2);
      assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
      assertThat(Integer.signum(left.compareTo(right)))
          .isEqualTo(Integer.signum(BytewiseOrder.compare(left.encode(), right.encode())))
          .isEqualTo(-Integer.signum(right.compareTo(left)));
    }
  }

  private static void assertRefusedOrCanonical(byte[] bytes) {
    CborValue value;
    try {
      value = CborValue.decode(bytes);
    } catch (MalformedException refused) {
      assertSkippingRefuses(bytes);
      return;
    }
    assertThat(value.encode()).isEqualTo(bytes);
    assertThatCode(() -> readWithBouncyCastle(bytes)).doesNotThrowAnyException();
  }

  /** A decoder made by others must take whatever ours takes. */
  private static void readWithBouncyCastle(byte[] bytes) throws IOException {
    CBORDecoder decoder = new CBORDecoder(bytes);
    assertThat(decoder.readEncodedItem()).isEqualTo(bytes);
    decoder.expectEnd();
  }

  /** Skipping an item must be as strict as reading it. */
  private static void assertSkippingRefuses(byte[] bytes) {
    boolean refused = false;
    try {
      CborReader reader = CborReader.of(bytes);
      reader.rawItem();
      reader.end();
    } catch (MalformedException alsoRefused) {
      refused = true;
    }
    assertThat(refused).isTrue();
  }

  private static CborValue value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> CborValue.of(random.nextLong() >> random.nextInt(64));
      case 1 -> CborValue.of(bytes(random));
      case 2 -> CborValue.of(text(random));
      case 3 -> CborValue.of(random.nextBoolean());
      case 4 -> CborValue.nul();
      case 5 -> array(random, depth);
      default -> map(random, depth);
    };
  }

  private static CborValue array(Random random, int depth) {
    List<CborValue> items = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      items.add(value(random, depth - 1));
    }
    return CborValue.array(items);
  }

  private static CborValue map(Random random, int depth) {
    Map<CborValue, CborValue> entries = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(key(random), value(random, depth - 1));
    }
    return CborValue.map(entries);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static CborValue key(Random random) {
    return random.nextBoolean()
        ? CborValue.of(random.nextLong() >>> (1 + random.nextInt(63)))
        : CborValue.of(text(random));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int character = random.nextInt(1 << (7 + random.nextInt(15)));
      boolean surrogate =
          character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      if (character <= Character.MAX_CODE_POINT && !surrogate) {
        text.appendCodePoint(character);
      }
    }
    return text.toString();
  }
}
