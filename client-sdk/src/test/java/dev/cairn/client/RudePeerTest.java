package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.meeting.MeetingResult;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.meeting.Word;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member's device whose program does not keep to what may be said. */
class RudePeerTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device victim;
  private Meeting meeting;
  private PeerStream rude;
  private final List<Word> heard = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 51);
    Device desk = space.owner("desk");
    Device turned =
        space.joinUnheard(desk, "turned", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
    victim = space.joinUnheard(desk, "victim", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
    victim.record(TestSpace.note("of the victim"));
    meeting = victim.meeting(Side.ANSWERER, MeetingListener.NONE);
    rude =
        new PeerStream(
            Side.CALLER,
            turned.roster(),
            turned.holdings().identity().signingKey(),
            space.host.randomness());
    exchange();
    exchange();
    assertThat(rude.peer()).isPresent();
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void exchange() throws CairnException {
    byte[] there = rude.output();
    meeting.receive(there, 0, there.length);
    byte[] back = meeting.output();
    rude.feed(back, 0, back.length);
    for (Optional<Word> word = rude.next(); word.isPresent(); word = rude.next()) {
      heard.add(word.get());
    }
  }

  /** The code with which a turn is refused; empty if it is not. */
  private String said(Word... words) {
    for (Word word : words) {
      rude.say(word);
    }
    rude.say(new Word.Over());
    try {
      exchange();
      return "";
    } catch (CairnException refused) {
      return refused.code();
    }
  }

  private static Digest id(int number) {
    return Sha256.of(ByteBuffer.allocate(4).putInt(number).array());
  }

  private static Word offer(int from, int to) {
    List<Word.Offered> offered = new ArrayList<>();
    for (int i = from; i < to; i++) {
      offered.add(new Word.Offered(id(i), 100));
    }
    return new Word.Offer(offered);
  }

  private static Word piece(int bytes) {
    return new Word.Piece(Encoded.of(new byte[bytes]));
  }

  @Test
  void offers_upToTheMost_areHeard_andNoMore() throws Exception {
    int offered = 0;
    while (offered < Limits.MEETING_PARCELS_MAX) {
      int next = Math.min(Limits.MEETING_OFFERS_MAX, Limits.MEETING_PARCELS_MAX - offered);
      assertThat(said(offer(offered, offered + next))).isEmpty();
      List<Word> gone = new ArrayList<>();
      for (int i = 0; i < next - 1; i++) {
        gone.add(new Word.Gone());
      }
      gone.add(new Word.Gone());
      assertThat(said(gone.toArray(new Word[0]))).isEmpty();
      offered += next;
    }
    assertThat(said(offer(offered, offered + 1))).isEqualTo(PeerStream.EXCESS);
  }

  @Test
  void parcel_thatIsNotWhatWasOffered_isLeftOut() throws Exception {
    said(offer(0, 1));
    assertThat(said(piece(100))).isEmpty();
    assertThat(said()).isEmpty();
    MeetingResult result = victim.end(meeting);
    assertThat(result.altered()).isEqualTo(1);
    assertThat(result.received()).isZero();
    assertThat(victim.fsck().problems()).isEmpty();
  }

  @Test
  void parcel_longerThanItWasSaidToBe_isRefused() {
    said(offer(0, 1));
    assertThat(said(piece(101))).isEqualTo(MalformedException.CODE);
  }

  @Test
  void piece_thatNobodyWants_isRefused() {
    assertThat(said(piece(1))).isEqualTo(MalformedException.CODE);
  }

  @Test
  void parcel_offeredTwice_isRefused() {
    said(offer(0, 1));
    said(new Word.Gone());
    assertThat(said(offer(0, 1))).isEqualTo(MalformedException.CODE);
  }

  @Test
  void wordsOutOfOrder_areRefused() {
    assertThat(said(offer(0, 1), offer(1, 2))).isEqualTo(MalformedException.CODE);
  }

  @Test
  void want_ofWhatWasNotOffered_isRefused() {
    assertThat(said(new Word.Want(List.of(new Word.Wanted(0, 0)))))
        .isEqualTo(MalformedException.CODE);
  }

  @Test
  void want_beyondTheParcelsEnd_isRefused() {
    said();
    Word.Offer offer = (Word.Offer) heard.get(0);
    int size = offer.parcels().get(0).sizeBytes();
    assertThat(said(new Word.Want(List.of(new Word.Wanted(0, size)))))
        .isEqualTo(MalformedException.CODE);
  }

  @Test
  void peer_thatOwesAndSaysNothing_isRefused() {
    said(offer(0, 1));
    assertThat(said()).isEqualTo(MalformedException.CODE);
  }

  @Test
  void peer_thatSaysNothingForEver_comesToTheEnd() throws Exception {
    int turns = 0;
    while (!meeting.isOver()) {
      assertThat(said()).isEmpty();
      turns++;
      assertThat(turns).isLessThan(5);
    }
    assertThat(said()).isEqualTo(MalformedException.CODE);
  }
}
