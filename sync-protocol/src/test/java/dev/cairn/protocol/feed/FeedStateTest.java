package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeedStateTest {

  private final TestSpace space = new TestSpace(5);
  private final SigningKey device = space.device();
  private final Audience audience = space.audience(1);
  private final Audience other = space.audience(1);
  private final FeedAuthor author = space.author(device, FeedMemory.empty());
  private final FeedState whole = state(FeedView.WHOLE);
  private final FeedState audiences = state(FeedView.AUDIENCES);

  @Test
  void change_thatContinuesWhatIsHeld_isAccepted() {
    assertThat(whole.accept(open(audience))).isEqualTo(new Verdict.Accepted());
    assertThat(whole.accept(write(audience))).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void change_heldAlready_isKnown() {
    Change change = open(audience);
    whole.accept(change);
    assertThat(whole.accept(change)).isEqualTo(new Verdict.Known());
  }

  @Test
  void check_alone_holdsNothing() {
    Change change = open(audience);
    whole.check(change);
    assertThat(whole.check(change)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void change_whosePreviousIsNotHeld_isAGap() {
    Change first = open(audience);
    assertThat(whole.accept(write(audience))).isEqualTo(new Verdict.Gap(Set.of(first.id())));
  }

  @Test
  void change_afterItsGapIsFilled_isAccepted() {
    Change first = open(audience);
    Change second = write(audience);
    whole.accept(second);
    whole.accept(first);
    assertThat(whole.accept(second)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void change_besideAnotherThatContinuesTheSame_provesAFork() {
    Change root = open(audience);
    FeedMemory before = FeedMemory.empty();
    before.add(root);
    whole.accept(root);
    whole.accept(write(audience));
    Change again = open(space.author(device, before), audience);
    assertThat(whole.accept(again)).isEqualTo(new Verdict.ForkAccepted(Set.of(root.id())));
  }

  @Test
  void change_thatClaimsToBeFirstToo_provesAFork() {
    whole.accept(open(audience));
    Change again = open(space.author(device, FeedMemory.empty()), audience);
    assertThat(whole.accept(again)).isEqualTo(new Verdict.ForkAccepted(Set.of()));
  }

  @Test
  void change_thatContinuesABranchOfAFork_isAcceptedWithoutProvingAnother() {
    whole.accept(open(audience));
    FeedAuthor twin = space.author(device, FeedMemory.empty());
    whole.accept(open(twin, audience));
    assertThat(whole.accept(write(twin, audience))).isEqualTo(new Verdict.Accepted());
    assertThat(whole.accept(write(audience))).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void change_thatJoinsAllBranches_leavesOneHead() {
    Change left = open(audience);
    Change right = open(space.author(device, FeedMemory.empty()), audience);
    FeedMemory both = FeedMemory.empty();
    List.of(left, right).forEach(both::add);
    Change joined = open(space.author(device, both), audience);
    List.of(left, right, joined).forEach(whole::accept);
    assertThat(whole.heads()).containsExactly(joined.id());
    assertThat(whole.heads(audience)).containsExactly(joined.id());
  }

  private List<Change> branches(int count) {
    List<Change> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(open(space.author(device, FeedMemory.empty()), audience));
    }
    return branches;
  }

  private void crowd(FeedState state) {
    for (Change branch : branches(Limits.FEED_HEADS_MAX)) {
      assertThat(state.accept(branch).accepts()).isTrue();
    }
  }

  @Test
  void branches_onBothSidesOfTheLimit_areAcceptedAndRefused() {
    for (FeedState state : List.of(whole, audiences)) {
      crowd(state);
      assertThat(state.accept(branches(1).get(0))).isEqualTo(new Verdict.Refused(FeedFault.FORKS));
    }
  }

  @Test
  void branches_ofALog_areTakenAsTheLogTookThem() {
    FeedState log =
        FeedState.ofLog(
            space.space,
            DeviceId.of(device.verifyingKey().bytes()),
            FeedView.AUDIENCES,
            FeedMemory.empty());
    crowd(log);
    assertThat(log.accept(branches(1).get(0)).accepts()).isTrue();
  }

  @Test
  void branch_refusedForTheirNumber_isTakenOnceTheyAreJoined() {
    List<Change> most = branches(Limits.FEED_HEADS_MAX);
    FeedMemory known = FeedMemory.empty();
    for (Change branch : most) {
      whole.accept(branch);
      known.add(branch);
    }
    Change further = branches(1).get(0);
    assertThat(whole.accept(further)).isEqualTo(new Verdict.Refused(FeedFault.FORKS));

    Change joined = open(space.author(device, known), audience);
    assertThat(joined.prefix().previous()).hasSize(Limits.FEED_HEADS_MAX);
    assertThat(whole.accept(joined)).isEqualTo(new Verdict.Accepted());
    assertThat(whole.heads()).containsExactly(joined.id());
    assertThat(whole.accept(further).accepts()).isTrue();
  }

  @Test
  void branch_thatGoesOn_isTakenHoweverManyThereAre() {
    FeedAuthor going = space.author(device, FeedMemory.empty());
    whole.accept(open(going, audience));
    for (Change branch : branches(Limits.FEED_HEADS_MAX - 1)) {
      whole.accept(branch);
    }
    assertThat(whole.accept(write(going, audience))).isEqualTo(new Verdict.Accepted());
  }

  /** A feed in one line whose part to an audience branches all the same. */
  @Test
  void branchesOfAnAudience_onBothSidesOfTheLimit_areAcceptedAndRefused() throws Exception {
    Change statement = open(audience);
    whole.accept(statement);
    Change last = statement;
    Change first = write(audience);
    for (int i = 0; i <= Limits.FEED_HEADS_MAX; i++) {
      Change branch = change(like(first).place(2 + i, List.of(last.id())).salt(salt(i)).build());
      boolean isTaken = i < Limits.FEED_HEADS_MAX;
      assertThat(whole.accept(branch).accepts()).as("branch %d", i).isEqualTo(isTaken);
      last = branch;
    }
  }

  private static Salt salt(int number) {
    byte[] salt = new byte[Salt.SIZE_BYTES];
    salt[0] = (byte) number;
    return Salt.of(salt);
  }

  /**
   * A frame is judged over what a store holds: were that copied, branches would cost its square.
   */
  @Test
  void heads_ofTheStore_areLookedUpAndNeverCopied() {
    FeedMemory stored = FeedMemory.empty();
    branches(Limits.FEED_HEADS_MAX).forEach(stored::add);
    int[] asked = {0};
    FeedIndex lookedUp = lookedUp(stored, asked);
    FeedMemory batch = FeedMemory.over(lookedUp);
    FeedState frame =
        new FeedState(
            space.space, DeviceId.of(device.verifyingKey().bytes()), FeedView.WHOLE, batch);
    Change joined = open(space.author(device, stored), audience);

    assertThat(frame.accept(joined)).isEqualTo(new Verdict.Accepted());
    assertThat(asked[0]).isLessThan(8 * Limits.FEED_HEADS_MAX);
  }

  private static FeedIndex lookedUp(FeedIndex stored, int[] asked) {
    return new FeedIndex() {
      @Override
      public Optional<FeedPlace> place(ChangeId change) {
        asked[0]++;
        return stored.place(change);
      }

      @Override
      public Set<ChangeId> heads() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Set<ChangeId> heads(Audience audience) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isHead(ChangeId change) {
        asked[0]++;
        return stored.isHead(change);
      }

      @Override
      public boolean isHead(Audience audience, ChangeId change) {
        asked[0]++;
        return stored.isHead(audience, change);
      }

      @Override
      public int headCount() {
        return stored.headCount();
      }

      @Override
      public int headCount(Audience audience) {
        return stored.headCount(audience);
      }
    };
  }

  @Test
  void change_thatSkipsAnEarlierOneForItsAudienceOnly_provesAFork() throws Exception {
    Change statement = open(audience);
    Change hidden = write(audience);
    List.of(statement, hidden).forEach(whole::accept);
    Change skipping = change(like(hidden).place(3, List.of(hidden.id())).build());
    assertThat(whole.accept(skipping)).isEqualTo(new Verdict.ForkAccepted(Set.of(statement.id())));
    assertThat(audiences.accept(statement)).isEqualTo(new Verdict.Accepted());
    assertThat(audiences.accept(hidden)).isEqualTo(new Verdict.Accepted());
    assertThat(audiences.accept(skipping))
        .isEqualTo(new Verdict.ForkAccepted(Set.of(statement.id())));
  }

  @Test
  void change_ofAnotherDevice_isRefused() {
    Change foreign = open(space.author(space.device(), FeedMemory.empty()), audience);
    refused(foreign, FeedFault.OTHER_FEED);
  }

  @Test
  void change_ofAnotherSpace_isRefused() {
    TestSpace elsewhere = new TestSpace(6);
    Change foreign =
        elsewhere
            .author(device, FeedMemory.empty())
            .openSession(audience, space.epochs(audience), space.seen(), 0);
    refused(foreign, FeedFault.OTHER_FEED);
  }

  @Test
  void sequence_thatDoesNotFollow_isRefused() throws Exception {
    Change statement = open(audience);
    whole.accept(statement);
    Change good = write(audience);
    for (long sequence : new long[] {3, 4}) {
      Prefix wrong = like(good).place(sequence, good.prefix().previous()).build();
      refused(change(wrong), FeedFault.SEQUENCE);
    }
  }

  @Test
  void audiencePrevious_ofAnotherAudience_isRefused() throws Exception {
    Change statement = open(audience);
    Change foreign = open(other);
    List.of(statement, foreign).forEach(whole::accept);
    Change good = write(audience);
    Prefix wrong = like(good).audiencePlace(2, List.of(foreign.id())).build();
    refused(change(wrong), FeedFault.AUDIENCE);
  }

  @Test
  void audiencePrevious_thatIsNotBefore_isRefused() throws Exception {
    Change statement = open(audience);
    Change second = write(audience);
    Change third = write(audience);
    List.of(statement, second, third).forEach(whole::accept);
    Prefix wrong =
        like(third)
            .place(2, List.of(statement.id()))
            .audiencePlace(2, List.of(second.id()))
            .build();
    refused(change(wrong), FeedFault.AUDIENCE);
  }

  @Test
  void audienceSequence_thatDoesNotFollow_isRefused() throws Exception {
    Change statement = open(audience);
    Change second = write(audience);
    Change third = write(audience);
    List.of(statement, second).forEach(whole::accept);
    Prefix wrong = like(third).audiencePlace(2, third.prefix().audiencePrevious()).build();
    refused(change(wrong), FeedFault.AUDIENCE_SEQUENCE);
  }

  @Test
  void session_thatWasNotOpenedInItsAudience_isRefused() throws Exception {
    Change statement = open(audience);
    whole.accept(statement);
    Change good = write(audience);
    SessionId unknown = SessionId.of(space.randomness.bytes(32));
    refused(change(like(good).session(unknown).build()), FeedFault.SESSION);
  }

  @Test
  void firstChangeOfAnAudience_withoutItsStatement_isRefused() throws Exception {
    Change statement = open(audience);
    whole.accept(statement);
    Change good = write(audience);
    Prefix wrong = like(good).audience(other).audiencePlace(1, List.of()).build();
    refused(change(wrong), FeedFault.SESSION);
  }

  @Test
  void index_thatSkipsOrRepeats_isRefused() throws Exception {
    Change statement = open(audience);
    Change first = write(audience);
    List.of(statement, first).forEach(whole::accept);
    Change good = write(audience);
    refused(change(like(good).index(0).build()), FeedFault.SESSION);
    refused(change(like(good).index(2).build()), FeedFault.SESSION);
    assertThat(whole.accept(good)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void readerOfAnAudience_accepts_whatIsForItAlone() {
    Change statement = open(audience);
    open(other);
    Change change = write(audience);
    assertThat(audiences.accept(statement)).isEqualTo(new Verdict.Accepted());
    assertThat(audiences.accept(change)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void readerOfAnAudience_seesAHole() {
    audiences.accept(open(audience));
    Change withheld = write(audience);
    assertThat(audiences.accept(write(audience))).isEqualTo(new Verdict.Gap(Set.of(withheld.id())));
  }

  @Test
  void feed_inAnyOrder_endsTheSame() {
    for (int seed = 0; seed < 8; seed++) {
      TestSpace anySpace = new TestSpace(100 + seed);
      List<Change> changes = RandomFeed.of(anySpace, 60);
      Set<ChangeId> heads = null;
      for (int order = 0; order < 4; order++) {
        FeedState state =
            new FeedState(
                anySpace.space,
                changes.get(0).prefix().device(),
                FeedView.WHOLE,
                FeedMemory.empty());
        assertThat(acceptedInSomeOrder(state, changes, anySpace))
            .hasSize(new HashSet<>(changes).size());
        heads = heads == null ? state.heads() : heads;
        assertThat(state.heads()).isEqualTo(heads);
      }
    }
  }

  @Test
  void feed_heldByAStore_continuesAsIfItWereInMemory() {
    List<Change> changes = RandomFeed.of(new TestSpace(7), 60);
    Prefix first = changes.get(0).prefix();
    FeedMemory store = FeedMemory.empty();
    for (Change change : changes) {
      FeedState fresh = new FeedState(first.space(), first.device(), FeedView.WHOLE, store);
      assertThat(fresh.check(change).accepts()).isTrue();
      store.add(change);
    }
    assertThat(store.heads()).isNotEmpty();
  }

  /** Offers changes in a shuffled order, again and again, until all gaps are filled. */
  private static Set<ChangeId> acceptedInSomeOrder(
      FeedState state, List<Change> changes, TestSpace space) {
    List<Change> shuffled = new ArrayList<>(changes);
    Collections.shuffle(shuffled, space.random);
    Deque<Change> waiting = new ArrayDeque<>(shuffled);
    Set<ChangeId> accepted = new TreeSet<>();
    int idle = 0;
    while (!waiting.isEmpty() && idle <= waiting.size()) {
      Change change = waiting.remove();
      if (state.accept(change).accepts()) {
        accepted.add(change.id());
        idle = 0;
      } else {
        waiting.add(change);
        idle++;
      }
    }
    return accepted;
  }

  private FeedState state(FeedView view) {
    return new FeedState(space.space, author.device(), view, FeedMemory.empty());
  }

  private void refused(Change change, FeedFault fault) {
    assertThat(whole.accept(change)).isEqualTo(new Verdict.Refused(fault));
  }

  private Change open(Audience to) {
    return open(author, to);
  }

  private Change open(FeedAuthor writer, Audience to) {
    return writer.openSession(to, space.epochs(to), space.seen(), 0);
  }

  private Change write(Audience to) {
    return write(author, to);
  }

  private Change write(FeedAuthor writer, Audience to) {
    return writer.write(to, Content.of(space.body("text")), space.seen(), 0).change();
  }

  private Change change(Prefix prefix) throws MalformedException {
    return Change.of(prefix, Tail.of(space.digest(), space.digest(), 80));
  }

  private PrefixBuilder like(Change change) {
    Prefix prefix = change.prefix();
    return Prefix.builder()
        .space(prefix.space())
        .device(prefix.device())
        .place(prefix.sequence(), prefix.previous())
        .audience(prefix.audience())
        .audiencePlace(prefix.audienceSequence(), prefix.audiencePrevious())
        .session(prefix.session())
        .index(prefix.index().getAsInt())
        .salt(Salt.of(space.randomness.bytes(Salt.SIZE_BYTES)));
  }
}
