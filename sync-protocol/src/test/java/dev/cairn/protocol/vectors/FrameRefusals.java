package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.FrameVectors.and;
import static dev.cairn.protocol.vectors.FrameVectors.noise;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.RawFrames.entry;

import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The streams of {@code frames-1.json} that break one rule of entries, frames or signatures. */
final class FrameRefusals {

  private static final Map<Integer, String> FIELDS =
      Map.of(
          1,
          "sequence",
          2,
          "previous",
          3,
          "audience",
          4,
          "audience sequence",
          5,
          "audience previous",
          6,
          "session",
          7,
          "index",
          8,
          "roster heads",
          9,
          "checkpoint");

  private final FrameVectors vectors;
  private final List<RawChange> three;

  FrameRefusals(FrameVectors vectors) {
    this.vectors = vectors;
    this.three = vectors.three;
  }

  void make() {
    leftOut();
    items();
    frames();
    entries();
    signatures();
    new ChangeRefusals(vectors).make();
    hidden();
  }

  private void refused(String why, byte[] stream) {
    vectors.refused(why, stream);
  }

  /** A frame of the three changes in which one item was written otherwise. */
  private void edited(String why, int item, Consumer<Map<Object, Object>> edit) {
    refused(why, new RawFrames().editing(item, edit).frame(three));
  }

  private void put(String why, int item, Object field, Object value) {
    edited(why, item, fields -> fields.put(field, value));
  }

  private void without(String why, int item, int field) {
    edited(why, item, fields -> fields.remove(field));
  }

  private void leftOut() {
    for (int field = 1; field <= 9; field++) {
      Object value = vectors.one.get(field + 3);
      put(FIELDS.get(field) + " written though it follows", 1, field, value);
    }
    put("audience previous written though it equals previous", 0, 5, list());
    for (int field : new int[] {1, 2, 3, 4, 6, 8, 9}) {
      without("the first item without " + FIELDS.get(field), 0, field);
    }
    RawFeed author = vectors.feed.copy();
    author.seeing(list(noise(31, 32)), null);
    refused(
        "no checkpoint, and not said",
        new RawFrames()
            .editing(3, item -> item.remove(9))
            .frame(and(three, author.next(vectors.first))));
    refused(
        "the first item leaves out that it cites no checkpoint",
        new RawFrames().editing(0, item -> item.remove(9)).frame(vectors.unseeing()));
    refused(
        "null again though the item before cited none",
        new RawFrames().editing(1, item -> item.put(9, null)).frame(vectors.unseeing()));
  }

  private void items() {
    without("an item without salt", 1, 11);
    put("field 0", 1, 0, 1);
    put("field 18", 1, 18, 1);
    put("a field under a text", 1, "x", 1);
    put("a session statement with an index", 0, 7, 0);
    put("a session statement with a ciphertext", 0, 15, new byte[80]);
    without("a session statement without its session", 0, 6);
    without("neither ciphertext nor its hash", 1, 15);
    put("ciphertext and its hash", 1, 16, vectors.one.tail.subList(1, 3));
    without("no commitment but a ciphertext", 1, 14);
    put("attachments that are none", 1, 10, list());
    put("a byte of the ciphertext changed", 1, 15, VectorJson.flipped(vectors.one.ciphertext, -1));
  }

  private void frames() {
    RawFrames frames = new RawFrames();
    frames.frame(List.of(vectors.statement));
    refused("no device at the start", frames.frame(List.of(vectors.one)));
    byte[] other = vectors.feedOfAnother().key.verifyingKey().bytes();
    refused("the wrong device", new RawFrames().as(other).frame(three));
    byte[] device = vectors.one.device;
    refused("a device of 31 bytes", new RawFrames().as(Arrays.copyOf(device, 31)).frame(three));
    refused("a frame of nothing", entry(list(2, list(device, list()))));
    refused("17 items", RawFrames.of(vectors.seventeen()));
    frames = new RawFrames();
    byte[] stream = frames.frame(List.of(vectors.statement));
    byte[] bad = frames.editing(0, item -> item.remove(11)).frame(List.of(vectors.one));
    refused(
        "after a frame that is refused one that names no device",
        join(stream, bad, frames.frame(List.of(vectors.two))));
    refused("positions that stand still", new RawFrames().at(7, 1, 0).frame(three));
    refused("a position too few", new RawFrames().at(7, 1).frame(three));
    refused("no positions in the list", new RawFrames().at().frame(three));
  }

