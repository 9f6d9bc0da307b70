package dev.cairn.client.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames cut from changes of a log, where a change goes without what the log parts from it. */
class CoveredRunsTest {

  private final CoveredRuns runs = new CoveredRuns();
  private Change first;
  private Change second;
  private Change third;

  @BeforeEach
  void write() {
    Random random = new Random(4);
    Randomness randomness = random::nextBytes;
    SigningKey key = SigningKey.generate(randomness);
    Founding founding =
        Founding.create(
            key,
            EncryptionKey.generate(randomness).publicKey(),
            new LogKey(new LogOrigin("test/1"), SigningKey.generate(randomness).verifyingKey()),
            EncryptionKey.generate(randomness).publicKey(),
            "Test space",
            "The owner",
            null,
            randomness);
    RosterState roster = RosterState.fold(founding.space(), founding.statements());
    FeedAuthor author = new FeedAuthor(founding.space(), key, FeedMemory.empty(), randomness);
    Audience desk = Audience.of(List.of(roster.desk().orElseThrow()));
    List<EpochKey> epochs = List.of(roster.writingKey(desk.circles().get(0)).orElseThrow());
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    author.openSession(desk, epochs, seen, 0);
    List<Change> written = new ArrayList<>();
    for (String note : List.of("one", "two", "three")) {
      Body body =
          new Body(Optional.empty(), 1, List.of(), 1L << 40, 0, List.of(new Operation.Note(note)));
      written.add(author.write(desk, Content.of(body), seen, 0).change());
    }
    first = written.get(0);
    second = written.get(1);
    third = written.get(2);
  }

  @Test
  void changes_besideEachOtherInTheLog_goWithOneSignature() {
    runs.add(first.withoutSignature(), 10);
    runs.add(second.withoutSignature(), 11);
    runs.add(third, 12);
    assertThat(runs.ready())
        .containsExactly(List.of(first.withoutSignature(), second.withoutSignature(), third));
  }

  @Test
  void change_thatTheLogPartsFromItsCover_doesNotGo() {
    runs.add(first.withoutSignature(), 10);
    runs.add(second.withoutSignature(), 12);
    runs.add(third, 13);
    assertThat(runs.ready()).containsExactly(List.of(second.withoutSignature(), third));
  }

  @Test
  void changes_besideWhatTheirDeviceWroteToOthers_goWithOneSignature() {
    runs.add(first.withoutSignature(), 10);
    assertThat(runs.continues(third, 12)).isTrue();
    assertThat(runs.continues(third, 13)).isFalse();
  }
}
