package dev.cairn.client.courier;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Digest;
import java.util.Optional;

/** A parcel that can be handed to a device that is met. */
public final class Outgoing {

  private final Digest id;
  private final int sizeBytes;
  private final int heldBytes;
  private final Source source;

  private Outgoing(Digest id, int sizeBytes, int heldBytes, Source source) {
    this.id = id;
    this.sizeBytes = sizeBytes;
    this.heldBytes = heldBytes;
    this.source = source;
  }

  /** Where its bytes come from. */
  @FunctionalInterface
  interface Source {
    Optional<byte[]> bytes() throws CairnException;
  }

  /** One made here. */
  static Outgoing made(Digest id, byte[] parcel, Source source) {
    return new Outgoing(id, parcel.length, parcel.length, source);
  }

  /** One carried for others. */
  static Outgoing carried(Digest id, int sizeBytes, Source source) {
    return new Outgoing(id, sizeBytes, 0, source);
  }

  /** SHA-256 of the parcel. */
  public Digest id() {
    return id;
  }

  /** Length of the parcel. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** How much memory it takes until it is sent. */
  int heldBytes() {
    return heldBytes;
  }

  /** The parcel; empty if it has gone since. What is asked for counts as sent. */
  public Optional<byte[]> bytes() throws CairnException {
    return source.bytes();
  }
}
