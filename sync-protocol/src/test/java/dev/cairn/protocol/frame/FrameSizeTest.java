package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Aead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A frame may hold a megabyte, however it is written. */
class FrameSizeTest {

  private static final int[] BODIES = {262_144, 262_144, 262_144, 258_048};

  private final TestSpace space = new TestSpace(14);
  private final Audience audience = space.audience(1);
  private final Change statement =
      space
          .author(space.device(), FeedMemory.empty())
          .openSession(audience, space.epochs(audience), space.seen(), 0);
  private final DeviceId device = statement.prefix().device();

  @Test
  void frame_ofTheMostBytes_isRead() throws Exception {
    List<Change> changes = together(Limits.FRAME_BYTES_MAX);
    byte[] encoded = new FrameWriter().write(Frame.of(changes));
    assertThat(new FrameReader(space.space).read(encoded).changes()).hasSize(BODIES.length);
  }

  @Test
  void frame_ofOneByteMore_isRefusedByBothEnds() throws Exception {
    List<Change> changes = together(Limits.FRAME_BYTES_MAX + 1);
    assertThatThrownBy(() -> Frame.of(changes)).isInstanceOf(IllegalArgumentException.class);
    byte[] encoded = withoutBound(changes);
    assertThatThrownBy(() -> new FrameReader(space.space).read(encoded))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void cut_takesTheMostBytesAndNoMore() throws Exception {
    FrameWriter writer = new FrameWriter();
    assertThat(writer.fitting(together(Limits.FRAME_BYTES_MAX), Integer.MAX_VALUE)).isEqualTo(4);
    assertThat(writer.fitting(together(Limits.FRAME_BYTES_MAX + 1), Integer.MAX_VALUE))
        .isEqualTo(3);
  }

  @Test
  void ciphertext_ofTheMostBytes_isRead() throws Exception {
    byte[] most = new byte[Limits.CIPHERTEXT_BYTES_MAX];
    assertThat(item(ItemKey.CIPHERTEXT, new CborWriter().bytes(most)).ciphertext.sizeBytes())
        .isEqualTo(Limits.CIPHERTEXT_BYTES_MAX);
    assertThat(leftOut(Limits.CIPHERTEXT_BYTES_MAX).ciphertextLength)
        .isEqualTo(Limits.CIPHERTEXT_BYTES_MAX);
  }

  @Test
  void ciphertext_ofOneByteMore_isRefused() {
    byte[] more = new byte[Limits.CIPHERTEXT_BYTES_MAX + 1];
    assertThatThrownBy(() -> item(ItemKey.CIPHERTEXT, new CborWriter().bytes(more)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> leftOut(Limits.CIPHERTEXT_BYTES_MAX + 1L))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> leftOut(Limits.CIPHERTEXT_BYTES_MAX + (1L << 32)))
        .isInstanceOf(MalformedException.class);
  }

  private static FrameItem item(int key, CborWriter value) throws MalformedException {
    byte[] encoded = new CborWriter().map(1).uint(key).raw(value.toBytes()).toBytes();
    return FrameItem.read(CborReader.of(encoded));
  }

  /** The item of a change whose ciphertext is not there, but said to be so long. */
  private FrameItem leftOut(long length) throws MalformedException {
    CborWriter value = new CborWriter().array(2).bytes(space.digest().bytes()).uint(length);
    return item(ItemKey.CIPHERTEXT_HASH, value);
  }

  /** Changes whose payloads and ciphertexts are together exactly so long. */
  private List<Change> together(int sizeBytes) throws Exception {
    List<Change> changes = new ArrayList<>();
    List<ChangeId> previous = List.of(statement.id());
    int rest = sizeBytes;
    for (int body : BODIES) {
      boolean last = changes.size() == BODIES.length - 1;
      Change change = change(changes.size(), previous, body, List.of());
      if (last) {
        List<AttachmentRef> filling = attachments(rest - change.sizeBytes());
        change = change(changes.size(), previous, body, filling);
      }
      rest -= change.sizeBytes();
      changes.add(change);
      previous = List.of(change.id());
    }
    assertThat(rest).isZero();
    return changes;
  }

  private Change change(
      int index, List<ChangeId> previous, int bodyBytes, List<AttachmentRef> attachments)
      throws MalformedException {
    Prefix prefix =
        Prefix.builder()
            .space(space.space)
            .device(device)
            .place(index + 2, previous)
            .audience(audience)
            .audiencePlace(index + 2, previous)
            .session(statement.prefix().session())
            .index(index)
            .rosterHeads(index == 0 ? rosterHeads() : List.of())
            .attachments(attachments)
            .salt(Salt.of(new byte[Salt.SIZE_BYTES]))
            .build();
    Ciphertext body = Ciphertext.of(new byte[bodyBytes + Aead.TAG_BYTES]);
    return Change.of(prefix, Tail.of(space.digest(), body))
        .withCiphertext(body)
        .withSignature(statement.signature().get());
  }

  private static List<StatementId> rosterHeads() {
    List<StatementId> heads = new ArrayList<>();
    for (int i = 0; i < Limits.CHANGE_ROSTER_HEADS_MAX; i++) {
      heads.add(StatementId.of(ByteBuffer.allocate(StatementId.SIZE_BYTES).putInt(i).array()));
    }
    return heads;
  }

  /** Attachments that take so many bytes in a prefix: 36 each, and what their sizes take more. */
  private static List<AttachmentRef> attachments(int bytes) {
    int count = (bytes - 3) / 42;
    int extra = bytes - 3 - 36 * count;
    long[] sizes = {1, 100, 1_000, 0, 100_000, 0, 0, 0, 5_000_000_000L};
    List<AttachmentRef> attachments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int more = Math.min(Integer.highestOneBit(extra), 8);
      extra -= more;
      byte[] id = ByteBuffer.allocate(AttachmentId.SIZE_BYTES).putInt(i).array();
      attachments.add(new AttachmentRef(AttachmentId.of(id), sizes[more]));
    }
    return attachments;
  }

  private byte[] withoutBound(List<Change> changes) {
    FrameMemory memory = new FrameMemory();
    CborWriter writer = new CborWriter();
    writer.array(2).bytes(device.bytes()).array(changes.size());
    for (Change change : changes) {
      FrameItem.write(writer, change, Elision.keys(change, memory));
      memory.add(change);
    }
    return writer.toBytes();
  }
}
