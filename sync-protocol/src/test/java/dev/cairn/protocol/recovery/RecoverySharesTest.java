package dev.cairn.protocol.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoverySharesTest {

  private final SeededRandomness randomness = new SeededRandomness(59);
  private final RecoverySheet sheet = sheet();
  private final List<RecoveryShare> shares = RecoveryShares.split(sheet, 5, 3, randomness);

  private RecoverySheet sheet() {
    return new RecoverySheet(
        SpaceId.of(randomness.bytes(SpaceId.SIZE_BYTES)), RecoverySecret.generate(randomness));
  }

  private static Secret secretOf(RecoveryShares.Combined combined) {
    return combined.sheet().secret().secret();
  }

  @Test
  void anyThreeOfFive_giveTheSecret() throws Exception {
    for (int a = 0; a < 5; a++) {
      for (int b = a + 1; b < 5; b++) {
        for (int c = b + 1; c < 5; c++) {
          RecoveryShares.Combined combined =
              RecoveryShares.combine(List.of(shares.get(c), shares.get(a), shares.get(b)));
          assertThat(secretOf(combined)).isEqualTo(sheet.secret().secret());
          assertThat(combined.wrong()).isEmpty();
        }
      }
    }
  }

  @Test
  void twoOfFive_areTooFew() {
    assertThatThrownBy(() -> RecoveryShares.combine(shares.subList(0, 2)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(RecoveryShares.TOO_FEW));
  }

  @Test
  void oneShareThreeTimes_isTooFew() {
    RecoveryShare share = shares.get(0);

    assertThatThrownBy(() -> RecoveryShares.combine(List.of(share, share, share)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void noShares_areTooFew() {
    assertThatThrownBy(() -> RecoveryShares.combine(List.of()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void shareOfAnotherSecret_isNamed() throws Exception {
    RecoveryShare foreign = RecoveryShares.split(sheet(), 5, 3, randomness).get(4);
    List<RecoveryShare> mixed = new ArrayList<>(shares.subList(0, 3));
    mixed.add(0, foreign);

    assertThat(RecoveryShares.combine(mixed).wrong()).containsExactly(foreign);
  }

  private RecoveryShare altered(RecoveryShare share) {
    byte[] value = share.value().expose().clone();
    value[0] ^= 1;
    return new RecoveryShare(
        share.space(), share.index(), share.threshold(), share.commitment(), Secret.take(value));
  }

  @Test
  void shareThatWasAlteredAndCheckedAgain_isNamed() throws Exception {
    RecoveryShare altered = altered(shares.get(1));
    List<RecoveryShare> mixed = List.of(shares.get(0), altered, shares.get(3), shares.get(4));
    RecoveryShares.Combined combined = RecoveryShares.combine(mixed);

    assertThat(secretOf(combined)).isEqualTo(sheet.secret().secret());
    assertThat(combined.wrong()).containsExactly(altered);
  }

  @Test
  void alteredShareBesideTheGoodOneOfItsIndex_isNamed() throws Exception {
    RecoveryShare altered = altered(shares.get(1));

    assertThat(
            RecoveryShares.combine(List.of(altered, shares.get(0), shares.get(1), shares.get(2)))
                .wrong())
        .containsExactly(altered);
  }

  @Test
  void sharesOfWhichOneTooManyIsAltered_areTooFew() {
    assertThatThrownBy(
            () ->
                RecoveryShares.combine(
                    List.of(shares.get(0), shares.get(2), altered(shares.get(1)))))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void share_isTheValueOfAPolynomialAtItsIndex() {
    byte[] first = shares.get(0).value().expose();
    byte[] second = shares.get(1).value().expose();
    byte[] third = shares.get(2).value().expose();
    byte[] fourth = shares.get(3).value().expose();
    for (int i = 0; i < first.length; i++) {
      // Lagrange at 4 over 1, 2, 3: the weights of a quadratic in this field.
      int expected =
          times(first[i], weight(4, 1, 2, 3))
              ^ times(second[i], weight(4, 2, 1, 3))
              ^ times(third[i], weight(4, 3, 1, 2));
      assertThat(fourth[i] & 0xff).isEqualTo(expected);
    }
  }

  private static int weight(int at, int self, int other, int another) {
    int above = times(at ^ other, at ^ another);
    int below = times(self ^ other, self ^ another);
    return times(above, inverse(below));
  }

  private static int inverse(int value) {
    for (int candidate = 1; candidate < 256; candidate++) {
      if (times(value, candidate) == 1) {
        return candidate;
      }
    }
    throw new AssertionError("zero has no inverse");
  }

  private static int times(int left, int right) {
    int product = 0;
    int factor = left & 0xff;
    for (int bits = right & 0xff; bits > 0; bits >>= 1) {
      product ^= (bits & 1) == 1 ? factor : 0;
      factor = factor << 1 ^ ((factor & 0x80) != 0 ? 0x11b : 0);
    }
    return product;
  }

  @Test
  void share_comesBackFromBytesAndFromText() throws Exception {
    for (RecoveryShare share : shares) {
      assertThat(RecoveryShare.decode(share.encode())).isEqualTo(share);
      assertThat(RecoveryShare.parse(share.print())).isEqualTo(share);
    }
  }

  @Test
  void share_withAnyByteChanged_isRefused() {
    for (int i = 0; i < shares.get(0).encode().length; i++) {
      byte[] bytes = shares.get(0).encode();
      bytes[i] ^= 4;
      assertThatThrownBy(() -> RecoveryShare.decode(bytes))
          .isInstanceOfAny(MalformedException.class, TooNewException.class);
    }
  }

  @Test
  void share_value_isNotPrinted() {
    assertThat(shares.get(0).toString()).contains("secret of 32 bytes");
  }

  @Test
  void split_intoTheMostShares_passes_andOneMore_isRefused() {
    assertThatCode(() -> RecoveryShares.split(sheet, Limits.RECOVERY_SHARES_MAX, 2, randomness))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> RecoveryShares.split(sheet, Limits.RECOVERY_SHARES_MAX + 1, 2, randomness))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void split_withAThresholdOfOneOrAboveTheCount_isRefused() {
    assertThatThrownBy(() -> RecoveryShares.split(sheet, 3, 1, randomness))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecoveryShares.split(sheet, 3, 4, randomness))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
