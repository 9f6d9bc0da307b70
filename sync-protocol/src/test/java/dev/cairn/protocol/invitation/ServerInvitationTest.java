package dev.cairn.protocol.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServerInvitationTest {

  private final SeededRandomness randomness = new SeededRandomness(47);
  private final ServerInvitation invitation =
      new ServerInvitation(
          new ServerAddress("https://cairn.example", Sha256.of(new byte[2])),
          new LogKey(
              new LogOrigin("cairn.example/log"), SigningKey.generate(randomness).verifyingKey()),
          EncryptionKey.generate(randomness).publicKey(),
          Secret.random(ServerInvitation.SPACE_CODE_BYTES, randomness),
          1_800_000_000L);

  @Test
  void file_comesBack() throws Exception {
    assertThat(ServerInvitation.decode(invitation.encode())).isEqualTo(invitation);
  }

  @Test
  void file_withoutAPin_comesBack() throws Exception {
    ServerInvitation plain =
        new ServerInvitation(
            new ServerAddress("http://abcdef.onion", null),
            invitation.log(),
            invitation.bundleKey(),
            invitation.spaceCode(),
            0);

    assertThat(ServerInvitation.decode(plain.encode())).isEqualTo(plain);
  }

  @Test
  void file_cutShortAnywhere_isMalformed() {
    byte[] whole = invitation.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ServerInvitation.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void file_ofALaterVersion_isTooNew() {
    byte[] later = invitation.encode();
    later["CAIRN-SERVER-INVITATION-".length()] = '7';

    assertThatThrownBy(() -> ServerInvitation.decode(later)).isInstanceOf(TooNewException.class);
  }

  @Test
  void code_isNotPrinted() {
    assertThat(invitation.toString()).contains("secret of 16 bytes");
  }

  @Test
  void invitation_atItsLastSecond_isExpired() {
    assertThat(invitation.isExpired(1_799_999_999L)).isFalse();
    assertThat(invitation.isExpired(1_800_000_000L)).isTrue();
  }

  @Test
  void code_ofAnotherLength_isRefused() {
    assertThatThrownBy(
            () ->
                new ServerInvitation(
                    invitation.address(),
                    invitation.log(),
                    invitation.bundleKey(),
                    Secret.random(15, randomness),
                    1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
