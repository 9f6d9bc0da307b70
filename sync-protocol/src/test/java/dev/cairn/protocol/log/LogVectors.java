package dev.cairn.protocol.log;

import static dev.cairn.protocol.vectors.LaxCbor.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * {@code log-1.json}: a small log, and what proves something of it or does not. Trees and proofs
 * are those of {@link ReferenceTree}, notes those of {@link RawNote}.
 */
public final class LogVectors {

  private static final List<Digest> LEAVES = leaves();
  private static final int ALL = LEAVES.size();
  private static final Digest OTHER = Digest.of(VectorJson.named("x", 32));

  private final ArrayNode receipts = VectorJson.array();
  private final ArrayNode proofs = VectorJson.array();

  private LogVectors() {}

  public static ObjectNode make() {
    LogVectors vectors = new LogVectors();
    vectors.receipts();
    vectors.badProofs();
    vectors.badReceipts();
    vectors.consistency();
    vectors.badConsistency();
    ObjectNode file = VectorJson.object();
    file.put(
        "about",
        "PROTOCOL.md section 6; notes and receipts in hexadecimal, leaves are leaf hashes");
    file.put("origin", RawNote.ORIGIN).put("key", RawNote.KEY.verifyingKey().toString());
    put(file.putArray("leaves"), LEAVES);
    ArrayNode roots = file.putArray("roots");
    for (int size = 0; size <= ALL; size++) {
      roots.add(root(size).toString());
    }
    file.set("notes", NoteVectors.make());
    file.set("receipts", vectors.receipts);
    file.set("proofs", vectors.proofs);
    return file;
  }

