package dev.cairn.protocol.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipProofTest {

  private static final Digest TRANSCRIPT = Sha256.of(new byte[] {1});

  private final Organisation org = new Organisation(79);
  private final Person member = org.reporter();
  private final Person peer = org.reporter();

  private byte[] honest() throws CairnException {
    return MembershipProof.make(org.heldBy(member), TRANSCRIPT, Side.CALLER, member.signing());
  }

  private void check(Digest transcript, Side side, byte[] proof) throws CairnException {
    MembershipProof.check(org.heldBy(peer), transcript, side, proof);
  }

  /** What {@code signer} says of {@code named}. */
  private static byte[] proof(List<Statement> chain, Person named, Person signer) {
    byte[] signed = new byte[33];
    System.arraycopy(TRANSCRIPT.bytes(), 0, signed, 0, 32);
    signed[32] = 0x0A;
    CborWriter writer = new CborWriter().array(3).array(chain.size());
    chain.forEach(statement -> writer.bytes(statement.encode()));
    return writer
        .bytes(named.id().bytes())
        .bytes(CoseSign1.signature(MessageType.MEETING, signed, signer.signing()))
        .toBytes();
  }

  private List<Statement> chain() {
    return org.state().membershipChain(member.id());
  }

  private static void assertStranger(ThrowingCheck check) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(PeerStream.STRANGER));
  }

  private interface ThrowingCheck {
    void run() throws CairnException;
  }

  @Test
  void proof_asItIsMade_holds() throws Exception {
    assertThatCode(() -> check(TRANSCRIPT, Side.CALLER, honest())).doesNotThrowAnyException();
    assertThat(proof(chain(), member, member)).isEqualTo(honest());
  }

  @Test
  void proof_ofAnotherMeeting_isRefused() {
    assertStranger(() -> check(Sha256.of(new byte[] {2}), Side.CALLER, honest()));
  }

  @Test
  void proof_sentBackToItsAuthor_isRefused() {
    assertStranger(() -> check(TRANSCRIPT, Side.ANSWERER, honest()));
  }

  @Test
  void proof_ofAnothersMembership_isRefused() {
    Person thief = org.person();
    assertStranger(() -> check(TRANSCRIPT, Side.CALLER, proof(chain(), member, thief)));
  }

  @Test
  void proof_withAnothersChainAndOnesOwnName_isRefused() {
    Person thief = org.person();
    assertStranger(() -> check(TRANSCRIPT, Side.CALLER, proof(chain(), thief, thief)));
  }

  @Test
  void proof_withoutAChain_isRefusedByWhoDoesNotKnow() {
    assertStranger(() -> check(TRANSCRIPT, Side.CALLER, proof(List.of(), member, member)));
  }

  @Test
  void proof_thatBringsASuspension_isRefused() {
    Person turned = org.coordinator();
    List<Statement> chain = new ArrayList<>(chain());
    chain.add(org.suspend(turned, org.owner()));
    assertThatThrownBy(() -> check(TRANSCRIPT, Side.CALLER, proof(chain, member, member)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void statements_upToTheMost_areTaken_andOneMoreIsNot() {
    List<Statement> many = new ArrayList<>(chain());
    many.addAll(Collections.nCopies(Limits.MEETING_STATEMENTS_MAX - many.size(), many.get(0)));
    assertThatCode(() -> check(TRANSCRIPT, Side.CALLER, proof(many, member, member)))
        .doesNotThrowAnyException();
    many.add(many.get(0));
    assertThatThrownBy(() -> check(TRANSCRIPT, Side.CALLER, proof(many, member, member)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void device_thatIsNotIn_makesNoProof() {
    Person stranger = org.person();
    assertThatThrownBy(
            () -> MembershipProof.make(org.state(), TRANSCRIPT, Side.CALLER, stranger.signing()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("device.unknown"));
  }
}
