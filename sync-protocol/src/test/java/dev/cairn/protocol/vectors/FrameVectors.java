package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.RawChange.AUDIENCE_PREVIOUS;
import static dev.cairn.protocol.vectors.RawChange.AUDIENCE_SEQUENCE;
import static dev.cairn.protocol.vectors.RawChange.BODY;
import static dev.cairn.protocol.vectors.RawChange.INDEX;
import static dev.cairn.protocol.vectors.RawChange.OPENINGS;
import static dev.cairn.protocol.vectors.RawChange.PREVIOUS;
import static dev.cairn.protocol.vectors.RawChange.SEQUENCE;
import static dev.cairn.protocol.vectors.RawChange.SESSION;
import static dev.cairn.protocol.vectors.RawFrames.entry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.encoding.Hex;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code frames-1.json}: streams of frames. Here are those that hold; {@link FrameRefusals} adds
 * those that break one rule each.
 */
final class FrameVectors {

  final RawChange.Noise noise = new RawChange.Noise();
  final List<Object> first;
  final List<Object> second;
  final List<Object> both;

  /** After a session statement and two changes, all for the first circle: {@link #three}. */
  final RawFeed feed = feed();

  final List<RawChange> three;
  final RawChange statement;
  final RawChange one;
  final RawChange two;
  private final ArrayNode cases = VectorJson.array();

  private FrameVectors() {
    List<Object> circles = ascending(noise(11, 16), noise(12, 16), noise(13, 16));
    first = circles.subList(0, 1);
    second = circles.subList(1, 2);
    both = circles.subList(0, 2);
    statement = feed.open(first, 1);
    one = feed.next(first);
    two = feed.next(first);
    three = List.of(statement, one, two);
  }

  static ObjectNode make() {
    FrameVectors vectors = new FrameVectors();
    vectors.frames();
    vectors.audiences();
    vectors.contents();
    vectors.forks();
    vectors.sizes();
    new FrameRefusals(vectors).make();
    ObjectNode file = VectorJson.object();
    file.put(
        "about",
        "PROTOCOL.md sections 2 and 3. A stream as a reader of all its audiences gets it: every"
            + " entry of a good one is taken and every change fits its feed; of a refused one"
            + " something is not. whole: whether the reader may fetch the whole feed. forks: pairs"
            + " of changes that prove one");
    file.put("space", Hex.encode(RawFeed.SPACE));
    file.set("cases", vectors.cases);
    return file;
  }

  static byte[] noise(int number, int size) {
    return RawChange.Noise.of(number, size);
  }

  /** An author of the device that these streams are about, before his first change. */
  RawFeed feed() {
    return new RawFeed(1, noise);
  }

  RawFeed feedOfAnother() {
    return new RawFeed(2, noise);
  }

  static List<Object> ascending(byte[]... ids) {
    List<byte[]> sorted = new ArrayList<>(List.of(ids));
    sorted.sort(BytewiseOrder::compare);
    return new ArrayList<>(sorted);
  }

  static List<RawChange> and(List<RawChange> some, RawChange... more) {
    List<RawChange> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  void refused(String why, byte[] stream) {
    put(why, stream, true, false);
  }

  void taken(String name, byte[] stream, List<RawChange> changes, RawChange... forks) {
    taken(put(name, stream, true, true), changes, forks);
  }

  private ObjectNode put(String name, byte[] stream, boolean whole, boolean holds) {
    ObjectNode node = cases.addObject().put("name", name).put("stream", Hex.encode(stream));
    return node.put("whole", whole).put("holds", holds);
  }

  private static void taken(ObjectNode node, List<RawChange> changes, RawChange... forks) {
    ArrayNode ids = node.putArray("changes");
    changes.forEach(change -> ids.add(change.idHex()));
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i < forks.length; i += 2) {
      pairs.add(List.of(forks[i].idHex(), forks[i + 1].idHex()).stream().sorted().toList());
    }
    pairs.sort((a, b) -> (a.get(0) + a.get(1)).compareTo(b.get(0) + b.get(1)));
    ArrayNode named = node.putArray("forks");
    pairs.forEach(pair -> named.addArray().add(pair.get(0)).add(pair.get(1)));
  }

