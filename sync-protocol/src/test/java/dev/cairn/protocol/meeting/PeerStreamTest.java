package dev.cairn.protocol.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets to know whom over the encrypted stream of a meeting. */
class PeerStreamTest {

  private static final int FIRST_BYTES = 16 + 3 + KeyAgreement.FIRST_BYTES;
  private static final int SECOND_BYTES = 16 + 3 + KeyAgreement.SECOND_BYTES;
  private static final int THIRD_BYTES = 3 + KeyAgreement.THIRD_BYTES;

  private final Organisation org = new Organisation(77);
  private final Person caller = org.member(org.coordinator(), Role.REPORTER);
  private final Person answerer = org.reporter();

  private Conversation meet() throws CairnException {
    return Conversation.between(org, caller, answerer);
  }

  private static String code(CairnException refused) {
    return refused == null ? "" : refused.code();
  }

  private static void assertNobodyKnown(Conversation conversation) {
    assertThat(conversation.caller.peer()).isEmpty();
    assertThat(conversation.answerer.peer()).isEmpty();
  }

  @Test
  void reporters_whoNeverHeardOfEachOther_proveThatTheyAreMembers() throws Exception {
    assertThat(org.heldBy(answerer).device(caller.id())).isEmpty();
    Conversation conversation = meet().run();
    assertThat(conversation.met()).isTrue();
    assertThat(conversation.caller.peer().orElseThrow().device()).isEqualTo(answerer.id());
    assertThat(conversation.answerer.peer().orElseThrow().device()).isEqualTo(caller.id());
  }

