package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.RandomFeed;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRoundTripTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void feed_framedByItsAuthor_comesOutTheSame(long seed) throws Exception {
    TestSpace space = new TestSpace(seed);
    List<Change> changes = RandomFeed.of(space, 80);
    Stream stream = new Stream(space);
    stream.send(changes, Limits.FRAME_BYTES_MAX);
    assertThat(unsigned(stream.arrived)).isEqualTo(unsigned(changes));
    stream.verifyAll();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void feed_framedForSlowLinks_comesOutTheSame(long seed) throws Exception {
    TestSpace space = new TestSpace(seed);
    List<Change> changes = RandomFeed.of(space, 40);
    Stream stream = new Stream(space);
    stream.send(changes, Limits.SLOW_FRAME_BYTES_MAX);
    assertThat(unsigned(stream.arrived)).isEqualTo(unsigned(changes));
    stream.verifyAll();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void feed_framedAgainForOneReader_comesOutAsFarAsHeMayFetch(long seed) throws Exception {
    TestSpace space = new TestSpace(seed);
    Stream toServer = new Stream(space);
    toServer.send(RandomFeed.of(space, 80), Limits.FRAME_BYTES_MAX);
    Audience audience = toServer.arrived.get(40).prefix().audience();
    List<Change> forReader = new ArrayList<>();
    for (Change change : toServer.arrived) {
      if (change.prefix().audience().equals(audience)) {
        forReader.add(change);
      }
    }
    Stream toReader = new Stream(space);
    toReader.send(forReader, Limits.FRAME_BYTES_MAX);
    assertThat(unsigned(toReader.arrived)).isEqualTo(unsigned(forReader));
    toReader.verifyAll();
    toReader.checkChains(FeedView.AUDIENCES);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void feed_inFramesThatEachNameTheirDevice_canBeReadFromAnyOfThem(long seed) throws Exception {
    TestSpace space = new TestSpace(seed);
    List<Change> changes = RandomFeed.of(space, 40);
    FrameWriter writer = new FrameWriter();
    List<Change> read = new ArrayList<>();
    while (read.size() < changes.size()) {
      writer.restart();
      List<Change> rest = changes.subList(read.size(), changes.size());
      int count = writer.fitting(rest, Limits.FRAME_BYTES_MAX);
      byte[] encoded = writer.write(Frame.of(rest.subList(0, count)));
      read.addAll(new FrameReader(space.space).read(encoded).changes());
    }
    assertThat(unsigned(read)).isEqualTo(unsigned(changes));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void feedsOfSeveralDevices_inTurn_comeOutTheSame(long seed) throws Exception {
    TestSpace space = new TestSpace(seed);
    List<List<Change>> feeds =
        List.of(RandomFeed.of(space, 20), RandomFeed.of(space, 20), RandomFeed.of(space, 20));
    List<Change> mixed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      for (List<Change> feed : feeds) {
        mixed.add(feed.get(i));
      }
    }
    Stream stream = new Stream(space);
    stream.send(mixed, Limits.FRAME_BYTES_MAX);
    assertThat(unsigned(stream.arrived)).isEqualTo(unsigned(mixed));
    stream.verifyAll();
  }

  /** Signatures that the frame makes superfluous do not travel. */
  private static List<Change> unsigned(List<Change> changes) {
    return changes.stream().map(Change::withoutSignature).toList();
  }

  /** Both ends of a stream. */
  private static final class Stream {

    private final TestSpace space;
    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Change> arrived = new ArrayList<>();

    Stream(TestSpace space) {
      this.space = space;
      this.reader = new FrameReader(space.space);
    }

    void send(List<Change> changes, int sizeBytesMax) throws Exception {
      int at = 0;
      while (at < changes.size()) {
        List<Change> rest = changes.subList(at, changes.size());
        int count = writer.fitting(rest, sizeBytesMax);
        byte[] encoded = writer.write(Frame.of(rest.subList(0, count)));
        assertThat(count == 1 || encoded.length <= sizeBytesMax).isTrue();
        Frame frame = reader.read(encoded);
        frames.add(frame);
        arrived.addAll(frame.changes());
        at += count;
      }
    }

    void verifyAll() throws Exception {
      for (Frame frame : frames) {
        FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
      }
    }

    void checkChains(FeedView view) {
      FeedState state =
          new FeedState(space.space, frames.get(0).device(), view, FeedMemory.empty());
      for (Change change : arrived) {
        assertThat(state.accept(change).accepts()).isTrue();
      }
    }
  }
}