  private void takenByAudience(String name, List<RawChange> changes) {
    taken(put(name, RawFrames.of(changes), false, true), changes);
  }

  private void frames() {
    taken("a session statement and two changes", RawFrames.of(three), three);
    taken("a signature on each", new RawFrames().signingAll().frame(three), three);
    RawFrames frames = new RawFrames();
    byte[] stream = join(frames.frame(List.of(statement)), frames.frame(List.of(one)));
    stream = join(stream, frames.frame(List.of(two)));
    taken("three frames, the device named once", stream, three);
    frames = new RawFrames();
    stream = join(frames.frame(List.of(statement)), frames.naming().frame(List.of(one)));
    stream = join(stream, frames.naming().frame(List.of(two)));
    taken("three frames, the device named in each", stream, three);
    taken("the body of one withheld", new RawFrames().withholding(2).frame(three), three);
    taken("the same frame twice", join(RawFrames.of(three), RawFrames.of(three)), three);
    taken("with positions", new RawFrames().at(7, 1, 5).frame(three), three);
  }

  /** Of three audiences in turn: the session of each, and changes between. */
  List<RawChange> mixed() {
    RawFeed author = feed();
    return List.of(
        author.open(first, 1),
        author.next(first),
        author.open(second, 2),
        author.next(first),
        author.next(second),
        author.open(both, 3),
        author.next(first),
        author.next(both));
  }

  private void audiences() {
    List<RawChange> mix = mixed();
    taken("three audiences in turn, one of two circles", RawFrames.of(mix), mix);
    RawFrames frames = new RawFrames();
    byte[] stream = frames.frame(mix.subList(0, 5));
    taken("the same in two frames", join(stream, frames.frame(mix.subList(5, 8))), mix);
    takenByAudience(
        "what a reader of the first circle alone gets",
        List.of(mix.get(0), mix.get(1), mix.get(3), mix.get(5), mix.get(6), mix.get(7)));
    takenByAudience(
        "what a reader of the second gets",
        List.of(mix.get(2), mix.get(4), mix.get(5), mix.get(7)));
  }

  private void contents() {
    RawFeed author = feed.copy().seeing(ascending(noise(31, 32), noise(33, 32)), null);
    List<RawChange> changes = and(three, author.next(first), author.next(first));
    author.seeing(ascending(noise(31, 32), noise(33, 32)), list(0, 41, noise(34, 32)));
    changes.add(author.next(first));
    taken("other roster heads, no checkpoint, then one again", RawFrames.of(changes), changes);
    changes = unseeing();
    taken("neither roster heads nor a checkpoint", RawFrames.of(changes), changes);
    author = feed.copy();
    List<Object> files = list(list(noise(51, 32), 4096 + 88), list(noise(52, 32), 1));
    files.sort((a, b) -> BytewiseOrder.compare(LaxCbor.encode(a), LaxCbor.encode(b)));
    RawChange attached = author.take(author.another(first, RawChange.ATTACHMENTS, files));
    changes = and(three, attached, author.another(first, RawChange.ERASES, one.id));
    taken("attachments, and an erasure", RawFrames.of(changes), changes);
    author = feed.copy();
    changes = and(three, author.open(first, 4), author.next(first));
    taken("another session", RawFrames.of(changes), changes);
    author = feed.copy();
    List<Object> opening = list(RawFeed.opening(99));
    RawChange again = author.another(first, SESSION, noise(1, 32), INDEX, null, OPENINGS, opening);
    author.take(again);
    changes = and(three, again, author.next(first));
    taken("the same session stated again, its indices from 0", RawFrames.of(changes), changes);
  }

  /** By an author who cites nothing. */
  List<RawChange> unseeing() {
    RawFeed author = feed().seeing(list(), null);
    return List.of(author.open(first, 1), author.next(first));
  }

  /** Two changes that continue the statement as {@link #three} do. */
  RawFeed branch() {
    RawFeed author = feed();
    author.take(statement);
    return author;
  }

