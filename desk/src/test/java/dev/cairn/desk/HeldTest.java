package dev.cairn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.AttachmentKey;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a desk keeps in memory of what it holds. */
class HeldTest {

  private static final RecordId RECORD = RecordId.of(new byte[RecordId.SIZE_BYTES]);

  private static HeldChange held(boolean counts) throws Exception {
    Prefix prefix =
        Prefix.builder()
            .space(SpaceId.of(new byte[32]))
            .device(DeviceId.of(new byte[32]))
            .place(2, List.of(ChangeId.of(new byte[32])))
            .audience(Audience.of(CircleId.of(new byte[16])))
            .audiencePlace(2, List.of(ChangeId.of(new byte[32])))
            .session(SessionId.of(new byte[32]))
            .index(0)
            .salt(Salt.of(new byte[16]))
            .build();
    Change change =
        Change.of(prefix, Tail.of(Sha256.of(new byte[1]), Sha256.of(new byte[2]), 64 + 16));
    AttachedFile file =
        new AttachedFile(
            AttachmentId.of(new byte[32]),
            AttachmentKey.of(new byte[32]),
            1,
            "n",
            "t",
            (CborValue.Bytes) CborValue.of(new byte[32]),
            Map.of());
    List<Operation> said = List.of(new Operation.Note("n"), new Operation.Attach(file));
    Opened opened = new Opened(new Body(Optional.of(RECORD), 1, List.of(), 1, 0, said), RECORD);
    return new HeldChange(change, OptionalLong.empty(), opened, null, false, counts, false, false);
  }

  private static AddressedChange kept(HeldChange held) {
    return Held.addressed(held, held.opened().orElseThrow(), List.of());
  }

  @Test
  void change_thatCounts_isKeptWithWhatItSays() throws Exception {
    assertThat(kept(held(true)).change().operations()).hasSize(2);
    assertThat(Heard.of(held(true)).files()).hasSize(1);
  }

  /** Else a device that fills a desk's memory would go on doing so when it is cut off. */
  @Test
  void change_thatDoesNotCount_isKeptWithoutWhatItSays() throws Exception {
    AddressedChange kept = kept(held(false));

    assertThat(kept.change().operations()).isEmpty();
    assertThat(kept.change().record()).isEqualTo(RECORD);
    assertThat(Heard.of(held(false)).files()).isEmpty();
  }
}
