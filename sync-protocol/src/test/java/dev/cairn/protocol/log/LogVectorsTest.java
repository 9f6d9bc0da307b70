package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.VerifyingKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints, receipts and proofs that break one rule each, and their neighbours that hold. */
class LogVectorsTest {

  static Stream<Arguments> notes() throws IOException {
    return cases("notes");
  }

  static Stream<Arguments> receipts() throws IOException {
    return cases("receipts");
  }

  static Stream<Arguments> proofs() throws IOException {
    return cases("proofs");
  }

  private static Stream<Arguments> cases(String list) throws IOException {
    return StreamSupport.stream(file().required(list).spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  private static JsonNode file() throws IOException {
    return PublishedVectors.own("log-1.json");
  }

  private static LogKey key() throws Exception {
    return new LogKey(
        new LogOrigin(file().required("origin").textValue()),
        VerifyingKey.of(PublishedVectors.bytes(file(), "key")));
  }

  @Test
  void roots_published_areThoseOfTheLeaves() throws Exception {
    List<Digest> leaves = digests(file().required("leaves"));
    JsonNode roots = file().required("roots");
    for (int size = 0; size < roots.size(); size++) {
      CompactTree tree = CompactTree.empty().append(leaves.subList(0, size)).tree();
      assertThat(tree.root()).hasToString(roots.get(size).textValue());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notes")
  void note_published_isTakenOrRefused(String name, JsonNode vector) throws Exception {
    LogKey key = key();
    byte[] note = PublishedVectors.bytes(vector, "note");
    assertThat(holds(() -> SignedCheckpoint.open(note, key))).isEqualTo(wanted(vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("receipts")
  void receipt_published_provesItsLeavesOrNot(String name, JsonNode vector) throws Exception {
    LogKey key = key();
    byte[] receipt = PublishedVectors.bytes(vector, "receipt");
    List<Digest> leaves = digests(vector.required("leaves"));
    assertThat(holds(() -> Receipt.decode(receipt).verify(leaves, key))).isEqualTo(wanted(vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("proofs")
  void proof_published_leadsFromTreeToTreeOrNot(String name, JsonNode vector) throws Exception {
    ConsistencyProof proof =
        new ConsistencyProof(
            vector.required("first").longValue(),
            vector.required("second").longValue(),
            digests(vector.required("proof")));
    Digest first = Digest.of(PublishedVectors.bytes(vector, "firstRoot"));
    Digest second = Digest.of(PublishedVectors.bytes(vector, "secondRoot"));
    assertThat(proof.verifies(first, second)).isEqualTo(wanted(vector));
  }

  private static boolean wanted(JsonNode vector) {
    return vector.required("holds").booleanValue();
  }

  /** Something that reads what somebody sent. */
  private interface Reading {
    void read() throws MalformedException;
  }

  private static boolean holds(Reading reading) {
    try {
      reading.read();
      return true;
    } catch (MalformedException refused) {
      return false;
    }
  }

  private static List<Digest> digests(JsonNode list) throws MalformedException {
    List<Digest> digests = new ArrayList<>();
    for (JsonNode each : list) {
      digests.add(Digest.of(Hex.decode(each.textValue())));
    }
    return digests;
  }
}