  private void forks() {
    RawFeed author = branch();
    List<RawChange> branch = List.of(author.next(first), author.next(first));
    RawChange other = branch.get(0);
    List<RawChange> changes = and(three, other, branch.get(1));
    RawFrames frames = new RawFrames();
    byte[] stream = join(frames.frame(three), frames.naming().frame(branch));
    taken("a fork", stream, changes, one, other);
    taken("a fork in one frame, its branches signed", RawFrames.of(changes), changes, one, other);
    List<Object> heads = ascending(two.id, branch.get(1).id);
    RawChange joined =
        author.take(
            author.anotherOpen(
                first,
                5,
                SEQUENCE,
                4,
                PREVIOUS,
                heads,
                AUDIENCE_SEQUENCE,
                4,
                AUDIENCE_PREVIOUS,
                heads));
    changes = and(changes, joined, author.next(first));
    taken("a fork that is joined", RawFrames.of(changes), changes, one, other);
    RawChange begun = feed().open(first, 6);
    stream = join(RawFrames.of(List.of(statement)), RawFrames.of(List.of(begun)));
    changes = List.of(statement, begun);
    taken("two first changes of a feed", stream, changes, statement, begun);
    List<Object> skipping = list(statement.id);
    RawChange skipped =
        feed.another(first, AUDIENCE_SEQUENCE, 2, AUDIENCE_PREVIOUS, skipping, INDEX, 0);
    changes = and(three, skipped);
    stream = RawFrames.of(changes);
    taken("an author who skips a change for its audience", stream, changes, one, skipped);
    begun = feed.anotherOpen(first, 7, AUDIENCE_SEQUENCE, 1, AUDIENCE_PREVIOUS, list());
    changes = and(three, begun);
    stream = RawFrames.of(changes);
    taken("two first changes of an audience", stream, changes, statement, begun);
    samePlace();
  }

  private void samePlace() {
    List<RawChange> changes = twoAudiences();
    RawChange named =
        crossing.another(
            first,
            SEQUENCE,
            4,
            PREVIOUS,
            list(changes.get(2).id),
            AUDIENCE_SEQUENCE,
            2,
            AUDIENCE_PREVIOUS,
            list(changes.get(0).id),
            INDEX,
            0);
    List<RawChange> all = and(changes, named);
    taken(
        "a place beside others, naming what is before it",
        RawFrames.of(all),
        all,
        changes.get(4),
        named,
        changes.get(3),
        named);
  }

  private RawFeed crossing = feed();

  /** Five changes for the first circle and the second, by {@code crossing}. */
  List<RawChange> twoAudiences() {
    crossing = feed();
    return List.of(
        crossing.open(first, 1),
        crossing.open(second, 2),
        crossing.next(second),
        crossing.next(second),
        crossing.next(first));
  }

  RawFeed crossing() {
    return crossing;
  }

  private void sizes() {
    RawFeed another = feedOfAnother();
    List<RawChange> theirs = List.of(another.open(first, 8), another.next(first));
    byte[] stream = join(RawFrames.of(three), RawFrames.of(theirs));
    taken("two devices in one stream", stream, and(three, theirs.get(0), theirs.get(1)));
    List<RawChange> many = seventeen();
    taken("16 items", RawFrames.of(many.subList(0, 16)), many.subList(0, 16));
    RawChange longer = feed.another(first, BODY, 16 + 72);
    taken("a ciphertext of 16 and 72", RawFrames.of(and(three, longer)), and(three, longer));
    List<Object> eight = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      eight.add(VectorJson.filled(i, 16));
    }
    RawChange wide = feed.anotherOpen(eight, 9);
    taken("eight circles", RawFrames.of(and(three, wide)), and(three, wide));
    stream = join(entry(list(3, 0, list(noise(61, 32)))), RawFrames.of(three));
    stream = join(stream, entry(list(6, 2, "frame.signature")));
    stream = join(stream, entry(list(6, 3, "feed.gap", "why")));
    stream = join(stream, entry(list(5, new byte[4], list(), 0)));
    taken("other entries beside", stream, three);
  }

  List<RawChange> seventeen() {
    RawFeed author = branch();
    List<RawChange> many = new ArrayList<>(List.of(statement));
    while (many.size() < 17) {
      many.add(author.next(first));
    }
    return many;
  }
}
