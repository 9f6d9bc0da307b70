package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final SignedCheckpoint FIFTEEN = TestLog.open(TestLog.FIFTEEN);
  private static final List<Digest> RUN = TestLog.leaves().subList(4, 9);
  private static final RangeProof PROOF =
      RangeProof.create(4, 5, 15, MemoryTree.of(TestLog.leaves()));
  private static final Receipt RECEIPT = Receipt.of(3, PROOF, FIFTEEN);

  @Test
  void encode_isTheMapOfTheProtocol() {
    CborWriter expected = new CborWriter().map(5);
    expected.uint(1).uint(3).uint(2).uint(4).uint(3).uint(5);
    expected.uint(4).array(PROOF.hashes().size());
    PROOF.hashes().forEach(hash -> expected.bytes(hash.bytes()));
    expected.uint(5).bytes(FIFTEEN.note());
    assertThat(RECEIPT.encode()).isEqualTo(expected.toBytes());
  }

  @Test
  void decode_givesBackWhatWasEncoded() throws MalformedException {
    Receipt decoded = Receipt.decode(RECEIPT.encode());
    assertThat(decoded).isEqualTo(RECEIPT);
    assertThat(decoded.generation()).isEqualTo(3);
    assertThat(decoded.proof()).isEqualTo(PROOF);
    assertThat(decoded.claimed()).isEqualTo(FIFTEEN.checkpoint());
    assertThat(decoded.note()).isEqualTo(FIFTEEN.note());
  }

  @Test
  void verify_itsLeaves_givesTheSignedCheckpoint() throws MalformedException {
    assertThat(Receipt.decode(RECEIPT.encode()).verify(RUN, TestLog.key())).isEqualTo(FIFTEEN);
  }

  @Test
  void verify_otherLeaves_isRefused() {
    List<Digest> shifted = TestLog.leaves().subList(5, 10);
    List<Digest> reordered = new ArrayList<>(RUN);
    Collections.swap(reordered, 0, 1);
    assertDoesNotVerify(RECEIPT, shifted, TestLog.key());
    assertDoesNotVerify(RECEIPT, reordered, TestLog.key());
    assertDoesNotVerify(RECEIPT, RUN.subList(0, 4), TestLog.key());
    assertDoesNotVerify(RECEIPT, List.of(), TestLog.key());
  }

  @Test
  void verify_keyOfAnotherLog_isRefused() {
    LogKey other =
        new LogKey(TestLog.ORIGIN, SigningKey.of(Secret.take(new byte[32])).verifyingKey());
    assertDoesNotVerify(RECEIPT, RUN, other);
  }

  @Test
  void verify_proofFromALogWithoutTheLeaves_isRefused() {
    List<Digest> without = new ArrayList<>(TestLog.leaves());
    without.set(6, TreeVectors.filler("instead"));
    RangeProof proof = RangeProof.create(4, 5, 15, MemoryTree.of(without));
    assertDoesNotVerify(Receipt.of(3, proof, TestLog.signed(without)), RUN, TestLog.key());
  }

  @Test
  void decodeAndVerify_anyByteChanged_isRefusedOrAnotherGeneration() {
    byte[] encoded = RECEIPT.encode();
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= (byte) (1 << i % 8);
      assertThat(verifiesAsGeneration(changed, 3)).as("byte %s", i).isFalse();
    }
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] encoded = RECEIPT.encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> Receipt.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void decode_trailingByte_isRefused() {
    byte[] encoded = RECEIPT.encode();
    assertThatThrownBy(() -> Receipt.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_runOutsideTheTree_isRefused() {
    assertThatThrownBy(() -> Receipt.decode(encoded(11, 5, 0)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Receipt.decode(encoded(0, 0, 0)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Receipt.decode(encoded(Limits.LOG_LEAVES_MAX, 5, 0)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_asManyHashesAsAllowed_isAccepted() throws MalformedException {
    Receipt receipt = Receipt.decode(encoded(4, 5, Limits.RANGE_PROOF_HASHES_MAX));
    assertThat(receipt.proof().hashes()).hasSize(Limits.RANGE_PROOF_HASHES_MAX);
    assertDoesNotVerify(receipt, RUN, TestLog.key());
  }

  @Test
  void decode_oneHashMore_isRefused() {
    assertThatThrownBy(() -> Receipt.decode(encoded(4, 5, Limits.RANGE_PROOF_HASHES_MAX + 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_longestRun_isAccepted() throws MalformedException {
    int most = Limits.PROOF_RUN_LEAVES_MAX;
    SignedCheckpoint large = large();
    Receipt receipt = Receipt.of(0, new RangeProof(0, most, 1L << 40, List.of()), large);
    assertThat(Receipt.decode(receipt.encode())).isEqualTo(receipt);
  }

  @Test
  void decode_runOneLeafLonger_isRefused() {
    CborWriter out = new CborWriter().map(5).uint(1).uint(0).uint(2).uint(0);
    out.uint(3).uint(Limits.PROOF_RUN_LEAVES_MAX + 1L);
    out.uint(4).array(0).uint(5).bytes(large().note());
    assertThatThrownBy(() -> Receipt.decode(out.toBytes())).isInstanceOf(MalformedException.class);
  }

  @Test
  void of_proofForAnotherSize_isRefused() {
    assertThatThrownBy(() -> Receipt.of(0, PROOF, TestLog.open(TestLog.SEVEN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SignedCheckpoint large() {
    Checkpoint checkpoint =
        new Checkpoint(TestLog.ORIGIN, 1L << 40, TreeVectors.filler("some root"));
    return SignedCheckpoint.sign(checkpoint, TestLog.SIGNING_KEY);
  }

  private static byte[] encoded(long first, long count, int hashes) {
    CborWriter out = new CborWriter().map(5).uint(1).uint(3).uint(2).uint(first);
    out.uint(3).uint(count).uint(4).array(hashes);
    for (int i = 0; i < hashes; i++) {
      out.bytes(new byte[32]);
    }
    return out.uint(5).bytes(FIFTEEN.note()).toBytes();
  }

  private static boolean verifiesAsGeneration(byte[] encoded, long generation) {
    try {
      Receipt receipt = Receipt.decode(encoded);
      receipt.verify(RUN, TestLog.key());
      return receipt.generation() == generation;
    } catch (CairnException refused) {
      return false;
    }
  }

  private static void assertDoesNotVerify(Receipt receipt, List<Digest> leaves, LogKey key) {
    assertThatThrownBy(() -> receipt.verify(leaves, key)).isInstanceOf(MalformedException.class);
  }
}
