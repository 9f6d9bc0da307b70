package dev.cairn.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is answered of those whose changes a parcel holds, and who first. */
class TallyTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
  private static final long ENDED = 0;
  private static final long PRESENT = 1;
  private static final long SIZE = 5;

  private final Randomness randomness = new Random(7)::nextBytes;
  private final Tally tally =
      new Tally(
          new LogHead(new LogOrigin("test/1"), PRESENT, SIZE), RosterState.fold(SPACE, List.of()));

  /** A frame of somebody who has seen no log later than this one. */
  private Frame citing(long generation) {
    CircleId circle = CircleId.of(new byte[CircleId.SIZE_BYTES]);
    EpochKey epoch =
        new EpochKey(
            circle,
            EpochId.of(new byte[EpochId.SIZE_BYTES]),
            EncryptionKey.generate(randomness).publicKey());
    CheckpointRef cited = new CheckpointRef(generation, 2, Digest.of(new byte[Digest.SIZE_BYTES]));
    FeedAuthor author =
        new FeedAuthor(SPACE, SigningKey.generate(randomness), FeedMemory.empty(), randomness);
    Change change =
        author.openSession(
            Audience.of(List.of(circle)),
            List.of(epoch),
            Seen.of(List.of(), Optional.of(cited)),
            0);
    return Frame.of(List.of(change));
  }

  private Frame early(long generation) {
    Frame frame = citing(generation);
    tally.count(new Offer.OfFrame(frame), new Answer.Refused(RefusalCode.FEED_GAP.code()));
    return frame;
  }

  private Frame placed(long position) {
    Frame frame = citing(PRESENT);
    tally.count(new Offer.OfFrame(frame), new Answer.Placed(List.of(position)));
    return frame;
  }

  /** Else he would carry on to a log that nobody keeps any more. */
  @Test
  void writerToALogThatHasEnded_whoseChangeIsEarly_isAnswered() {
    Frame early = early(ENDED);
    assertThat(tally.early()).isEqualTo(1);
    assertThat(tally.authors(randomness)).containsExactly(early.device());
  }

  @Test
  void writerToThisLog_whoseChangeIsEarly_isNotAnswered() {
    early(PRESENT);
    assertThat(tally.early()).isEqualTo(1);
    assertThat(tally.authors(randomness)).isEmpty();
  }

  /** There may not be room for all: what the log had, its author can ask for. */
  @Test
  void writerToALogThatHasEnded_isAnsweredBehindNewChangesAndBeforeThoseTheLogHad() {
    Frame known = placed(SIZE - 1);
    Frame early = early(ENDED);
    Frame fresh = placed(SIZE);
    assertThat(tally.authors(randomness))
        .containsExactly(fresh.device(), early.device(), known.device());
  }
}
