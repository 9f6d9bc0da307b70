package dev.cairn.protocol.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Argon2Cost;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InvitationFileTest {

  private static final Argon2Cost CHEAP = new Argon2Cost(Limits.ARGON2_MEMORY_KIB_MIN, 1, 1);
  private static final int LINE = "CAIRN-INVITATION-1\n".length();

  private final SeededRandomness randomness = new SeededRandomness(41);
  private final Organisation org = new Organisation(43);
  private final Person coordinator = org.coordinator();
  private final Person colleague = org.reporter();
  private final Statement invitation = org.invite(coordinator, Role.REPORTER);
  private final InvitationCode code = InvitationCode.generate(randomness);
  private final ServerAddress address =
      new ServerAddress("https://cairn.example:8443", Sha256.of(new byte[1]));
  private final InvitationFile file =
      InvitationFile.of(org.state(), invitation.id(), org.oneTimeKey(invitation), address);

  @Test
  void file_openedWithItsCode_comesBack() throws Exception {
    InvitationFile opened = InvitationFile.open(file.seal(code, CHEAP, randomness), code);

    assertThat(opened.address()).isEqualTo(address);
    assertThat(opened.invitation()).isEqualTo(invitation.id());
    assertThat(opened.oneTimeKey().seed()).isEqualTo(org.oneTimeKey(invitation).seed());
    assertThat(opened.statements()).isEqualTo(file.statements());
  }

  @Test
  void file_atTheCostOfRealLife_comesBack() throws Exception {
    byte[] sealed = file.seal(code, randomness);
    CborReader reader = CborReader.of(sealed, LINE, sealed.length - LINE);
    reader.arrayOf(4);

    assertThat(reader.uint()).isEqualTo(65_536);
    assertThat(reader.uint()).isEqualTo(3);
    assertThat(InvitationFile.open(sealed, code).space()).isEqualTo(org.state().space());
  }

  @Test
  void newcomer_withNothingButTheFile_isAdmittedAndCanWriteToDesk() throws Exception {
    RosterState state = InvitationFile.open(file.seal(code, CHEAP, randomness), code).state();
    Person newcomer = org.person();
    Statement admission =
        new RosterWriter(state, randomness)
            .admission(
                invitation.id(),
                file.oneTimeKey(),
                org.signingOf(newcomer),
                org.encryptionOf(newcomer),
                "Cedar");

    assertThat(org.state().with(admission).device(newcomer.id())).isPresent();
    assertThat(state.writingKey(state.desk().orElseThrow()))
        .isEqualTo(org.state().writingKey(state.desk().orElseThrow()));
  }

  @Test
  void file_namesNoColleague() {
    assertThat(file.state().device(colleague.id())).isEmpty();
    assertThat(file.state().device(coordinator.id())).isPresent();
  }

  @Test
  void file_withAnotherCode_doesNotOpen() {
    byte[] sealed = file.seal(code, CHEAP, randomness);

    assertThatThrownBy(() -> InvitationFile.open(sealed, InvitationCode.generate(randomness)))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void file_altered_doesNotOpen() {
    byte[] sealed = file.seal(code, CHEAP, randomness);
    sealed[sealed.length - 1] ^= 1;

    assertThatThrownBy(() -> InvitationFile.open(sealed, code))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void file_showsNeitherAddressNorSpace() {
    String sealed = new String(file.seal(code, CHEAP, randomness), StandardCharsets.ISO_8859_1);

    assertThat(sealed)
        .doesNotContain("cairn.example")
        .doesNotContain(new String(file.space().bytes(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void file_ofALaterVersion_isTooNew() {
    byte[] later = "CAIRN-INVITATION-2\nwhatever".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> InvitationFile.open(later, code)).isInstanceOf(TooNewException.class);
  }

  @Test
  void file_ofAnotherSort_isMalformed() {
    for (String text : new String[] {"", "CAIRN", "CAIRN-INVITATION-x\n", "CAIRN-BUNDLE-1\nabc"}) {
      byte[] other = text.getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> InvitationFile.open(other, code))
          .isInstanceOf(MalformedException.class);
    }
  }

  private byte[] withCost(long memoryKib, long passes) {
    byte[] line = Arrays.copyOf(file.seal(code, CHEAP, randomness), LINE);
    byte[] rest =
        new CborWriter()
            .array(4)
            .uint(memoryKib)
            .uint(passes)
            .bytes(new byte[16])
            .bytes(new byte[99])
            .toBytes();
    byte[] whole = Arrays.copyOf(line, line.length + rest.length);
    System.arraycopy(rest, 0, whole, line.length, rest.length);
    return whole;
  }

  @Test
  void file_thatAsksForTooMuchOrTooLittleWork_isMalformed() {
    long least = Limits.ARGON2_MEMORY_KIB_MIN;

    for (long[] cost :
        new long[][] {
          {least - 1, 1},
          {Limits.ARGON2_MEMORY_KIB_MAX + 1L, 1},
          {least, 0},
          {least, Limits.ARGON2_PASSES_MAX + 1L},
          {1L << 40, 1}
        }) {
      assertThatThrownBy(() -> InvitationFile.open(withCost(cost[0], cost[1]), code))
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> InvitationFile.open(withCost(least, 1), code))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void file_longerThanTheLimit_isMalformed() {
    assertThatThrownBy(
            () -> InvitationFile.open(new byte[Limits.INVITATION_FILE_SIZE_BYTES_MAX + 1], code))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer");
    assertThatThrownBy(
            () -> InvitationFile.open(new byte[Limits.INVITATION_FILE_SIZE_BYTES_MAX], code))
        .hasMessageNotContaining("longer");
  }

  @Test
  void file_forAnInvitationThatDoesNotStand_isRefused() {
    Statement powerless = org.invite(colleague, Role.REPORTER);

    assertThatThrownBy(
            () ->
                InvitationFile.of(org.state(), powerless.id(), org.oneTimeKey(powerless), address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void file_withAnotherInvitationsKey_isRefused() {
    Statement other = org.invite(coordinator, Role.REPORTER);

    assertThatThrownBy(
            () -> InvitationFile.of(org.state(), invitation.id(), org.oneTimeKey(other), address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void file_withoutAPin_comesBack() throws Exception {
    InvitationFile plain =
        InvitationFile.of(
            org.state(),
            invitation.id(),
            org.oneTimeKey(invitation),
            new ServerAddress("http://abcdef.onion", null));

    assertThat(InvitationFile.open(plain.seal(code, CHEAP, randomness), code).address().pin())
        .isEmpty();
  }

  @Test
  void code_isTenCharactersInTwoGroups() {
    assertThat(code.show()).matches("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}");
    assertThat(code.toString()).doesNotContain(code.show().substring(0, 5));
  }

  @Test
  void code_typedCarelessly_isTheSame() throws Exception {
    assertThat(InvitationCode.parse(" o1ab-cdEfgh "))
        .isEqualTo(InvitationCode.parse("0IABC-DEFGH"));
  }

  @Test
  void code_ofNineOrElevenCharacters_isMalformed() {
    assertThatCode(() -> InvitationCode.parse("0123456789")).doesNotThrowAnyException();
    assertThatThrownBy(() -> InvitationCode.parse("012345678"))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> InvitationCode.parse("0123456789A"))
        .isInstanceOf(MalformedException.class);
  }
}
