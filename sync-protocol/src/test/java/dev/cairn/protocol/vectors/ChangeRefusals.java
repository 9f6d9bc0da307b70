package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.FrameVectors.and;
import static dev.cairn.protocol.vectors.FrameVectors.noise;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.RawChange.ATTACHMENTS;
import static dev.cairn.protocol.vectors.RawChange.AUDIENCE_PREVIOUS;
import static dev.cairn.protocol.vectors.RawChange.AUDIENCE_SEQUENCE;
import static dev.cairn.protocol.vectors.RawChange.BODY;
import static dev.cairn.protocol.vectors.RawChange.CHECKPOINT;
import static dev.cairn.protocol.vectors.RawChange.ERASES;
import static dev.cairn.protocol.vectors.RawChange.INDEX;
import static dev.cairn.protocol.vectors.RawChange.OPENINGS;
import static dev.cairn.protocol.vectors.RawChange.PREVIOUS;
import static dev.cairn.protocol.vectors.RawChange.ROSTER_HEADS;
import static dev.cairn.protocol.vectors.RawChange.SALT;
import static dev.cairn.protocol.vectors.RawChange.SEQUENCE;
import static dev.cairn.protocol.vectors.RawChange.SESSION;
import static dev.cairn.protocol.vectors.RawChange.SPACE;
import static dev.cairn.protocol.vectors.RawFeed.opening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The streams of {@code frames-1.json} that hold a well signed change which breaks one rule. */
final class ChangeRefusals {

  private final FrameVectors vectors;
  private final List<Object> first;
  private final List<Object> second;

  /** The three changes and a session statement to the second circle after them. */
  private final RawChange fourth;

  private final RawFeed author;

  ChangeRefusals(FrameVectors vectors) {
    this.vectors = vectors;
    this.first = vectors.first;
    this.second = vectors.second;
    this.author = vectors.feed.copy();
    this.fourth = author.open(second, 2);
  }

  void make() {
    places();
    contents();
    statements();
    crossings();
    beginnings();
    strangers();
  }

  /** A change after four good ones, with other fields than it should have. */
  private void change(String why, Object... fields) {
    RawChange bad = author.another(first, fields);
    vectors.refused(why, RawFrames.of(and(vectors.three, fourth, bad)));
  }

  /** A session statement after three good changes. */
  private void statement(String why, List<Object> audience, Object... fields) {
    RawChange bad = vectors.feed.anotherOpen(audience, 9, fields);
    vectors.refused(why, RawFrames.of(and(vectors.three, bad)));
  }

  private static List<Object> descending(int count, int from) {
    List<Object> ids = noises(count, from, 32);
    Collections.reverse(ids);
    return ids;
  }

  /** So many different ids, ascending. */
  private static List<Object> noises(int count, int from, int size) {
    byte[][] ids = new byte[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = noise(from + i, size);
    }
    return FrameVectors.ascending(ids);
  }

  private static List<Object> files(List<Object> ids, Object size) {
    List<Object> files = new ArrayList<>();
    ids.forEach(id -> files.add(list(id, size)));
    return files;
  }

  private void places() {
    change("sequence too high", SEQUENCE, 6);
    change("sequence too low", SEQUENCE, 4);
    change("audience sequence too high", AUDIENCE_SEQUENCE, 5);
    change("audience sequence too low", AUDIENCE_SEQUENCE, 3);
    change("previous is empty after the first", PREVIOUS, list());
    List<Object> two = FrameVectors.ascending(fourth.id, vectors.one.id);
    Collections.reverse(two);
    change("previous descends", PREVIOUS, two);
    change("previous names one twice", PREVIOUS, list(fourth.id, fourth.id));
    change("audience previous is empty after the first", AUDIENCE_PREVIOUS, list());
    change("an index skipped", INDEX, 3);
    change("an index repeated", INDEX, 1);
    change("a session that was never stated", SESSION, noise(71, 32), INDEX, 0);
    change(
        "a session statement named, with an index above 0",
        AUDIENCE_PREVIOUS,
        list(vectors.statement.id),
        AUDIENCE_SEQUENCE,
        2,
        INDEX,
        2);
  }

