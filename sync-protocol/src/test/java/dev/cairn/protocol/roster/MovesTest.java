package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.log.LogKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of moves that owners made at once the followed one leads to the log that is followed. */
class MovesTest {

  private final Organisation org = new Organisation(47);
  private final RosterState before = org.state();

  private Statement move(LogKey log, RosterState seen) {
    return org.add(
        new RosterWriter(seen, org.randomness)
            .move(
                new ServerAddress("https://" + log.origin().text(), null),
                log,
                org.person().encryption.publicKey(),
                org.owner.signing));
  }

  private Statement open(long number, LogKey log) {
    return org.sign(
        new Generation(number, log, number - 1, 7, org.founding.genesis().leafHash()),
        org.owner.signing);
  }

  private LogKey followed() {
    return org.state().move().orElseThrow().log();
  }

  @Test
  void move_withoutItsGeneration_isFollowed() {
    LogKey log = org.log("second.example");
    move(log, before);

    assertThat(followed()).isEqualTo(log);
  }

  @Test
  void moves_atOnceWithoutGenerations_lowestIdIsFollowed() {
    Statement one = move(org.log("one.example"), before);
    Statement other = move(org.log("other.example"), before);
    Statement lowest = one.id().compareTo(other.id()) < 0 ? one : other;

    assertThat(org.state().move()).contains((Move) lowest.content());
  }

  @Test
  void moves_atOnce_thatOfTheLogFollowedIsFollowed_whateverTheirIds() {
    for (int i = 0; i < 8; i++) {
      LogKey one = org.log("one.example/" + i);
      LogKey other = org.log("other.example/" + i);
      RosterState seen = org.state();
      move(one, seen);
      move(other, seen);
      open(1 + i, one);
      open(1 + i, other);

      assertThat(followed()).isEqualTo(org.state().logs().get(1L + i)).isIn(one, other);
    }
  }

  @Test
  void moves_atOnce_logOpenedAnewOnOneServer_itStaysThatServer() {
    for (int i = 0; i < 8; i++) {
      LogKey one = org.log("one.example/" + i);
      LogKey other = org.log("other.example/" + i);
      RosterState seen = org.state();
      move(other, seen);
      move(one, seen);
      open(1 + 2 * i, one);
      open(2 + 2 * i, org.log("anew.example/" + i));

      assertThat(followed()).isEqualTo(one);
    }
  }

  @Test
  void move_ofAnOwnerCutOffSince_isNotFollowed() {
    move(org.log("second.example"), before);
    org.sign(new Suspension(org.owner.id(), List.of(), List.of()), org.recoverySigning);

    assertThat(org.state().move()).isEmpty();
  }
}