  private static List<Digest> leaves() {
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      leaves.add(Digest.of(VectorJson.named("leaf " + i, 32)));
    }
    return leaves;
  }

  static Digest root(int size) {
    return ReferenceTree.root(LEAVES.subList(0, size));
  }

  private static void put(ArrayNode node, List<Digest> digests) {
    digests.forEach(digest -> node.add(digest.toString()));
  }

  // Receipts.

  private void receipt(String name, byte[] receipt, List<Digest> leaves, boolean holds) {
    ObjectNode node = receipts.addObject().put("name", name).put("receipt", Hex.encode(receipt));
    put(node.putArray("leaves"), leaves);
    node.put("holds", holds);
  }

  private static byte[] encoded(
      long generation, int first, int count, List<Digest> proof, byte[] note) {
    List<Object> hashes = new ArrayList<>();
    proof.forEach(hash -> hashes.add(hash.bytes()));
    return LaxCbor.encode(map(1, generation, 2, first, 3, count, 4, hashes, 5, note));
  }

  private static List<Digest> proof(int first, int count, int size) {
    return ReferenceTree.range(first, first + count, LEAVES.subList(0, size));
  }

  private void receipts() {
    int[][] ranges = {
      {0, 1, 1},
      {0, 1, 2},
      {1, 1, 2},
      {0, 2, 2},
      {0, 1, 3},
      {2, 1, 3},
      {1, 2, 3},
      {3, 4, 7},
      {6, 1, 7},
      {0, 7, 7},
      {2, 9, 13},
      {12, 1, 13},
      {5, 1, 21},
      {0, 16, 21},
      {15, 2, 21},
      {16, 5, 21},
      {7, 14, 21},
      {20, 1, 21}
    };
    for (int[] range : ranges) {
      byte[] receipt =
          encoded(
              0,
              range[0],
              range[1],
              proof(range[0], range[1], range[2]),
              RawNote.of(range[2]).bytes());
      receipt(
          range[1] + " from " + range[0] + " of " + range[2],
          receipt,
          LEAVES.subList(range[0], range[0] + range[1]),
          true);
    }
    byte[] note = RawNote.of(ALL).bytes();
    receipt(
        "of generation 3", encoded(3, 5, 2, proof(5, 2, ALL), note), LEAVES.subList(5, 7), true);
  }

  /** Leaves 5 to 7 under the newest checkpoint, with another proof. */
  private void badProof(String why, List<Digest> proof) {
    byte[] receipt = encoded(0, 5, 3, proof, RawNote.of(ALL).bytes());
    receipt(why, receipt, LEAVES.subList(5, 8), false);
  }

  private void badProofs() {
    List<Digest> good = proof(5, 3, ALL);
    List<Digest> more = new ArrayList<>(good);
    more.add(OTHER);
    badProof("a hash too many", more);
    badProof("a hash too few", good.subList(0, good.size() - 1));
    List<Digest> swapped = new ArrayList<>(good);
    Collections.swap(swapped, 0, 1);
    badProof("two hashes changed about", swapped);
    receipt(
        "one leaf, its hashes in the order of RFC 9162",
        encoded(0, 5, 1, ReferenceTree.path(5, LEAVES), RawNote.of(ALL).bytes()),
        LEAVES.subList(5, 6),
        false);
  }

  /** The good receipt of leaves 5 to 7, said to prove others. */
  private void badLeaves(String why, Digest... leaves) {
    byte[] receipt = encoded(0, 5, 3, proof(5, 3, ALL), RawNote.of(ALL).bytes());
    receipt(why, receipt, Arrays.asList(leaves), false);
  }

  private void badReceipts() {
    List<Digest> three = LEAVES.subList(5, 8);
    badLeaves("leaves changed about", three.get(1), three.get(0), three.get(2));
    badLeaves("a leaf too few", three.get(0), three.get(1));
    badLeaves("a leaf too many", three.get(0), three.get(1), three.get(2), LEAVES.get(8));
    List<Digest> proof = proof(5, 3, ALL);
    byte[] note = RawNote.of(ALL).bytes();
    receipt("another first", encoded(0, 6, 3, proof, note), three, false);
    byte[] older = RawNote.of(20).bytes();
    receipt("under an older checkpoint", encoded(0, 5, 3, proof, older), three, false);
    receipt(
        "outside the tree",
        encoded(0, 19, 3, proof(19, 3, ALL), note),
        List.of(LEAVES.get(19), LEAVES.get(20), OTHER),
        false);
    receipt("no leaf", encoded(0, 5, 0, List.of(root(ALL)), note), List.of(), false);
    byte[] byAnother = RawNote.of(ALL).signedBy(RawNote.OTHER_KEY).bytes();
    receipt("a checkpoint by another key", encoded(0, 5, 3, proof, byAnother), three, false);
    List<Object> hashes = new ArrayList<>();
    proof.forEach(hash -> hashes.add(hash.bytes()));
    byte[] more = LaxCbor.encode(map(1, 0, 2, 5, 3, 3, 4, hashes, 5, note, 6, 0));
    receipt("a field more", more, three, false);
    byte[] fewer = LaxCbor.encode(map(2, 5, 3, 3, 4, hashes, 5, note));
    receipt("without its generation", fewer, three, false);
    List<Object> shorter = new ArrayList<>(hashes);
    shorter.set(0, Arrays.copyOf(proof.get(0).bytes(), 31));
    byte[] short31 = LaxCbor.encode(map(1, 0, 2, 5, 3, 3, 4, shorter, 5, note));
    receipt("a hash of 31 bytes", short31, three, false);
    byte[] behind = LaxCbor.join(encoded(0, 5, 3, proof, note), new byte[1]);
    receipt("bytes behind", behind, three, false);
  }

  // Proofs of consistency.

  private void consistency(
      String name, int first, int second, List<Digest> roots, List<Digest> proof, boolean holds) {
    ObjectNode node = proofs.addObject().put("name", name);
    node.put("first", first).put("second", second);
    node.put("firstRoot", roots.get(0).toString()).put("secondRoot", roots.get(1).toString());
    put(node.putArray("proof"), proof);
    node.put("holds", holds);
  }

  private static List<Digest> between(int first, int second) {
    return first == 0 || first == second
        ? List.of()
        : ReferenceTree.proof(first, LEAVES.subList(0, second));
  }

  private void consistency() {
    int[][] pairs = {
      {0, 0}, {0, 5}, {5, 5}, {1, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 7}, {6, 7}, {7, 8}, {8, 13},
      {6, 21}, {13, 21}, {16, 21}, {20, 21}
    };
    for (int[] pair : pairs) {
      consistency(
          pair[0] + " to " + pair[1],
          pair[0],
          pair[1],
          List.of(root(pair[0]), root(pair[1])),
          between(pair[0], pair[1]),
          true);
    }
  }

  private void badConsistency() {
    List<Digest> good = between(13, ALL);
    List<Digest> roots = List.of(root(13), root(ALL));
    List<Digest> more = new ArrayList<>(good);
    more.add(OTHER);
    consistency("a hash too many", 13, ALL, roots, more, false);
    consistency("a hash too few", 13, ALL, roots, good.subList(0, good.size() - 1), false);
    consistency("no proof", 13, ALL, roots, List.of(), false);
    consistency("another first root", 13, ALL, List.of(OTHER, root(ALL)), good, false);
    consistency("another second root", 13, ALL, List.of(root(13), OTHER), good, false);
    List<Digest> two = List.of(root(13), OTHER);
    consistency("equal sizes, two roots", 13, 13, two, List.of(), false);
    List<Digest> same = List.of(root(13), root(13));
    consistency("equal sizes with a proof", 13, 13, same, List.of(OTHER), false);
    List<Digest> fromNothing = List.of(root(0), root(ALL));
    consistency("from nothing with a proof", 0, ALL, fromNothing, good, false);
    List<Digest> other = List.of(OTHER, root(ALL));
    consistency("from nothing with another root", 0, ALL, other, List.of(), false);
    List<Digest> withRoot = new ArrayList<>(List.of(root(8)));
    withRoot.addAll(between(8, 13));
    roots = List.of(root(8), root(13));
    consistency("a power of two with its own root in front", 8, 13, roots, withRoot, false);
  }
}
