package dev.cairn.client.courier;

import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a bundle's parcels as long as there is room. */
final class Packing implements ParcelSink {

  private static final int STANZA_BYTES = 1171;

  /** Heads of a parcel, its check and the header of what is sealed. */
  private static final int PARCEL_HEAD_BYTES = 112;

  /** Whose content it is; of a piece of a file also which, and the signature. */
  private static final int CONTENT_HEAD_BYTES = 200;

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int TAG_BYTES = 16;

  private final OutputStream out;
  private final long bytesMax;
  private final Randomness randomness;
  private long bytes;
  private long parcels;

  Packing(OutputStream out, long bytesMax, Randomness randomness) throws IOException {
    this.out = out;
    this.randomness = randomness;
    this.bytesMax = bytesMax;
    byte[] beginning = BundleWriter.beginning();
    out.write(beginning);
    bytes = beginning.length;
  }

  /** Adds a parcel; false if it has no room. */
  boolean add(byte[] parcel) throws IOException {
    byte[] wrapped = BundleWriter.parcel(parcel);
    if (wrapped.length > bytesMax - bytes) {
      return false;
    }
    out.write(wrapped);
    bytes += wrapped.length;
    parcels++;
    return true;
  }

  /** Whether a parcel of this size would have no room in an empty bundle either. */
  boolean neverFits(byte[] parcel) {
    return BundleWriter.parcel(parcel).length > bytesMax - BundleWriter.beginning().length;
  }

  @Override
  public boolean add(ParcelContent content, List<EncryptionPublicKey> receivers)
      throws IOException {
    return add(Parcel.seal(content, receivers, randomness));
  }

  @Override
  public int contentRoom(int receivers) {
    return contentRoom(Math.min(bytesMax - bytes, Limits.PARCEL_BYTES_MAX), receivers);
  }

  /** How many bytes a parcel of so many may hold besides the head of its content. */
  static int contentRoom(long parcelBytes, int receivers) {
    long room = parcelBytes - (long) receivers * STANZA_BYTES - PARCEL_HEAD_BYTES;
    room -= TAG_BYTES * (1 + room / CHUNK_BYTES);
    long content = Math.min(room, Limits.PARCEL_CONTENT_BYTES_MAX);
    while (content > 0 && Padme.length(content) > room) {
      content -= 1 + content / 64;
    }
    return (int) Math.max(0, content - CONTENT_HEAD_BYTES);
  }

  /** Bytes written. */
  long bytes() {
    return bytes;
  }

  /** Whether nothing was written yet, so that what has no room now never has. */
  boolean isEmpty() {
    return parcels == 0;
  }

  /** Parcels written. */
  long parcels() {
    return parcels;
  }
}
