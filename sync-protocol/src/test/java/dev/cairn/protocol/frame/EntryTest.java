package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.RandomFeed;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryTest {

  private static final TestSpace SPACE = new TestSpace(13);
  private static final List<Change> CHANGES = RandomFeed.of(SPACE, 30);
  private static final Encoded BYTES = Encoded.of(new byte[] {1, 2, 3});

  static List<Entry> entries() {
    Frame frame = framed(3);
    return List.of(
        new Entry.Statement(BYTES, OptionalLong.empty()),
        new Entry.Statement(BYTES, OptionalLong.of(7)),
        new Entry.OfFrame(frame, List.of()),
        new Entry.OfFrame(frame, List.of(4L, 5L, 90L)),
        new Entry.Leaves(0, List.of(SPACE.digest())),
        new Entry.Hidden(0, List.of(leaf(1))),
        new Entry.Hidden(1L << 40, List.of(leaf(2), leaf(2), leaf(1), leaf(3), leaf(2))),
        new Entry.OfReceipt(Encoded.of(CborValue.array(CborValue.of(1)).encode())),
        new Entry.LogState(BYTES, List.of(), 0),
        new Entry.LogState(BYTES, List.of(SPACE.digest(), SPACE.digest()), Long.MAX_VALUE),
        new Entry.Refusal(0, "feed.sequence", Optional.empty()),
        new Entry.Refusal(1L << 40, "feed.sequence", Optional.of("says more")));
  }

  /** Changes as they come out of a frame: without the signatures they do not need. */
  private static Frame framed(int count) {
    try {
      byte[] encoded = new FrameWriter().write(Frame.of(CHANGES.subList(0, count)));
      return new FrameReader(SPACE.space).read(encoded);
    } catch (MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entry_writtenAndRead_isTheSame(Entry entry) throws Exception {
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entry_cutAnywhere_isMalformed(Entry entry) throws Exception {
    byte[] whole = written(entry);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      refused(cut);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entry_withAnythingAppended_isMalformed(Entry entry) throws Exception {
    byte[] whole = written(entry);
    refused(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void entry_ofAnUnknownKind_isMalformed() {
    refused(CborValue.array(CborValue.of(0), CborValue.of(0)).encode());
    refused(CborValue.array(CborValue.of(8), CborValue.of(0)).encode());
    refused(CborValue.array().encode());
  }

  @Test
  void positions_thatDoNotAscend_areMalformed() throws Exception {
    CborValue frame = CborValue.decode(new FrameWriter().write(framed(2)));
    refused(placed(frame, 5, 0));
    refused(placed(frame, Long.MAX_VALUE, 1));
  }

  @Test
  void positions_notOneForEachChange_areMalformed() throws Exception {
    CborValue frame = CborValue.decode(new FrameWriter().write(framed(2)));
    refused(placed(frame, 5));
    refused(placed(frame, 5, 1, 1));
    refused(placed(frame));
  }

  @Test
  void positions_notOneForEachChange_areNotWritten() {
    Entry entry = new Entry.OfFrame(framed(2), List.of(1L));
    assertThatThrownBy(() -> new EntryWriter().write(entry))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void positions_thatDoNotAscend_areNotWritten() {
    Entry entry = new Entry.OfFrame(framed(2), List.of(1L, 1L));
    assertThatThrownBy(() -> new EntryWriter().write(entry))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaves_asManyAsMayBe_areRead() throws Exception {
    Entry entry = leaves(Limits.ENTRY_LEAVES_MAX);
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
  }

  @Test
  void leaves_oneMoreOrNone_areRefusedByBothEnds() {
    for (int count : new int[] {0, Limits.ENTRY_LEAVES_MAX + 1}) {
      assertThatThrownBy(() -> new EntryWriter().write(leaves(count)))
          .isInstanceOf(IllegalArgumentException.class);
      List<CborValue> leaves = Collections.nCopies(count, CborValue.of(SPACE.digest().bytes()));
      refused(CborValue.array(CborValue.of(3), CborValue.of(0), CborValue.array(leaves)).encode());
    }
  }

  @Test
  void hidden_theMostLeavesForTheMostCircles_areRead() throws Exception {
    List<ChangeLeaf> leaves = new ArrayList<>();
    for (int i = 0; i < Limits.ENTRY_LEAVES_MAX; i++) {
      List<CircleId> circles = new ArrayList<>();
      for (int circle = 0; circle < Limits.AUDIENCE_CIRCLES_MAX; circle++) {
        circles.add(circle(i * Limits.AUDIENCE_CIRCLES_MAX + circle));
      }
      leaves.add(new ChangeLeaf(Audience.of(circles), SPACE.digest()));
    }
    Entry entry = new Entry.Hidden(3, leaves);
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
    leaves.add(leaf(0));
    assertThatThrownBy(() -> new EntryWriter().write(new Entry.Hidden(3, leaves)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hidden_oneLeafMoreOrNone_isRefused() throws Exception {
    CborValue all = run(0, Limits.ENTRY_LEAVES_MAX);
    List<CborValue> audiences = List.of(audience(1), audience(2));
    assertThat(new EntryReader(SPACE.space).read(hidden(audiences.subList(0, 1), all)))
        .isInstanceOf(Entry.Hidden.class);
    refused(hidden(audiences.subList(0, 1), run(0, Limits.ENTRY_LEAVES_MAX + 1)));
    refused(hidden(audiences, all, run(1, 1)));
    refused(hidden(List.of()));
    refused(hidden(audiences.subList(0, 1), run(0, 0)));
  }

  /** So that one list of leaves has one form. */
  @Test
  void hidden_inAnotherForm_isRefused() throws Exception {
    List<CborValue> audiences = List.of(audience(2), audience(1));
    assertThat(new EntryReader(SPACE.space).read(hidden(audiences, run(0, 1), run(1, 2))))
        .isInstanceOf(Entry.Hidden.class);
    refused(hidden(audiences, run(1, 1), run(0, 1))); // not in the order in which they come
    refused(hidden(audiences, run(0, 1), run(0, 1), run(1, 1))); // one run cut in two
    refused(hidden(audiences, run(0, 1))); // one that no leaf is for
    refused(hidden(audiences, run(0, 1), run(2, 1))); // none there
    refused(hidden(List.of(audience(1), audience(1)), run(0, 1), run(1, 1)));
    refused(hidden(List.of(CborValue.array()), run(0, 1)));
  }

  private static byte[] hidden(List<CborValue> audiences, CborValue... runs) {
    return CborValue.array(
            CborValue.of(7),
            CborValue.of(0),
            CborValue.array(audiences),
            CborValue.array(List.of(runs)))
        .encode();
  }

  private static CborValue audience(int circle) {
    return CborValue.array(CborValue.of(circle(circle).bytes()));
  }

  private static CborValue run(int which, int count) {
    CborValue hash = CborValue.of(SPACE.digest().bytes());
    return CborValue.array(CborValue.of(which), CborValue.array(Collections.nCopies(count, hash)));
  }

  @Test
  void consistency_ofTheMostHashes_isRead() throws Exception {
    Entry entry = new Entry.LogState(BYTES, hashes(Limits.CONSISTENCY_HASHES_MAX), 1);
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
  }

  @Test
  void consistency_ofOneHashMore_isNotWritten() {
    Entry entry = new Entry.LogState(BYTES, hashes(Limits.CONSISTENCY_HASHES_MAX + 1), 1);
    assertThatThrownBy(() -> new EntryWriter().write(entry))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusal_withTheLongestTexts_isRead() throws Exception {
    Entry entry = refusal(Limits.REFUSAL_CODE_BYTES_MAX, Limits.REFUSAL_DETAIL_BYTES_MAX);
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
  }

  @Test
  void refusal_withLongerTexts_isRefused() throws Exception {
    refused(written(refusal(Limits.REFUSAL_CODE_BYTES_MAX + 1, 1)));
    refused(written(refusal(1, Limits.REFUSAL_DETAIL_BYTES_MAX + 1)));
  }

  @Test
  void entry_ofTheMostBytes_isRead() throws Exception {
    Encoded statement = Encoded.of(new byte[Limits.ENTRY_BYTES_MAX - 7]);
    Entry entry = new Entry.Statement(statement, OptionalLong.empty());
    assertThat(written(entry)).hasSize(Limits.ENTRY_BYTES_MAX);
    assertThat(new EntryReader(SPACE.space).read(written(entry))).isEqualTo(entry);
  }

  @Test
  void entry_ofOneByteMore_isRefusedByBothEnds() {
    Encoded statement = Encoded.of(new byte[Limits.ENTRY_BYTES_MAX - 6]);
    Entry entry = new Entry.Statement(statement, OptionalLong.empty());
    assertThatThrownBy(() -> new EntryWriter().write(entry))
        .isInstanceOf(IllegalArgumentException.class);
    refused(new byte[Limits.ENTRY_BYTES_MAX + 1]);
  }

  @Test
  void stream_cutAnywhere_givesTheWholeEntriesBeforeTheCut() throws Exception {
    EntryWriter writer = new EntryWriter();
    List<byte[]> wire = new ArrayList<>();
    wire.add(writer.write(new Entry.Statement(BYTES, OptionalLong.empty())));
    for (int at = 0; at < 12; ) {
      int count = writer.fitting(CHANGES.subList(at, 12), Limits.SLOW_FRAME_BYTES_MAX);
      Frame frame = Frame.of(CHANGES.subList(at, at + count));
      wire.add(writer.write(new Entry.OfFrame(frame, List.of())));
      at += count;
    }
    byte[] whole = concat(wire);
    int step = 1 + whole.length / 400;
    for (int length = 0; length <= whole.length; length += step) {
      assertThat(read(whole, length)).hasSize(wholeEntries(wire, length));
    }
    assertThat(read(whole, whole.length)).hasSize(wire.size());
  }

  private static List<Entry> read(byte[] wire, int length) throws MalformedException {
    ByteStringStream stream = ByteStringStream.ofEntries();
    EntryReader reader = new EntryReader(SPACE.space);
    stream.feed(wire, 0, length);
    List<Entry> entries = new ArrayList<>();
    for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
      entries.add(reader.read(next.get()));
    }
    return entries;
  }

  private static int wholeEntries(List<byte[]> wire, int length) {
    int count = 0;
    int end = 0;
    for (byte[] entry : wire) {
      end += entry.length;
      count += end <= length ? 1 : 0;
    }
    return count;
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private static byte[] written(Entry entry) throws MalformedException {
    ByteStringStream stream = ByteStringStream.ofEntries();
    stream.feed(new EntryWriter().write(entry));
    return stream.next().get();
  }

  private static byte[] placed(CborValue frame, long... positions) {
    List<CborValue> values = new ArrayList<>();
    for (long position : positions) {
      values.add(CborValue.of(position));
    }
    return CborValue.array(CborValue.of(2), frame, CborValue.array(values)).encode();
  }

  private static Entry leaves(int count) {
    return new Entry.Leaves(3, hashes(count));
  }

  /** A leaf for one circle. */
  private static ChangeLeaf leaf(int circle) {
    return new ChangeLeaf(Audience.of(circle(circle)), SPACE.digest());
  }

  private static CircleId circle(int number) {
    byte[] id = new byte[CircleId.SIZE_BYTES];
    ByteBuffer.wrap(id).putInt(number);
    return CircleId.of(id);
  }

  private static List<Digest> hashes(int count) {
    return Collections.nCopies(count, SPACE.digest());
  }

  private static Entry refusal(int codeLength, int detailLength) {
    return new Entry.Refusal(0, "c".repeat(codeLength), Optional.of("d".repeat(detailLength)));
  }

  private static void refused(byte[] entry) {
    assertThatThrownBy(() -> new EntryReader(SPACE.space).read(entry))
        .isInstanceOf(MalformedException.class);
  }
}
