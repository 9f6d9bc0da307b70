package dev.cairn.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A recovery hears all the roster that the server says there is, or fails: with a part of it, cuts
 * would count for nothing.
 */
class FirstContactTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
  private final SigningKey key = SigningKey.generate(new Random(3)::nextBytes);

  private EndlessRoster log(long size) {
    return new EndlessRoster(checkpoint(size));
  }

  private SignedCheckpoint checkpoint(long size) {
    Digest root = Digest.of(new byte[Digest.SIZE_BYTES]);
    return SignedCheckpoint.sign(new Checkpoint(new LogOrigin("cairn.test/log"), size, root), key);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void roster_thatStopsBeforeItsEnd_isRefused(int everyTime) {
    EndlessRoster log = new EndlessRoster(checkpoint(3), request -> everyTime);
    assertThatThrownBy(() -> FirstContact.roster(log, SPACE, key))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void roster_withANonceThatIsNone_isFetched() throws Exception {
    assertThat(FirstContact.roster(log(3).offering("no nonce"), SPACE, key, 3)).isEmpty();
  }

  @Test
  void roster_inAsManyRequestsAsAllowed_isFetched() throws Exception {
    EndlessRoster log = log(3);
    assertThat(FirstContact.roster(log, SPACE, key, 3)).isEmpty();
    assertThat(log.requests()).isEqualTo(3);
  }

  @Test
  void roster_thatNeedsOneMoreThanAllowed_isRefused() {
    assertThatThrownBy(() -> FirstContact.roster(log(4), SPACE, key, 3))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void roster_thatNeedsOneMoreThanTheMost_isAskedForAsOftenAndRefused() {
    EndlessRoster log = log(Limits.ROSTER_PULL_REQUESTS_MAX + 1L);
    assertThatThrownBy(() -> FirstContact.roster(log, SPACE, key))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("server.excess"));
    assertThat(log.requests()).isEqualTo(Limits.ROSTER_PULL_REQUESTS_MAX);
  }
}
