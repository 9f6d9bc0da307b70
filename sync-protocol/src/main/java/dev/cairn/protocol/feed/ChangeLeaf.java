package dev.cairn.protocol.feed;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;

/**
 * What the log's leaf of a change is made of: whom it is for, and the hash of its payload. A reader
 * who may not fetch the change is told both and makes the leaf himself, so a server cannot pass
 * something off as not his: named truly he sees that it is, named otherwise the leaf is not the one
 * that its author's receipt proves.
 *
 * <p>Immutable. Source: docs/PROTOCOL.md, section 6.
 *
 * @param audience the circles that the change is addressed to, as its prefix has them
 * @param payload SHA-256 of the payload; no id, so that what others' changes name as previous does
 *     not tell whose it is
 */
public record ChangeLeaf(Audience audience, Digest payload) {

  /** Keeps it apart from the leaf of a statement, which is a map. */
  private static final String LABEL = "cairn/1/change-leaf";

  private static final byte[] LEAF = {0};

  /** The bytes that the leaf is the hash of, without what RFC 9162 puts before them. */
  public byte[] encode() {
    CborWriter writer = new CborWriter().array(3).text(LABEL);
    FeedCbor.writeAudience(writer, audience);
    return writer.bytes(payload.bytes()).toBytes();
  }

  /** The leaf's hash (RFC 9162 section 2.1.1). */
  public Digest hash() {
    return Sha256.of(LEAF, encode());
  }
}
