package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedAuthorTest {

  private static final long DAY = Limits.SESSION_AGE_MILLIS_MAX;

  private final TestSpace space = new TestSpace(4);
  private final SigningKey device = space.device();
  private final Audience audience = space.audience(1);
  private final Audience other = space.audience(2);
  private final FeedMemory stored = FeedMemory.empty();
  private final FeedAuthor author = space.author(device, stored);

  @Test
  void changes_toSeveralAudiences_areCountedInTheFeedAndInEach() {
    open(author, audience);
    write(author, audience);
    open(author, other);
    Change last = write(author, audience);
    assertThat(last.prefix().sequence()).isEqualTo(4);
    assertThat(last.prefix().audienceSequence()).isEqualTo(3);
  }

  @Test
  void change_continuesTheOneBeforeInTheFeedAndInItsAudience() {
    open(author, audience);
    Change ofAudience = write(author, audience);
    Change ofFeed = open(author, other);
    Change last = write(author, audience);
    assertThat(last.prefix().previous()).containsExactly(ofFeed.id());
    assertThat(last.prefix().audiencePrevious()).containsExactly(ofAudience.id());
  }

  @Test
  void change_isSignedByTheDevice() {
    assertThat(ChangeSignature.holds(open(author, audience), device.verifyingKey())).isTrue();
    assertThat(ChangeSignature.holds(write(author, audience), device.verifyingKey())).isTrue();
  }

  @Test
  void signature_ofAnotherChange_doesNotHold() {
    Change first = open(author, audience);
    Change second = write(author, audience).withSignature(first.signature().get());
    assertThat(ChangeSignature.holds(second, device.verifyingKey())).isFalse();
  }

  @Test
  void change_withoutSignature_isNotSigned() {
    Change bare = open(author, audience).withoutSignature();
    assertThat(ChangeSignature.holds(bare, device.verifyingKey())).isFalse();
  }

  @Test
  void author_withoutSession_needsOne() {
    assertThat(author.needsSession(audience, space.epochs(audience), 0)).isTrue();
  }

  @Test
  void author_withoutSession_doesNotWrite() {
    assertThatThrownBy(() -> write(author, audience)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void session_beforeItsLastChange_goesOn() {
    open(author, audience);
    writeTimes(Limits.SESSION_CHANGES_MAX - 1);
    assertThat(author.needsSession(audience, space.epochs(audience), 0)).isFalse();
  }

  @Test
  void session_afterItsLastChange_isOver() {
    open(author, audience);
    writeTimes(Limits.SESSION_CHANGES_MAX);
    assertThat(author.needsSession(audience, space.epochs(audience), 0)).isTrue();
    assertThatThrownBy(() -> write(author, audience)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void session_withinItsAge_goesOn() {
    author.openSession(audience, space.epochs(audience), space.seen(), 5);
    assertThat(author.needsSession(audience, space.epochs(audience), 5 + DAY - 1)).isFalse();
  }

  @Test
  void session_beyondItsAge_isOver() {
    author.openSession(audience, space.epochs(audience), space.seen(), 5);
    assertThat(author.needsSession(audience, space.epochs(audience), 5 + DAY)).isTrue();
    assertThatThrownBy(
            () -> author.write(audience, Content.of(space.body("late")), space.seen(), 5 + DAY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void session_underAClockThatRanBackwards_isOver() {
    author.openSession(audience, space.epochs(audience), space.seen(), 5);
    assertThat(author.needsSession(audience, space.epochs(audience), 4)).isTrue();
  }

  @Test
  void session_afterANewEpoch_isOver() {
    open(author, audience);
    space.newEpoch(audience.circles().get(0));
    assertThat(author.needsSession(audience, space.epochs(audience), 0)).isTrue();
  }

  @Test
  void session_afterForgetting_isOver() {
    open(author, audience);
    author.forgetSessions();
    assertThat(author.needsSession(audience, space.epochs(audience), 0)).isTrue();
  }

  @Test
  void session_toOtherCirclesThanTheAudience_isRefused() {
    assertThatThrownBy(() -> author.openSession(audience, space.epochs(other), space.seen(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void author_madeAnew_continuesWhereTheFeedEnds() {
    stored.add(open(author, audience));
    Change last = write(author, audience);
    stored.add(last);
    Change next = open(space.author(device, stored), audience);
    assertThat(next.prefix().previous()).containsExactly(last.id());
    assertThat(next.prefix().sequence()).isEqualTo(3);
    assertThat(next.prefix().audienceSequence()).isEqualTo(3);
  }

  @Test
  void author_afterAFork_continuesAllHeads() {
    Change left = open(author, audience);
    Change leftLast = write(author, audience);
    Change right = open(space.author(device, FeedMemory.empty()), audience);
    List.of(left, leftLast, right).forEach(stored::add);
    Prefix joined = open(space.author(device, stored), audience).prefix();
    assertThat(joined.previous()).containsExactlyInAnyOrder(leftLast.id(), right.id());
    assertThat(joined.audiencePrevious()).containsExactlyInAnyOrder(leftLast.id(), right.id());
    assertThat(joined.sequence()).isEqualTo(3);
  }

  @Test
  void author_writing_leavesTheStoredFeedAlone() {
    open(author, audience);
    assertThat(stored.heads()).isEmpty();
  }

  @Test
  void seen_ofTooManyRosterHeads_keepsTheLowest() {
    List<StatementId> heads = new ArrayList<>();
    for (int i = 0; i <= Limits.CHANGE_ROSTER_HEADS_MAX; i++) {
      heads.add(StatementId.of(space.randomness.bytes(32)));
    }
    List<StatementId> lowest = heads.stream().sorted().limit(16).toList();
    assertThat(Seen.of(heads, Optional.empty()).rosterHeads()).isEqualTo(lowest);
  }

  @Test
  void thousandChanges_acrossSessions_allOpenAgain() throws Exception {
    Map<Object, SessionKeys> sessions = new HashMap<>();
    FeedState reader =
        new FeedState(space.space, author.device(), FeedView.WHOLE, FeedMemory.empty());
    int opened = 0;
    for (int i = 0; i < 1000; i++) {
      if (author.needsSession(audience, space.epochs(audience), i)) {
        Change statement = author.openSession(audience, space.epochs(audience), space.seen(), i);
        assertThat(reader.accept(statement)).isInstanceOf(Verdict.Accepted.class);
        sessions.put(statement.prefix().session(), space.open(statement));
      }
      Change change =
          author.write(audience, Content.of(space.body("change " + i)), space.seen(), i).change();
      assertThat(reader.accept(change)).isInstanceOf(Verdict.Accepted.class);
      SessionKeys keys = sessions.get(change.prefix().session());
      if (keys.open(change).body().operations().contains(new Operation.Note("change " + i))) {
        opened++;
      }
    }
    assertThat(sessions).hasSize(4);
    assertThat(opened).isEqualTo(1000);
  }

  private Change open(FeedAuthor writer, Audience to) {
    return writer.openSession(to, space.epochs(to), space.seen(), 0);
  }

  private Change write(FeedAuthor writer, Audience to) {
    return writer.write(to, Content.of(space.body("text")), space.seen(), 0).change();
  }

  private void writeTimes(int times) {
    for (int i = 0; i < times; i++) {
      write(author, audience);
    }
  }
}
