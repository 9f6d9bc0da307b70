package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameSignaturesTest {

  private final TestSpace space = new TestSpace(12);
  private final SigningKey device = space.device();
  private final VerifyingKey key = device.verifyingKey();
  private final Audience audience = space.audience(1);
  private final Audience other = space.audience(1);
  private final FeedAuthor author = space.author(device, FeedMemory.empty());
  private final Seen seen = space.seen();
  private final Change statement = open(author, audience);
  private final Change first = write(audience);
  private final Change elsewhere = open(author, other);
  private final Change last = write(audience);

  @Test
  void frame_withTheLastChangeOfEachAudienceSigned_isProven() {
    Frame frame = Frame.of(List.of(bare(statement), bare(first), elsewhere, last));
    assertThatCode(() -> FrameSignatures.verify(frame, key)).doesNotThrowAnyException();
  }

  @Test
  void frame_withMoreSignatures_isProven() {
    Frame frame = Frame.of(List.of(statement, first, elsewhere, last));
    assertThatCode(() -> FrameSignatures.verify(frame, key)).doesNotThrowAnyException();
  }

  @Test
  void frame_whoseLastChangeIsNotSigned_isUncovered() {
    refused(FrameSignatures.UNCOVERED, statement, first, elsewhere, bare(last));
  }

  @Test
  void frame_withAnAudienceThatIsNotSigned_isUncovered() {
    refused(FrameSignatures.UNCOVERED, statement, first, bare(elsewhere), last);
  }

  @Test
  void frame_withAChangeThatNoLaterOneNames_isUncovered() {
    Change alone = open(space.author(device, FeedMemory.empty()), audience);
    refused(FrameSignatures.UNCOVERED, bare(alone), elsewhere, last);
  }

  @Test
  void frame_withABadSignature_isRefused() {
    refused(FrameSignatures.BAD_SIGNATURE, statement, first, elsewhere, spoilt(last));
  }

  @Test
  void frame_withABadSignatureThatIsNotNeeded_isRefused() {
    refused(FrameSignatures.BAD_SIGNATURE, spoilt(statement), first, elsewhere, last);
  }

  @Test
  void frame_underAnotherDevicesKey_isAMistake() {
    VerifyingKey foreign = space.device().verifyingKey();
    assertThatThrownBy(() -> FrameSignatures.verify(Frame.of(List.of(statement)), foreign))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void change_asFarFromAnotherInTheLogAsInTheFeed_mayBeReached() {
    assertThat(FrameSignatures.mayReach(last, 42, first, 40)).isTrue();
    assertThat(FrameSignatures.mayReach(last, 43, first, 40)).isFalse();
  }

  @Test
  void change_ofAnotherDevice_isNotReached() {
    SigningKey stranger = space.device();
    Change strange = open(space.author(stranger, FeedMemory.empty()), audience);
    assertThat(FrameSignatures.mayReach(last, 41, strange, 40)).isFalse();
  }

  @Test
  void reader_ofAFrameWithMoreSignatures_keepsThem() throws Exception {
    FrameMemory memory = new FrameMemory();
    CborWriter writer = new CborWriter();
    writer.array(2).bytes(author.device().bytes()).array(2);
    for (Change change : List.of(statement, first)) {
      FrameItem.write(writer, change, Elision.keys(change, memory));
      memory.add(change);
    }
    assertThat(new FrameReader(space.space).read(writer.toBytes()).changes())
        .containsExactly(statement, first);
  }

  @Test
  void writer_withoutANeededSignature_doesNotWrite() {
    Frame frame = Frame.of(List.of(bare(statement)));
    assertThatThrownBy(() -> new FrameWriter().write(frame))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writer_afterAFrameItDidNotWrite_goesOn() throws Exception {
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader(space.space);
    reader.read(writer.write(Frame.of(List.of(statement))));
    Frame unsigned = Frame.of(List.of(bare(first)));
    assertThatThrownBy(() -> writer.write(unsigned)).isInstanceOf(IllegalArgumentException.class);
    assertThat(reader.read(writer.write(Frame.of(List.of(first)))).changes())
        .containsExactly(first);
  }

  @Test
  void cut_neverSeparatesAChangeFromTheSignatureThatCoversIt() {
    List<Change> changes = List.of(bare(statement), bare(first), elsewhere, last);
    assertThat(new FrameWriter().fitting(changes, 1)).isEqualTo(4);
  }

  @Test
  void cut_ofSignedChangesThatDoNotFit_takesOne() {
    assertThat(new FrameWriter().fitting(List.of(statement, first), 1)).isEqualTo(1);
  }

  @Test
  void cut_atExactlyTheSizeOfTheFrame_takesItWhole() {
    List<Change> changes = List.of(statement, first, elsewhere, last);
    int size = new FrameWriter().write(Frame.of(changes)).length;
    assertThat(new FrameWriter().fitting(changes, size)).isEqualTo(4);
    assertThat(new FrameWriter().fitting(changes, size - 1)).isEqualTo(3);
  }

  @Test
  void cut_ofChangesThatNothingCovers_isAMistake() {
    List<Change> changes = List.of(bare(statement), bare(first));
    assertThatThrownBy(() -> new FrameWriter().fitting(changes, Limits.FRAME_BYTES_MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cut_beforeAnotherDevice_ends() {
    Change foreign = open(space.author(space.device(), FeedMemory.empty()), audience);
    List<Change> changes = List.of(statement, foreign);
    assertThat(new FrameWriter().fitting(changes, Limits.FRAME_BYTES_MAX)).isEqualTo(1);
  }

  @Test
  void frame_withAnyByteChanged_isNeverTakenForAnother() throws Exception {
    List<Change> changes = new ArrayList<>(List.of(first, last));
    changes.add(write(audience).withoutCiphertext());
    byte[] good = new FrameWriter().write(Frame.of(changes));
    Set<ChangeId> ids = new TreeSet<>();
    changes.forEach(change -> ids.add(change.id()));
    List<Integer> takenAt = new ArrayList<>();
    for (int i = 0; i < good.length; i++) {
      byte[] changed = good.clone();
      changed[i] ^= (byte) (1 << space.random.nextInt(8));
      if (takenForAnother(changed, ids)) {
        takenAt.add(i);
      }
    }
    assertThat(takenAt).isEmpty();
  }

  private boolean takenForAnother(byte[] encoded, Set<ChangeId> ids) {
    try {
      Frame frame = new FrameReader(space.space).read(encoded);
      FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
      return !frame.changes().stream().allMatch(change -> ids.contains(change.id()));
    } catch (MalformedException | RefusedException refused) {
      return false;
    }
  }

  private void refused(String code, Change... changes) {
    Frame frame = Frame.of(List.of(changes));
    assertThatThrownBy(() -> FrameSignatures.verify(frame, key))
        .isInstanceOf(RefusedException.class)
        .extracting(thrown -> ((CairnException) thrown).code())
        .isEqualTo(code);
  }

  private Change open(FeedAuthor writer, Audience to) {
    return writer.openSession(to, space.epochs(to), seen, 0);
  }

  private Change write(Audience to) {
    return author.write(to, Content.of(space.body("text")), seen, 0).change();
  }

  private static Change bare(Change change) {
    return change.withoutSignature();
  }

  private static Change spoilt(Change change) {
    byte[] signature = change.signature().get().bytes();
    signature[40] ^= 1;
    return change.withSignature(Signature.of(signature));
  }
}