  private void contents() {
    change("a change of another space", SPACE, noise(70, 32));
    change("roster heads that descend", ROSTER_HEADS, descending(2, 31));
    change("17 roster heads", ROSTER_HEADS, noises(17, 200, 32));
    change("a checkpoint of size 0", CHECKPOINT, list(0, 0, noise(72, 32)));
    change("attachments that descend", ATTACHMENTS, files(descending(2, 51), 9));
    byte[] file = noise(51, 32);
    change("an attachment twice", ATTACHMENTS, files(list(file, file), 9));
    change("an attachment of size 0", ATTACHMENTS, files(list(file), 0));
    change("an attachment above the limit", ATTACHMENTS, files(list(file), (5L << 30) + 1));
    change("65 attachments", ATTACHMENTS, files(noises(65, 300, 32), 9));
    change("a salt of 15 bytes", SALT, noise(73, 15));
    change("openings in a change", OPENINGS, list(opening(1)));
    change("a ciphertext shorter than any", BODY, 79);
    change("a ciphertext of a length that is no Padmé", BODY, 16 + 65);
  }

  private void statements() {
    List<Object> both = vectors.both;
    List<Object> descending = new ArrayList<>(both);
    Collections.reverse(descending);
    statement("circles that descend", descending);
    statement("a circle twice", list(first.get(0), first.get(0)));
    statement("nine circles", noises(9, 400, 16));
    statement("no circle", list());
    statement("one opening for two circles", both, OPENINGS, list(opening(1)));
    statement("two openings for one circle", first, OPENINGS, list(opening(1), opening(2)));
    Object files = files(list(noise(51, 32)), 9);
    statement("a session statement with attachments", both, ATTACHMENTS, files);
    statement("a session statement that erases", both, ERASES, vectors.one.id);
    List<Object> shorter = list(noise(1, 32), noise(1, 1120), noise(1, 47));
    statement("an opening with 47 bytes sealed", first, OPENINGS, list(shorter));
  }

  private void crossings() {
    RawChange bad =
        vectors.feed.another(
            second,
            AUDIENCE_SEQUENCE,
            4,
            AUDIENCE_PREVIOUS,
            list(vectors.two.id),
            SESSION,
            noise(1, 32),
            INDEX,
            2);
    vectors.refused("audience previous of another audience", RawFrames.of(and(vectors.three, bad)));
    bad = vectors.feed.another(second, SESSION, noise(1, 32), INDEX, 0);
    vectors.refused(
        "the first of an audience without a session", RawFrames.of(and(vectors.three, bad)));
    List<RawChange> changes = vectors.twoAudiences();
    bad =
        vectors
            .crossing()
            .another(
                first,
                SEQUENCE,
                4,
                PREVIOUS,
                list(changes.get(2).id),
                AUDIENCE_SEQUENCE,
                3,
                AUDIENCE_PREVIOUS,
                list(changes.get(4).id),
                INDEX,
                1);
    vectors.refused(
        "names one of its audience that is not before it", RawFrames.of(and(changes, bad)));
  }

  private void begins(String why, RawChange bad) {
    vectors.refused(why, RawFrames.of(List.of(bad)));
  }

  private void beginnings() {
    RawFeed fresh = vectors.feed();
    begins(
        "the first change with audience sequence 2",
        fresh.anotherOpen(first, 1, AUDIENCE_SEQUENCE, 2));
    begins("the first change with sequence 2", fresh.anotherOpen(first, 1, SEQUENCE, 2));
    begins("sequence 0", fresh.anotherOpen(first, 1, SEQUENCE, 0));
    List<Object> before = list(noise(80, 32));
    begins("sequence 1 that continues one", fresh.anotherOpen(first, 1, PREVIOUS, before));
    begins(
        "audience sequence above the sequence",
        fresh.anotherOpen(
            first,
            1,
            SEQUENCE,
            3,
            PREVIOUS,
            before,
            AUDIENCE_SEQUENCE,
            4,
            AUDIENCE_PREVIOUS,
            list(noise(81, 32))));
    begins("names of its audience what is not there", vectors.two);
  }

  private void strangers() {
    RawFeed other = vectors.feedOfAnother();
    List<Object> heads = list(vectors.two.id);
    RawChange bad =
        other.another(
            first,
            SEQUENCE,
            4,
            PREVIOUS,
            heads,
            AUDIENCE_SEQUENCE,
            4,
            AUDIENCE_PREVIOUS,
            heads,
            SESSION,
            noise(1, 32),
            INDEX,
            2);
    vectors.refused(
        "continues the changes of another device",
        join(RawFrames.of(vectors.three), RawFrames.of(List.of(bad))));
  }
}
