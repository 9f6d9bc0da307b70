package dev.cairn.client.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said to have room has it. */
class PackingTest {

  private static final long SIZE_BYTES = Limits.ATTACHMENT_FILE_BYTES_MAX;

  private final Randomness randomness = new Random(1)::nextBytes;
  private final EncryptionPublicKey receiver = EncryptionKey.generate(randomness).publicKey();

  /** With the longest heads that a content can have. */
  private static ParcelContent piece(int bytes) {
    return new ParcelContent.Piece(
        SpaceId.of(new byte[SpaceId.SIZE_BYTES]),
        DeviceId.of(new byte[DeviceId.SIZE_BYTES]),
        AttachmentId.of(new byte[AttachmentId.SIZE_BYTES]),
        SIZE_BYTES,
        SIZE_BYTES - bytes,
        Encoded.of(new byte[bytes]),
        Signature.of(new byte[Signature.SIZE_BYTES]));
  }

  private void assertFits(long bytesMax, int receivers) throws IOException {
    Packing packing = new Packing(new ByteArrayOutputStream(), bytesMax, randomness);
    int room = packing.contentRoom(receivers);
    if (room > 0) {
      assertThat(packing.add(piece(room), Collections.nCopies(receivers, receiver)))
          .as("%d in %d", room, bytesMax)
          .isTrue();
      assertThat(packing.bytes()).isLessThanOrEqualTo(bytesMax);
    }
  }

  @Test
  void piece_asLargeAsTheRoomThatIsLeft_hasRoom() throws Exception {
    for (long bytesMax = 1000; bytesMax < 20_000; bytesMax += 7) {
      assertFits(bytesMax, 1);
    }
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      assertFits(20_000 + random.nextInt(2 << 20), 1 + random.nextInt(3));
    }
  }

  @Test
  void piece_inABundleWithoutBound_fitsAParcel() throws Exception {
    assertFits(Long.MAX_VALUE, 1);
    assertFits(Long.MAX_VALUE, Limits.PARCEL_STANZAS_MAX);
  }

  @Test
  void room_ofAStickThatHoldsNothing_isNone() throws Exception {
    int beginning = BundleWriter.beginning().length;
    Packing packing = new Packing(new ByteArrayOutputStream(), beginning + 1000, randomness);
    assertThat(packing.contentRoom(1)).isZero();
    assertThat(packing.add(piece(1), List.of(receiver))).isFalse();
  }
}
