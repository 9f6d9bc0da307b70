package dev.cairn.client.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The longest change there can be has room in a row. */
class ChangeFormTest {

  private static Change longest() throws MalformedException {
    List<ChangeId> before = List.of(ChangeId.of(new byte[ChangeId.SIZE_BYTES]));
    Prefix prefix =
        Prefix.builder()
            .space(SpaceId.of(new byte[SpaceId.SIZE_BYTES]))
            .device(DeviceId.of(new byte[DeviceId.SIZE_BYTES]))
            .place(2, before)
            .audience(Audience.of(CircleId.of(new byte[CircleId.SIZE_BYTES])))
            .audiencePlace(2, before)
            .session(SessionId.of(new byte[SessionId.SIZE_BYTES]))
            .index(0)
            .rosterHeads(List.of(StatementId.of(new byte[StatementId.SIZE_BYTES])))
            .salt(Salt.of(new byte[Salt.SIZE_BYTES]))
            .build();
    Ciphertext ciphertext = Ciphertext.of(new byte[Limits.CIPHERTEXT_BYTES_MAX]);
    Digest commitment = Digest.of(new byte[Digest.SIZE_BYTES]);
    return Change.of(prefix, Tail.of(commitment, ciphertext)).withCiphertext(ciphertext);
  }

  @Test
  void change_withTheLongestCiphertext_isReadAgain() throws Exception {
    Change change = longest();
    assertThat(ChangeForm.read(CborReader.of(ChangeForm.bytes(change)))).isEqualTo(change);
  }

  @Test
  void row_withALongerCiphertext_isRefusedBeforeItIsHashed() throws Exception {
    byte[] more = new byte[Limits.CIPHERTEXT_BYTES_MAX + 1];
    byte[] row = new CborWriter().array(3).bytes(longest().payload()).bytes(more).nul().toBytes();
    assertThatThrownBy(() -> ChangeForm.read(CborReader.of(row)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer than " + Limits.CIPHERTEXT_BYTES_MAX);
  }
}
