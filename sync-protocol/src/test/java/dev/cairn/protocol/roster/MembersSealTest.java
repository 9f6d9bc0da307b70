package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all members can make is the same for all of them, and another in every space. */
class MembersSealTest {

  private final Organisation org = new Organisation(53);

  private static EncryptionPublicKey sealOf(RosterState roster) {
    return MembersSeal.of(roster).orElseThrow().publicKey();
  }

  @Test
  void reporterWhoHoldsAPart_makesTheOwnersKey() {
    Person reporter = org.reporter();

    assertThat(sealOf(org.heldBy(reporter))).isEqualTo(sealOf(org.state()));
  }

  @Test
  void key_afterMoreEpochs_isTheSame() {
    EncryptionPublicKey before = sealOf(org.state());
    org.coordinator();

    assertThat(sealOf(org.state())).isEqualTo(before);
  }

  @Test
  void key_isMadeAsTheProtocolSays() {
    byte[] desk = org.state().firstDeskKey().orElseThrow().bytes();
    byte[] seed = Sha256.labelled("cairn/1/members-seal", org.space().bytes(), desk).bytes();

    assertThat(MembersSeal.of(org.state()).orElseThrow().seed().expose()).isEqualTo(seed);
  }

  @Test
  void key_ofARosterWithoutItsBeginning_isMissing() {
    SpaceId space = org.space();

    assertThat(MembersSeal.of(RosterState.fold(space, List.of()))).isEmpty();
  }
}
