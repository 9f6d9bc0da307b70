package dev.cairn.protocol.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SeededRandomness;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller who knows what members know, and brings a proof that is none. */
class HostileProofTest {

  private static final int LINE_BYTES = 16;

  private final Organisation org = new Organisation(83);
  private final Person answerer = org.reporter();
  private PeerStream victim;
  private RecordKeys keys;

  @BeforeEach
  void agree() throws Exception {
    victim = Conversation.end(Side.ANSWERER, org.heldBy(answerer), answerer, 2);
    Randomness randomness = new SeededRandomness(3);
    KeyAgreement agreement =
        new KeyAgreement(Side.CALLER, MembersKey.of(org.state()).orElseThrow(), randomness);
    feed("CAIRN-MEETING-1\n".getBytes(StandardCharsets.US_ASCII));
    message(agreement.first());
    byte[] answer = victim.output();
    ByteStringStream strings = new ByteStringStream(KeyAgreement.SECOND_BYTES);
    strings.feed(answer, LINE_BYTES, answer.length - LINE_BYTES);
    byte[] third = agreement.third(strings.next().orElseThrow(), randomness);
    keys = agreement.finish(third);
    message(third);
  }

  private void feed(byte[] bytes) throws CairnException {
    victim.feed(bytes, 0, bytes.length);
    victim.next();
  }

  private void message(byte[] message) throws CairnException {
    feed(ByteStringStream.wrap(message, Limits.MEETING_RECORD_BYTES_MAX + 16));
  }

  /** The code with which a record is refused; empty if more is awaited. */
  private String refused(byte[] plaintext) {
    try {
      message(keys.seal(plaintext));
      return "";
    } catch (CairnException refused) {
      assertThat(victim.output()).isEmpty();
      return refused.code();
    }
  }

  private static byte[] beginning(int proofBytes) {
    byte[] record = new byte[Limits.MEETING_RECORD_BYTES_MAX];
    byte[] head = {
      0x5A,
      (byte) (proofBytes >> 24),
      (byte) (proofBytes >> 16),
      (byte) (proofBytes >> 8),
      (byte) proofBytes
    };
    System.arraycopy(head, 0, record, 0, head.length);
    return record;
  }

  @Test
  void proof_ofTheMostBytes_isAwaited() {
    assertThat(refused(beginning(Limits.MEETING_PROOF_BYTES_MAX))).isEmpty();
  }

  @Test
  void proof_ofOneByteMore_isRefusedByItsHead() {
    assertThat(refused(beginning(Limits.MEETING_PROOF_BYTES_MAX + 1)))
        .isEqualTo(PeerStream.STRANGER);
  }

  @Test
  void record_thatIsNotFull_isRefused() {
    byte[] shorter = Arrays.copyOf(beginning(70_000), Limits.MEETING_RECORD_BYTES_MAX - 1);
    assertThat(refused(shorter)).isEqualTo(PeerStream.STRANGER);
  }

  @Test
  void proof_withMoreThanZerosBehindIt_isRefused() throws Exception {
    Person member = org.reporter();
    byte[] proof =
        MembershipProof.make(org.state(), keys.transcript(), Side.CALLER, member.signing());
    byte[] record =
        Arrays.copyOf(
            ByteStringStream.wrap(proof, Limits.MEETING_PROOF_BYTES_MAX),
            Limits.MEETING_RECORD_BYTES_MAX);
    record[record.length - 1] = 1;
    assertThat(refused(record)).isEqualTo(PeerStream.STRANGER);
  }

  @Test
  void proof_asItShouldBe_isAnswered() throws Exception {
    Person member = org.reporter();
    byte[] proof =
        MembershipProof.make(org.state(), keys.transcript(), Side.CALLER, member.signing());
    byte[] record =
        Arrays.copyOf(
            ByteStringStream.wrap(proof, Limits.MEETING_PROOF_BYTES_MAX),
            Limits.MEETING_RECORD_BYTES_MAX);
    assertThat(refused(record)).isEmpty();
    assertThat(victim.peer().orElseThrow().device()).isEqualTo(member.id());
    assertThat(victim.output()).isNotEmpty();
  }
}
