package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.list;

import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An author: gives the good change that comes next, or one with something else in it. */
public final class RawFeed {

  static final byte[] SPACE = RawChange.Noise.of(0, 32);

  final SigningKey key;
  private final byte[] space;
  private final RawChange.Noise noise;
  private final Map<String, RawChange> lastOf = new HashMap<>();
  private List<Object> heads = list();
  private long sequence;
  private List<Object> rosterHeads = list(RawChange.Noise.of(31, 32));
  private Object checkpoint = list(0, 40, RawChange.Noise.of(32, 32));

  RawFeed(int device, RawChange.Noise noise) {
    this(SigningKey.of(Secret.take(RawChange.Noise.of(device, 32))), SPACE, noise);
  }

  /** An author in any space. */
  public RawFeed(SigningKey key, byte[] space, RawChange.Noise noise) {
    this.key = key;
    this.space = space;
    this.noise = noise;
  }

  /** The same author at the same place, who may go on otherwise. */
  public RawFeed copy() {
    RawFeed copy = new RawFeed(key, space, noise);
    copy.lastOf.putAll(lastOf);
    copy.heads = heads;
    copy.sequence = sequence;
    copy.rosterHeads = rosterHeads;
    copy.checkpoint = checkpoint;
    return copy;
  }

  /** What the author has seen from now on. */
  RawFeed seeing(List<Object> rosterHeadsSeen, Object checkpointSeen) {
    rosterHeads = rosterHeadsSeen;
    checkpoint = checkpointSeen;
    return this;
  }

  /** The next change to this audience. */
  public RawChange next(List<Object> audience) {
    return take(another(audience));
  }

  /** The next session statement to this audience. */
  public RawChange open(List<Object> audience, int session) {
    return take(anotherOpen(audience, session));
  }

  public RawChange take(RawChange change) {
    heads = list(change.id);
    sequence = ((Number) change.get(RawChange.SEQUENCE)).longValue();
    lastOf.put(change.audience(), change);
    return change;
  }

  /**
   * A next change with other fields, keys and values in turn; the author does not go on from it.
   */
  public RawChange another(List<Object> audience, Object... otherFields) {
    RawChange last = lastOf.get(Hex.encode(LaxCbor.encode(audience)));
    Map<Integer, Object> fields = new HashMap<>();
    fields.put(RawChange.SPACE, space);
    fields.put(RawChange.SEQUENCE, sequence + 1);
    fields.put(RawChange.PREVIOUS, heads);
    fields.put(RawChange.AUDIENCE, audience);
    fields.put(RawChange.AUDIENCE_SEQUENCE, 1 + number(last, RawChange.AUDIENCE_SEQUENCE, 0));
    fields.put(RawChange.AUDIENCE_PREVIOUS, last == null ? list() : list(last.id));
    fields.put(RawChange.SESSION, last == null ? null : last.get(RawChange.SESSION));
    fields.put(RawChange.INDEX, 1 + number(last, RawChange.INDEX, -1));
    fields.put(RawChange.ROSTER_HEADS, rosterHeads);
    fields.put(RawChange.CHECKPOINT, checkpoint);
    for (int i = 0; i < otherFields.length; i += 2) {
      fields.put((Integer) otherFields[i], otherFields[i + 1]);
    }
    return new RawChange(key, fields, noise);
  }

  /** A next session statement with other fields. */
  public RawChange anotherOpen(List<Object> audience, int session, Object... otherFields) {
    List<Object> openings = new ArrayList<>();
    for (int i = 0; i < audience.size(); i++) {
      openings.add(opening(session * 10 + i));
    }
    List<Object> fields = new ArrayList<>();
    fields.addAll(list(RawChange.SESSION, RawChange.Noise.of(session, 32)));
    fields.addAll(list(RawChange.INDEX, null, RawChange.OPENINGS, openings));
    fields.addAll(list(otherFields));
    return another(audience, fields.toArray());
  }

  private static long number(RawChange last, int field, long otherwise) {
    Object value = last == null ? null : last.get(field);
    return value == null ? otherwise : ((Number) value).longValue();
  }

  /** Of the form of an opening; nobody could open it. */
  static List<Object> opening(int number) {
    return list(
        RawChange.Noise.of(number, 32),
        RawChange.Noise.of(number, 1120),
        RawChange.Noise.of(number, 48));
  }
}