  @Test
  void stream_cutIntoSingleBytes_isTheSame() throws Exception {
    Conversation conversation =
        new Conversation(
            Conversation.end(Side.CALLER, org.heldBy(caller), caller, 1),
            Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 2),
            1);
    assertThat(conversation.run().met()).isTrue();
  }

  @Test
  void words_bothWays_areHeardInOrder() throws Exception {
    Conversation conversation = meet().run();
    Word offer = new Word.Offer(List.of(new Word.Offered(Digest.of(new byte[32]), 7)));
    Word piece = new Word.Piece(Encoded.of(new byte[Word.PIECE_BYTES_MAX]));
    conversation.caller.say(offer);
    conversation.caller.say(new Word.Over());
    conversation.run();
    conversation.answerer.say(new Word.Want(List.of(new Word.Wanted(0, 3))));
    conversation.answerer.say(piece);
    conversation.answerer.say(new Word.Gone());
    conversation.run();
    assertThat(conversation.heardByAnswerer).containsExactly(offer, new Word.Over());
    assertThat(conversation.heardByCaller)
        .containsExactly(new Word.Want(List.of(new Word.Wanted(0, 3))), piece, new Word.Gone());
  }

  @Test
  void strangers_ofAnotherSpace_learnNothing() throws Exception {
    Organisation other = new Organisation(78);
    Person foreign = other.reporter();
    Conversation called =
        new Conversation(
                Conversation.end(Side.CALLER, other.heldBy(foreign), foreign, 1),
                Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 2),
                Integer.MAX_VALUE)
            .run();
    assertThat(code(called.answererRefused)).isEqualTo(PeerStream.STRANGER);
    assertNobodyKnown(called);
    assertThat(called.toCaller.size()).isEqualTo(SECOND_BYTES);
  }

  @Test
  void suspended_asFarAsIsKnown_isRefusedWithoutAWord() throws Exception {
    Conversation conversation = meet();
    org.suspend(org.owner(), caller);
    Conversation informed =
        new Conversation(
                conversation.caller,
                Conversation.end(Side.ANSWERER, org.state(), answerer, 2),
                Integer.MAX_VALUE)
            .run();
    assertThat(code(informed.answererRefused)).isEqualTo(PeerStream.SUSPENDED);
    assertThat(informed.toCaller.size()).isEqualTo(SECOND_BYTES);
    assertNobodyKnown(informed);
  }

  @Test
  void suspendedAnswerer_isRefusedByACallerWhoKnows() throws Exception {
    PeerStream late = Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 2);
    org.suspend(org.owner(), answerer);
    Conversation conversation =
        new Conversation(
                Conversation.end(Side.CALLER, org.state(), caller, 1), late, Integer.MAX_VALUE)
            .run();
    assertThat(code(conversation.callerRefused)).isEqualTo(PeerStream.SUSPENDED);
    assertThat(conversation.caller.peer()).isEmpty();
  }

  @Test
  void provisional_isAMember_andKnownAsThat() throws Exception {
    Person newcomer = org.person();
    org.admit(org.invite(org.owner(), Role.REPORTER), newcomer);
    Conversation conversation = Conversation.between(org, newcomer, answerer).run();
    assertThat(conversation.answerer.peer().orElseThrow().state())
        .isEqualTo(DeviceEntry.State.PROVISIONAL);
  }

  @Test
  void device_thatMeetsItself_isRefused() throws Exception {
    assertThat(code(Conversation.between(org, caller, caller).run().answererRefused))
        .isEqualTo(PeerStream.STRANGER);
  }

  @Test
  void everyAlteredByte_ofTheKeys_isRefused() throws Exception {
    Conversation whole = meet().run();
    for (int at = 0; at < FIRST_BYTES + THIRD_BYTES; at += step(at)) {
      Conversation altered = meet();
      altered.alteredToAnswerer = at;
      altered.run();
      assertThat(altered.answerer.peer()).as("to the answerer, byte " + at).isEmpty();
      assertThat(altered.toCaller.size()).isLessThanOrEqualTo(SECOND_BYTES);
    }
    for (int at = 0; at < SECOND_BYTES; at += step(at)) {
      Conversation altered = meet();
      altered.alteredToCaller = at;
      altered.run();
      assertThat(altered.caller.peer()).as("to the caller, byte " + at).isEmpty();
      assertThat(altered.met()).isFalse();
    }
    assertThat(whole.met()).isTrue();
  }

  /** Every byte of the beginning, then so many that each part of a key is met. */
  private static int step(int at) {
    return at < 24 ? 1 : 23;
  }

  @Test
  void alteredByte_ofAProof_isRefused() throws Exception {
    int records = meet().run().toAnswerer.size() - FIRST_BYTES - THIRD_BYTES;
    for (int at = 0; at < records; at += 997) {
      Conversation altered = meet();
      altered.alteredToAnswerer = FIRST_BYTES + THIRD_BYTES + at;
      altered.run();
      assertThat(altered.answererRefused).as("byte " + at).isNotNull();
      assertThat(altered.toCaller.size()).isEqualTo(SECOND_BYTES);
    }
  }

  @Test
  void recordedCall_playedAgain_isRefused() throws Exception {
    byte[] recorded = meet().run().toAnswerer.toByteArray();
    PeerStream again = Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 3);
    again.feed(recorded, 0, recorded.length);
    assertThat(refusal(again)).isEqualTo(PeerStream.STRANGER);
  }

  private static String refusal(PeerStream end) {
    try {
      end.next();
      return "";
    } catch (CairnException refused) {
      return refused.code();
    }
  }

  @Test
  void callersOwnWords_sentBack_areRefused() throws Exception {
    Conversation conversation = meet().run();
    conversation.caller.say(new Word.Over());
    byte[] said = conversation.caller.output();
    conversation.caller.feed(said, 0, said.length);
    assertThat(refusal(conversation.caller)).isEqualTo(MalformedException.CODE);
  }

  @Test
  void word_repeatedOrLeftOut_isRefused() throws Exception {
    Conversation conversation = meet().run();
    conversation.caller.say(new Word.Over());
    byte[] said = conversation.caller.output();
    conversation.answerer.feed(said, 0, said.length);
    conversation.answerer.next();
    conversation.answerer.feed(said, 0, said.length);
    assertThat(refusal(conversation.answerer)).isEqualTo(MalformedException.CODE);
  }

  @Test
  void laterVersion_isNamed() throws Exception {
    PeerStream end = Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 2);
    byte[] line = "CAIRN-MEETING-2\n".getBytes(StandardCharsets.US_ASCII);
    try {
      end.feed(line, 0, line.length);
      assertThat(line).isEmpty();
    } catch (CairnException newer) {
      assertThat(newer.code()).isEqualTo(TooNewException.CODE);
    }
  }

  @Test
  void stream_holdsNoIdOfMemberOrSpace() throws Exception {
    Conversation conversation = meet().run();
    byte[] there = conversation.toAnswerer.toByteArray();
    byte[] back = conversation.toCaller.toByteArray();
    for (byte[] id : List.of(caller.id().bytes(), answerer.id().bytes(), org.space().bytes())) {
      assertThat(contains(there, id)).isFalse();
      assertThat(contains(back, id)).isFalse();
    }
  }

  private static boolean contains(byte[] where, byte[] what) {
    for (int at = 0; at + 8 <= where.length; at++) {
      if (Arrays.equals(where, at, at + 8, what, 0, 8)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void lengths_ofOneMeetingAndAnother_areTheSame() throws Exception {
    Conversation far = meet().run();
    Conversation near = Conversation.between(org, answerer, org.owner()).run();
    assertThat(near.toAnswerer.size()).isEqualTo(far.toAnswerer.size());
    assertThat(near.toCaller.size()).isEqualTo(far.toCaller.size());
  }

  @Test
  void turn_upToTheMost_isHeard_andNoMore() throws Exception {
    Conversation conversation = meet().run();
    conversation.caller.say(new Word.Piece(Encoded.of(new byte[100])));
    conversation.caller.say(new Word.Over());
    conversation.answerer.say(new Word.Gone());
    int most = Limits.MEETING_TURN_BYTES_MAX;
    while (conversation.caller.room() > Limits.MEETING_RECORD_BYTES_MAX) {
      conversation.caller.say(new Word.Piece(Encoded.of(new byte[Word.PIECE_BYTES_MAX])));
    }
    assertThat(conversation.caller.room()).isPositive().isLessThan(most);
    while (conversation.caller.room() > 2) {
      conversation.caller.say(new Word.Gone());
    }
    assertThat(conversation.run().answererRefused).isNull();
    conversation.caller.say(new Word.Gone());
    conversation.caller.say(new Word.Gone());
    assertThat(code(conversation.run().answererRefused)).isEqualTo(PeerStream.EXCESS);
  }

  @Test
  void record_longerThanTheMost_isRefusedByItsHead() throws Exception {
    Conversation conversation = meet().run();
    int most = Limits.MEETING_RECORD_BYTES_MAX + 16;
    byte[] head = {0x59, (byte) ((most + 1) >> 8), (byte) (most + 1)};
    conversation.answerer.feed(head, 0, head.length);
    assertThat(refusal(conversation.answerer)).isEqualTo(MalformedException.CODE);
    byte[] right = {0x59, (byte) (most >> 8), (byte) most};
    conversation.caller.feed(right, 0, right.length);
    assertThat(refusal(conversation.caller)).isEmpty();
  }
}
