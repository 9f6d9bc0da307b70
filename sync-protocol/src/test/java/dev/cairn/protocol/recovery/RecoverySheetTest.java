package dev.cairn.protocol.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.SeededRandomness;
import org.junit.jupiter.api.Test;

class RecoverySheetTest {

  private final SeededRandomness randomness = new SeededRandomness(53);
  private final SpaceId space = SpaceId.of(randomness.bytes(SpaceId.SIZE_BYTES));
  private final RecoverySecret secret = RecoverySecret.generate(randomness);
  private final RecoverySheet sheet = new RecoverySheet(space, secret);

  @Test
  void sheet_typedInAgain_comesBack() throws Exception {
    RecoverySheet read = RecoverySheet.parse(sheet.print());

    assertThat(read.space()).isEqualTo(space);
    assertThat(read.secret().secret()).isEqualTo(secret.secret());
  }

  @Test
  void sheet_typedInSmallLettersWithoutGroups_comesBack() throws Exception {
    String careless =
        sheet.print().toLowerCase(java.util.Locale.ROOT).replace("recovery-1\n", "RECOVERY@1\n");
    careless = careless.replace("-", " ").replace("@", "-").replace("cairn ", "cairn-");

    assertThat(RecoverySheet.parse(careless).space()).isEqualTo(space);
  }

  @Test
  void sheet_isPrintedInGroupsOfFour() {
    String[] lines = sheet.print().split("\n", -1);

    assertThat(lines[0]).isEqualTo("CAIRN-RECOVERY-1");
    assertThat(lines[1]).matches("([0-9A-Z]{4}-){12}[0-9A-Z]{4}");
    assertThat(lines[2]).matches("([0-9A-Z]{4}-){14}[0-9A-Z]{2}");
  }

  @Test
  void sheet_withAnyOneCharacterWrong_isMalformed() {
    String text = sheet.print();
    for (int i = "CAIRN-RECOVERY-1\n".length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '-' && c != '\n') {
        String wrong = text.substring(0, i) + (c == 'X' ? 'Y' : 'X') + text.substring(i + 1);
        assertThatThrownBy(() -> RecoverySheet.parse(wrong)).isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void sheet_ofALaterVersion_isTooNew() {
    String later = sheet.print().replace("RECOVERY-1", "RECOVERY-12");

    assertThatThrownBy(() -> RecoverySheet.parse(later)).isInstanceOf(TooNewException.class);
  }

  @Test
  void sheet_withoutItsFirstLine_isMalformed() {
    String headless = sheet.print().substring("CAIRN-RECOVERY-1\n".length());

    assertThatThrownBy(() -> RecoverySheet.parse(headless)).isInstanceOf(MalformedException.class);
  }

  @Test
  void keys_followFromTheSecretAlone() {
    RecoverySecret again =
        RecoverySecret.of(dev.cairn.protocol.suite.Secret.copyOf(secret.secret().expose()));

    assertThat(again.publicKeys()).isEqualTo(secret.publicKeys());
    assertThat(secret.publicKeys().signKey())
        .isEqualTo(DeviceId.of(secret.signingKey().verifyingKey().bytes()));
    assertThat(secret.publicKeys().sealKey()).isEqualTo(secret.encryptionKey().publicKey());
  }

  @Test
  void secret_isNotPrinted() {
    assertThat(secret.toString()).isEqualTo("recovery secret");
    assertThat(sheet.toString()).doesNotContain(sheet.print().split("\n", -1)[2]);
  }
}
