package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log's acknowledgement: proof that a run of consecutive leaves is in it. Whoever holds the
 * leaves and the log's key can check it without asking anyone.
 *
 * <p>Reading one checks its form only; {@link #verify} checks what it says.
 */
public final class Receipt {
  private static final int FIELDS = 5;
  private static final int GENERATION = 1;
  private static final int FIRST = 2;
  private static final int COUNT = 3;
  private static final int PROOF = 4;
  private static final int CHECKPOINT = 5;

  private final long generation;
  private final RangeProof proof;
  private final Checkpoint claimed;
  private final byte[] note;

  private Receipt(long generation, RangeProof proof, Checkpoint claimed, byte[] note) {
    this.generation = generation;
    this.proof = proof;
    this.claimed = claimed;
    this.note = note;
  }

  /**
   * Puts a receipt together.
   *
   * @param generation the life of the log the checkpoint belongs to
   * @throws IllegalArgumentException if the proof is for a tree of another size than the
   *     checkpoint's
   */
  public static Receipt of(long generation, RangeProof proof, SignedCheckpoint checkpoint) {
    if (generation < 0 || proof.size() != checkpoint.checkpoint().size()) {
      throw new IllegalArgumentException("proof and checkpoint do not belong together");
    }
    return new Receipt(generation, proof, checkpoint.checkpoint(), checkpoint.note());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException if it is anything else, or its parts contradict each other
   */
  public static Receipt decode(byte[] encoded) throws MalformedException {
    CborReader in = CborReader.of(encoded);
    if (in.mapHeader(FIELDS) != FIELDS) {
      throw new MalformedException("receipt: field missing");
    }
    expect(in, GENERATION);
    long generation = in.uint();
    expect(in, FIRST);
    long first = in.uint(Limits.LOG_LEAVES_MAX);
    expect(in, COUNT);
    long count = in.uint(Limits.PROOF_RUN_LEAVES_MAX);
    expect(in, PROOF);
    List<Digest> hashes = hashes(in);
    expect(in, CHECKPOINT);
    byte[] note = in.bytes(Limits.NOTE_SIZE_BYTES_MAX);
    in.end();
    Checkpoint claimed = SignedCheckpoint.claimed(note);
    if (!TreeShape.isRun(first, count, claimed.size())) {
      throw new MalformedException("receipt: leaves outside the tree");
    }
    RangeProof proof = new RangeProof(first, count, claimed.size(), hashes);
    return new Receipt(generation, proof, claimed, note);
  }

  private static void expect(CborReader in, int field) throws MalformedException {
    int position = in.position();
    if (in.mapKey() != field) {
      throw new MalformedException("receipt: unknown field", position);
    }
  }

  private static List<Digest> hashes(CborReader in) throws MalformedException {
    int count = in.arrayHeader(Limits.RANGE_PROOF_HASHES_MAX);
    List<Digest> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Digest.of(in.bytesExactly(Digest.SIZE_BYTES)));
    }
    return hashes;
  }

  /** The receipt's one encoding. */
  public byte[] encode() {
    CborWriter out = new CborWriter().map(FIELDS);
    out.uint(GENERATION).uint(generation);
    out.uint(FIRST).uint(proof.first());
    out.uint(COUNT).uint(proof.count());
    out.uint(PROOF).array(proof.hashes().size());
    for (Digest hash : proof.hashes()) {
      out.bytes(hash.bytes());
    }
    out.uint(CHECKPOINT).bytes(note);
    return out.toBytes();
  }

  /**
   * Checks that the log signed the checkpoint and that these leaves are in its tree, in this order,
   * at this place.
   *
   * @param leafHashes as many as {@link RangeProof#count}
   * @param key of the log of this receipt's generation
   * @return the checkpoint, now known to be the log's
   * @throws MalformedException if any of it is not so
   */
  public SignedCheckpoint verify(List<Digest> leafHashes, LogKey key) throws MalformedException {
    SignedCheckpoint signed = SignedCheckpoint.open(note, key);
    if (!proof.verifies(leafHashes, signed.checkpoint().root())) {
      throw new MalformedException("receipt: the proof does not lead to the signed root");
    }
    return signed;
  }

  /**
   * Whether it shows by itself that its log continues the one of that size that was seen: there is
   * nothing to continue, or nothing new, or its leaves are the next.
   */
  public boolean leadsFrom(long seenSize) {
    return seenSize == 0 || seenSize == proof.size() || seenSize == proof.first();
  }

  /** The life of the log it belongs to; the roster says which key and origin that is. */
  public long generation() {
    return generation;
  }

  /** Whether it claims to be of this log: of two under one number it is of one. */
  public boolean isOf(LogKey log) {
    return claimed().origin().equals(log.origin());
  }

  /** Which leaves it is about, and the hashes that prove them. */
  public RangeProof proof() {
    return proof;
  }

  /** The checkpoint it claims, unchecked until {@link #verify}. */
  public Checkpoint claimed() {
    return claimed;
  }

  /** A copy of the signed checkpoint's bytes, unchecked until {@link #verify}. */
  public byte[] note() {
    return note.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Receipt that
        && generation == that.generation
        && proof.equals(that.proof)
        && Arrays.equals(note, that.note);
  }

  @Override
  public int hashCode() {
    return 31 * proof.hashCode() + Arrays.hashCode(note);
  }

  @Override
  public String toString() {
    return "receipt for " + proof.count() + " leaves at " + proof.first();
  }
}