  private void entries() {
    refused("an entry of kind 7 without its parts", entry(list(7, 0)));
    refused("an entry of kind 8", entry(list(8, 0)));
    refused("an entry of kind 0", entry(list(0, 0)));
    refused("an entry that is a map", entry(LaxCbor.map(1, 2)));
    refused("an empty entry 3", entry(list(3, 0, list())));
    refused("an entry 6 without code", entry(list(6, 0)));
    byte[] bare = LaxCbor.encode(list(2, list(vectors.one.device, list())));
    refused("an entry that is no byte string", bare);
    byte[] leaves = LaxCbor.encode(list(3, 0, list(noise(61, 32))));
    byte[] longer = LaxCbor.encode(join(leaves, new byte[1]));
    refused("bytes behind the item of an entry", longer);
  }

  private void signatures() {
    refused("the last is not signed", new RawFrames().signing(0, 1).frame(three));
    refused("nothing is signed", new RawFrames().signing().frame(three));
    List<RawChange> mix = vectors.mixed();
    refused("one audience is not signed", new RawFrames().signing(6, 7).frame(mix));
    RawFeed branch = vectors.branch();
    List<RawChange> forked = and(three, branch.next(vectors.first), branch.next(vectors.first));
    refused("a branch of a fork is not signed", new RawFrames().signing(4).frame(forked));
    byte[] spoilt = VectorJson.flipped(vectors.two.signature, 1);
    put("the signature does not hold", 2, 17, spoilt);
    refused(
        "one that is not needed does not hold",
        new RawFrames()
            .signingAll()
            .editing(1, item -> item.put(17, VectorJson.flipped(vectors.one.signature, 1)))
            .frame(three));
    byte[] toBeSigned = CoseSign1.toBeSigned(MessageType.CHANGE, vectors.two.payload);
    byte[] byAnother = vectors.feedOfAnother().key.sign(toBeSigned);
    put("a signature by another device", 2, 17, byAnother);
    put("a signature of 63 bytes", 2, 17, Arrays.copyOf(vectors.two.signature, 63));
    byte[] overBare = vectors.feed.key.sign(vectors.two.payload);
    put("a signature over the bare payload", 2, 17, overBare);
  }

  private static List<Object> audience(int... circles) {
    List<Object> audience = new ArrayList<>();
    for (int circle : circles) {
      audience.add(VectorJson.filled(circle, 16));
    }
    return audience;
  }

  private static List<Object> run(int audience, int... leaves) {
    List<Object> hashes = new ArrayList<>();
    for (int leaf : leaves) {
      hashes.add(VectorJson.filled(leaf, 32));
    }
    return list(audience, hashes);
  }

  private static byte[] hidden(List<Object> audiences, Object... runs) {
    return entry(list(7, 5, audiences, list(runs)));
  }

  private void hidden() {
    List<Object> two = list(audience(1), audience(2, 3));
    vectors.taken(
        "hidden leaves of two audiences in turn",
        hidden(two, run(0, 1, 2), run(1, 3), run(0, 4)),
        Collections.emptyList());
    refused(
        "hidden leaves, the audiences not as they first come", hidden(two, run(1, 1), run(0, 2)));
    refused("hidden leaves, a run in two", hidden(list(audience(1)), run(0, 1), run(0, 2)));
    refused("hidden leaves, an audience that none is for", hidden(two, run(0, 1)));
    refused(
        "hidden leaves for an audience not listed",
        hidden(list(audience(1)), run(0, 1), run(1, 2)));
    refused(
        "hidden leaves, an audience listed twice",
        hidden(list(audience(1), audience(1)), run(0, 1), run(1, 2)));
    refused(
        "hidden leaves, an audience that does not ascend", hidden(list(audience(3, 2)), run(0, 1)));
    refused("hidden leaves, a run of none", hidden(list(audience(1)), run(0)));
    refused("hidden leaves, none", hidden(list()));
  }
}
