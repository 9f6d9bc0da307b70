package dev.cairn.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.FeedState;
import dev.cairn.protocol.feed.FeedView;
import dev.cairn.protocol.feed.Verdict;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.VerifyingKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that break one rule each, and their neighbours that hold. */
class FrameVectorsTest {

  static Stream<Arguments> streams() throws IOException {
    JsonNode file = PublishedVectors.own("frames-1.json");
    return StreamSupport.stream(file.required("cases").spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void stream_published_isTakenOrRefused(String name, JsonNode vector) throws Exception {
    assertThat(taken(vector).isPresent()).isEqualTo(vector.required("holds").booleanValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void stream_published_holdsTheseChangesAndForks(String name, JsonNode vector) throws Exception {
    if (!vector.required("holds").booleanValue()) {
      return;
    }
    Taken taken = taken(vector).orElseThrow();
    List<String> wanted = texts(vector.required("changes"));
    Set<String> later = new HashSet<>();
    for (JsonNode pair : vector.required("forks")) {
      List<String> two = texts(pair);
      later.add(two.get(wanted.indexOf(two.get(0)) < wanted.indexOf(two.get(1)) ? 1 : 0));
    }

    assertThat(taken.changes).containsExactlyElementsOf(wanted);
    assertThat(taken.forks).isEqualTo(later);
  }

  /** The changes of a stream, and which of them proved a fork when it came. */
  private record Taken(Set<String> changes, Set<String> forks) {}

  private static Optional<Taken> taken(JsonNode vector) throws Exception {
    SpaceId space =
        SpaceId.parse(PublishedVectors.own("frames-1.json").required("space").textValue());
    Taken taken = new Taken(new LinkedHashSet<>(), new HashSet<>());
    FeedView view = vector.required("whole").booleanValue() ? FeedView.WHOLE : FeedView.AUDIENCES;
    try {
      read(PublishedVectors.bytes(vector, "stream"), space, view, taken);
      return Optional.of(taken);
    } catch (CairnException refused) {
      return Optional.empty();
    }
  }

  private static void read(byte[] stream, SpaceId space, FeedView view, Taken taken)
      throws CairnException {
    ByteStringStream entries = ByteStringStream.ofEntries();
    EntryReader reader = new EntryReader(space);
    Map<DeviceId, FeedState> feeds = new HashMap<>();
    entries.feed(stream);
    Optional<byte[]> next = entries.next();
    while (next.isPresent()) {
      if (reader.read(next.get()) instanceof Entry.OfFrame entry) {
        Frame frame = entry.frame();
        FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
        FeedState feed =
            feeds.computeIfAbsent(
                frame.device(), id -> new FeedState(space, id, view, FeedMemory.empty()));
        for (Change change : frame.changes()) {
          accept(feed, change, taken);
        }
      }
      next = entries.next();
    }
  }

  private static void accept(FeedState feed, Change change, Taken taken) throws MalformedException {
    Verdict verdict = feed.accept(change);
    if (verdict instanceof Verdict.Known) {
      return;
    }
    if (!verdict.accepts()) {
      throw new MalformedException("does not fit its feed");
    }
    taken.changes.add(change.id().toString());
    if (verdict instanceof Verdict.ForkAccepted) {
      taken.forks.add(change.id().toString());
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue).toList();
  }
}
