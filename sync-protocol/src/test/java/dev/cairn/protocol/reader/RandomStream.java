package dev.cairn.protocol.reader;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.Opening;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.feed.RandomFeed;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.feed.TestSpace;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Hpke;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A stream of several devices' feeds, what opens them, and what a reader has to find in them. */
final class RandomStream {

  private final TestSpace space;
  private final List<List<Change>> feeds = new ArrayList<>();
  private final Map<SessionId, SessionKeys> sessions = new HashMap<>();
  private final Map<String, String> firstKeys = new TreeMap<>();

  RandomStream(long seed) {
    space = new TestSpace(seed);
  }

  /** Adds feeds as chance would have them, each of about this many changes. */
  RandomStream withFeeds(int count, int changes) throws Exception {
    for (int i = 0; i < count; i++) {
      addFeed(RandomFeed.of(space, changes));
    }
    return this;
  }

  /** Adds a feed that states operations of every form, to two audiences in turn. */
  RandomStream withEveryOperation(int changes) throws Exception {
    RandomOperations operations = new RandomOperations(space.random);
    FeedAuthor author = space.author(space.device(), FeedMemory.empty());
    List<Audience> audiences = List.of(space.audience(1), space.audience(2));
    List<Change> feed = new ArrayList<>();
    for (int i = 0; i < changes; i++) {
      Audience audience = audiences.get(i % 2);
      if (i < 2 || i % 7 == 0) {
        feed.add(author.openSession(audience, space.epochs(audience), space.seen(), 0));
      }
      List<ChangeId> parents = i == 0 ? List.of() : List.of(feed.get(feed.size() - 1).id());
      List<Operation> said = i == 1 ? RandomOperations.tooManyItems() : operations.some(60);
      Body body = new Body(record(i), 1 + i % 7, parents, (1L << 56) + i, -i, said);
      feed.add(author.write(audience, Content.of(body), space.seen(), 0).change());
    }
    addFeed(feed);
    return this;
  }

  private Optional<RecordId> record(int i) {
    return i % 3 == 0
        ? Optional.empty()
        : Optional.of(RecordId.of(space.randomness.bytes(RecordId.SIZE_BYTES)));
  }

  private void addFeed(List<Change> feed) throws Exception {
    feeds.add(feed);
    for (Change change : feed) {
      if (change.opensSession()) {
        sessions.put(change.prefix().session(), space.open(change));
        firstKeys.put(Hex.encode(change.prefix().session().bytes()), firstKey(change.prefix()));
      }
    }
  }

  /** The plaintext of an opening: {@code ck0}, in hexadecimal. */
  private String firstKey(Prefix prefix) throws Exception {
    Opening opening = prefix.openings().get(0);
    byte[] info =
        new CborWriter()
            .array(7)
            .text("cairn/1/session")
            .uint(1)
            .bytes(prefix.space().bytes())
            .bytes(prefix.device().bytes())
            .bytes(prefix.audience().circles().get(0).bytes())
            .bytes(opening.epoch().bytes())
            .bytes(prefix.session().bytes())
            .toBytes();
    return Hex.encode(Hpke.open(space.key(opening.epoch()), info, new byte[0], opening.sealed()));
  }

  String spaceId() {
    return Hex.encode(space.space.bytes());
  }

  /** Session ids and their first keys. */
  Map<String, String> keys() {
    return firstKeys;
  }

  List<Change> changes() {
    List<Change> all = new ArrayList<>();
    feeds.forEach(all::addAll);
    return all;
  }

  /** What Java makes of a change; empty for a session statement or a body that is not here. */
  Optional<Opened> opened(Change change) throws Exception {
    if (!change.ciphertext().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(sessions.get(change.prefix().session()).open(change));
  }

  /** Frames of the feeds in turn, now and then small ones or ones that name their device again. */
  byte[] framesOnly() {
    return written(false);
  }

  /** The same with positions and with entries of other kinds between. */
  byte[] withOtherEntries() {
    return written(true);
  }

  private byte[] written(boolean withOthers) {
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<List<Change>> rests = new ArrayList<>(feeds);
    long position = 0;
    while (!rests.isEmpty()) {
      int which = space.random.nextInt(3) == 0 ? space.random.nextInt(rests.size()) : 0;
      List<Change> rest = rests.remove(which);
      if (space.random.nextInt(6) == 0) {
        writer.restart();
      }
      boolean slow = space.random.nextBoolean();
      int count = writer.fitting(rest, slow ? Limits.SLOW_FRAME_BYTES_MAX : Limits.FRAME_BYTES_MAX);
      List<Long> positions = new ArrayList<>();
      for (int i = 0; withOthers && i < count; i++) {
        position += 1 + space.random.nextInt(300);
        positions.add(position);
      }
      Frame frame = Frame.of(rest.subList(0, count));
      stream.writeBytes(writer.write(new Entry.OfFrame(frame, positions)));
      if (withOthers && space.random.nextInt(4) == 0) {
        stream.writeBytes(writer.write(new Entry.Leaves(position, List.of(space.digest()))));
        ChangeLeaf leaf = frame.changes().get(0).leaf();
        stream.writeBytes(writer.write(new Entry.Hidden(position + 1, List.of(leaf))));
        stream.writeBytes(
            writer.write(new Entry.Refusal(1, "feed.missing", Optional.of("of a test"))));
      }
      if (count < rest.size()) {
        rests.add(0, rest.subList(count, rest.size()));
      }
    }
    return stream.toByteArray();
  }
}
