package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Aead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameElisionTest {

  private final TestSpace space = new TestSpace(11);
  private final Audience audience = space.audience(1);
  private final Audience other = space.audience(1);
  private final FeedAuthor author = space.author(space.device(), FeedMemory.empty());
  private final Seen seen = space.seen();
  private final Change statement = author.openSession(audience, space.epochs(audience), seen, 0);
  private final Change first = write(seen);
  private final Change second = write(seen);

  @Test
  void item_inTheMiddle_writesOnlyWhatIsNew() throws Exception {
    assertThat(keys(statement, first, second).get(1)).containsExactly(11L, 14L, 15L);
  }

  @Test
  void item_lastOfItsAudience_writesItsSignatureToo() throws Exception {
    assertThat(keys(statement, first, second).get(2)).containsExactly(11L, 14L, 15L, 17L);
  }

  @Test
  void item_inTheMiddle_costsAtMost80BytesBesideItsPaddedBody() throws Exception {
    int item = items(frame(statement, first, second)).get(1).encode().length;
    int paddedBody = first.ciphertext().get().sizeBytes() - Aead.TAG_BYTES;
    assertThat(item - paddedBody).isLessThanOrEqualTo(80);
  }

  @Test
  void item_first_writesAllThatCannotBeRebuilt() throws Exception {
    assertThat(keys(first).get(0))
        .containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L, 11L, 14L, 15L, 17L);
  }

  @Test
  void item_thatOpensTheFeed_writesItsOpening() throws Exception {
    assertThat(keys(statement, first).get(0)).containsExactly(1L, 2L, 3L, 4L, 6L, 8L, 9L, 11L, 12L);
  }

  @Test
  void item_withoutItsBody_writesHashAndLength() throws Exception {
    assertThat(keys(statement, first.withoutCiphertext(), second).get(1))
        .containsExactly(11L, 14L, 16L);
  }

  @Test
  void item_thatCitesNoCheckpointAnyMore_saysSo() throws Exception {
    Change later = write(new Seen(seen.rosterHeads(), Optional.empty()));
    assertThat(keys(statement, first, second, later).get(3))
        .containsExactly(9L, 11L, 14L, 15L, 17L);
  }

  @Test
  void item_ofAnAudienceSeenBefore_writesNoMoreThanTheAudience() throws Exception {
    Change elsewhere = author.openSession(other, space.epochs(other), seen, 0);
    Change back = write(seen);
    assertThat(keys(statement, first, second, elsewhere, back).get(4))
        .containsExactly(3L, 11L, 14L, 15L, 17L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void item_thatWritesWhatItCouldLeaveOut_isRefused(int key) throws Exception {
    refused(with(1, key, valueOfFirst(key)));
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 14, 15})
  void item_withoutWhatCannotBeRebuilt_isRefused(int key) throws Exception {
    refused(with(1, key, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8, 9, 11, 12})
  void firstItem_withoutWhatCannotBeRebuilt_isRefused(int key) throws Exception {
    refused(with(0, key, null));
  }

  @Test
  void item_withEmptyAttachments_isRefused() throws Exception {
    refused(with(1, 10, CborValue.array()));
  }

  @Test
  void sessionStatement_withAnIndex_isRefused() throws Exception {
    refused(with(0, 7, CborValue.of(0)));
  }

  @Test
  void sessionStatement_withACiphertext_isRefused() throws Exception {
    refused(with(0, 15, CborValue.of(new byte[80])));
  }

  @Test
  void item_withACiphertextAndItsHash_isRefused() throws Exception {
    CborValue hash = CborValue.of(space.digest().bytes());
    refused(with(1, 16, CborValue.array(hash, CborValue.of(80))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 18})
  void item_withAnUnknownKey_isRefused(int key) throws Exception {
    refused(with(1, key, CborValue.of(1)));
  }

  @Test
  void frame_withoutItems_isRefused() {
    CborValue device = CborValue.of(author.device().bytes());
    refused(CborValue.array(device, CborValue.array()).encode());
  }

  @Test
  void frame_thatNamesNoDeviceAtTheStart_isRefused() {
    FrameWriter writer = new FrameWriter();
    writer.write(Frame.of(List.of(statement)));
    refused(writer.write(Frame.of(List.of(first))));
  }

  @Test
  void frame_thatContinuesARefusedOne_isRefusedUntilOneNamesItsDevice() throws Exception {
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader(space.space);
    reader.read(writer.write(Frame.of(List.of(statement))));
    byte[] cut = Arrays.copyOf(writer.write(Frame.of(List.of(first))), 90);
    assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(MalformedException.class);
    byte[] next = writer.write(Frame.of(List.of(second)));
    assertThatThrownBy(() -> reader.read(next)).isInstanceOf(MalformedException.class);
    writer.restart();
    byte[] restarted = writer.write(Frame.of(List.of(second)));
    assertThat(reader.read(restarted).changes()).containsExactly(second);
  }

  @Test
  void frame_ofTheMostItems_isRead() throws Exception {
    byte[] encoded = new FrameWriter().write(Frame.of(many(Limits.FRAME_ITEMS_MAX)));
    assertThat(new FrameReader(space.space).read(encoded).changes())
        .hasSize(Limits.FRAME_ITEMS_MAX);
  }

  @Test
  void frame_ofOneItemMore_isRefused() throws Exception {
    List<Change> changes = many(Limits.FRAME_ITEMS_MAX + 1);
    FrameWriter writer = new FrameWriter();
    byte[] most = writer.write(Frame.of(changes.subList(0, Limits.FRAME_ITEMS_MAX)));
    byte[] more = writer.write(Frame.of(changes.subList(Limits.FRAME_ITEMS_MAX, changes.size())));
    List<CborValue> items = new ArrayList<>(items(most));
    items.addAll(items(more));
    refused(
        CborValue.array(CborValue.of(author.device().bytes()), CborValue.array(items)).encode());
    assertThatThrownBy(() -> Frame.of(changes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void frame_withAnotherDevicesChange_isNotMade() {
    Change foreign =
        space
            .author(space.device(), FeedMemory.empty())
            .openSession(audience, space.epochs(audience), seen, 0);
    assertThatThrownBy(() -> Frame.of(List.of(statement, foreign)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memory_fullOfAudiences_makesTheWriterNameItsDeviceAgain() throws Exception {
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader(space.space);
    List<Integer> naming = new ArrayList<>();
    List<Change> changes = toManyAudiences(Limits.FRAME_MEMORY_AUDIENCES_MAX + 1);
    for (int i = 0; i < changes.size(); i++) {
      byte[] encoded = writer.write(Frame.of(changes.subList(i, i + 1)));
      reader.read(encoded);
      if (namesItsDevice(encoded)) {
        naming.add(i);
      }
    }
    assertThat(naming).containsExactly(0, Limits.FRAME_MEMORY_AUDIENCES_MAX);
  }

  @Test
  void memory_beyondItsBound_isRefused() throws Exception {
    FrameReader reader = new FrameReader(space.space);
    FrameMemory unbounded = new FrameMemory();
    List<Change> changes = toManyAudiences(Limits.FRAME_MEMORY_AUDIENCES_MAX + 1);
    byte[] last = {};
    for (int i = 0; i < changes.size(); i++) {
      last = withoutBound(changes.get(i), unbounded, i == 0);
      if (i < Limits.FRAME_MEMORY_AUDIENCES_MAX) {
        reader.read(last);
      }
    }
    byte[] oneMore = last;
    assertThatThrownBy(() -> reader.read(oneMore))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("audiences");
  }

  private static byte[] withoutBound(Change change, FrameMemory memory, boolean names)
      throws Exception {
    CborWriter item = new CborWriter();
    FrameItem.write(item, change, Elision.keys(change, memory));
    memory.add(change);
    CborValue device = names ? CborValue.of(change.prefix().device().bytes()) : CborValue.nul();
    return CborValue.array(device, CborValue.array(CborValue.decode(item.toBytes()))).encode();
  }

  /** Session statements that share an opening: only what a frame shows of them matters. */
  private List<Change> toManyAudiences(int count) throws Exception {
    List<Change> changes = new ArrayList<>();
    List<ChangeId> previous = List.of();
    for (int i = 0; i < count; i++) {
      Change change =
          Change.ofSession(
                  Prefix.builder()
                      .space(space.space)
                      .device(author.device())
                      .place(i + 1, previous)
                      .audience(Audience.of(CircleId.of(space.randomness.bytes(16))))
                      .audiencePlace(1, List.of())
                      .session(statement.prefix().session())
                      .openings(statement.prefix().openings())
                      .salt(statement.prefix().salt())
                      .build())
              .withSignature(statement.signature().get());
      changes.add(change);
      previous = List.of(change.id());
    }
    return changes;
  }

  private List<Change> many(int count) {
    List<Change> changes = new ArrayList<>(List.of(statement, first, second));
    while (changes.size() < count) {
      changes.add(write(seen));
    }
    return changes;
  }

  private Change write(Seen when) {
    return author.write(audience, Content.of(space.body("text")), when, 0).change();
  }

  private static byte[] frame(Change... changes) {
    return new FrameWriter().write(Frame.of(List.of(changes)));
  }

  private static boolean namesItsDevice(byte[] frame) throws Exception {
    return ((CborArray) CborValue.decode(frame)).items().get(0) instanceof CborValue.Bytes;
  }

  private static List<CborValue> items(byte[] frame) throws Exception {
    return ((CborArray) ((CborArray) CborValue.decode(frame)).items().get(1)).items();
  }

  private static List<List<Long>> keys(Change... changes) throws Exception {
    List<List<Long>> keys = new ArrayList<>();
    for (CborValue item : items(frame(changes))) {
      List<Long> ofItem = new ArrayList<>();
      for (CborValue key : ((CborMap) item).entries().keySet()) {
        ofItem.add(((CborValue.Int) key).value());
      }
      keys.add(ofItem);
    }
    return keys;
  }

  /** The frame of all three, with another value under a key of one item, or without it. */
  private byte[] with(int index, int key, CborValue value) throws Exception {
    List<CborValue> items = new ArrayList<>(items(frame(statement, first, second)));
    Map<CborValue, CborValue> entries = new TreeMap<>(((CborMap) items.get(index)).entries());
    if (value == null) {
      entries.remove(CborValue.of(key));
    } else {
      entries.put(CborValue.of(key), value);
    }
    items.set(index, CborValue.map(entries));
    CborValue device = CborValue.of(author.device().bytes());
    return CborValue.array(device, CborValue.array(items)).encode();
  }

  /** What would stand under a key of an item; a prefix has the same three keys further on. */
  private CborValue valueOfFirst(int key) throws Exception {
    CborArray payload = (CborArray) CborValue.decode(first.payload());
    return ((CborMap) payload.items().get(0)).get(key + 3).get();
  }

  private void refused(byte[] frame) {
    assertThatThrownBy(() -> new FrameReader(space.space).read(frame))
        .isInstanceOf(MalformedException.class);
  }
}
