package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.SeededRandomness;
import org.junit.jupiter.api.Test;

class SealedNameTest {

  private final SeededRandomness randomness = new SeededRandomness(11);
  private final EncryptionKey key = EncryptionKey.generate(randomness);
  private final CircleId circle = CircleId.of(randomness.bytes(CircleId.SIZE_BYTES));
  private final Salt salt = Salt.of(randomness.bytes(Salt.SIZE_BYTES));

  private SealedName seal(String name) {
    return SealedName.ofCircle(name, circle, key.seed());
  }

  private static int sizeBytes(SealedName name) {
    CborWriter writer = new CborWriter();
    name.write(writer);
    return writer.toBytes().length;
  }

  @Test
  void name_inAnyScript_comesBack() throws Exception {
    assertThat(seal("مرصد الساحل").openCircle(circle, key)).isEqualTo("مرصد الساحل");
  }

  @Test
  void name_empty_comesBack() throws Exception {
    assertThat(seal("").openCircle(circle, key)).isEmpty();
  }

  @Test
  void names_ofUpTo32Bytes_haveOneLength() {
    assertThat(sizeBytes(seal(""))).isEqualTo(sizeBytes(seal("x".repeat(32))));
    assertThat(sizeBytes(seal("x".repeat(33)))).isEqualTo(sizeBytes(seal("")) + 32);
  }

  @Test
  void name_ofTheGreatestLength_passes_andOneMore_isRefused() throws Exception {
    String longest = "x".repeat(Limits.NAME_SIZE_BYTES_MAX);

    assertThat(seal(longest).openCircle(circle, key)).isEqualTo(longest);
    assertThatThrownBy(() -> seal(longest + "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_withAZeroCharacter_isRefused() {
    assertThatThrownBy(() -> seal("a\0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_withALoneSurrogate_isRefused() {
    assertThatThrownBy(() -> seal("a\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_ofAnotherCircle_doesNotOpen() {
    CircleId other = CircleId.of(randomness.bytes(CircleId.SIZE_BYTES));

    assertThatThrownBy(() -> seal("desk").openCircle(other, key))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void names_ofSpaceAndDesk_underOneSeed_doNotShareAKeyStream() {
    CborWriter space = new CborWriter();
    CborWriter desk = new CborWriter();
    SealedName.ofSpace("same", salt, key.seed()).write(space);
    SealedName.ofCircle("same", circle, key.seed()).write(desk);
    byte[] first = space.toBytes();
    byte[] second = desk.toBytes();
    int alike = 0;
    for (int i = 2; i < 2 + 32; i++) {
      alike += first[i] == second[i] ? 1 : 0;
    }

    assertThat(alike).isLessThan(8);
  }
}
