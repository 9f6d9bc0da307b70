package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.check.OpenLedger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoredNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients at once share one log that only ever grows. */
class ConcurrentPushTest extends ServerFixture {

  private static final int CLIENTS = 8;
  private static final int PUSHES = 6;

  private List<ReceiptChecker> pushAll() throws Exception {
    List<Future<List<ReceiptChecker>>> running = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (int i = 0; i < CLIENTS; i++) {
        TestDevice device = new TestDevice(space.randomness);
        push(space.owner, space.admit(device).toArray());
        List<List<Change>> pushes = new ArrayList<>();
        for (int n = 0; n < PUSHES; n++) {
          pushes.add(device.notes(space.roster(), "a " + n, "b " + n));
        }
        TestClient own = new TestClient(server, java.net.http.HttpClient.Version.HTTP_1_1);
        running.add(
            threads.submit(
                () -> {
                  List<ReceiptChecker> checked = new ArrayList<>();
                  for (List<Change> push : pushes) {
                    checked.add(
                        new ReceiptChecker(space, own.push(space, device.key, push), leaves(push)));
                  }
                  return checked;
                }));
      }
      List<ReceiptChecker> all = new ArrayList<>();
      for (Future<List<ReceiptChecker>> each : running) {
        all.addAll(each.get());
      }
      return all;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void push_byEightClients_everyLeafOnceAndAllCheckpointsConsistent() throws Exception {
    List<Long> positions = new ArrayList<>();
    List<SignedCheckpoint> checkpoints = new ArrayList<>();
    for (ReceiptChecker checked : pushAll()) {
      positions.addAll(checked.positions);
      checkpoints.addAll(checked.checkpoints);
    }
    int changes = CLIENTS * (1 + 2 * PUSHES);
    assertThat(new HashSet<>(positions)).hasSize(changes).hasSize(positions.size());
    server.close();
    checkpoints.sort(Comparator.comparingLong(each -> each.checkpoint().size()));
    try (OpenLedger open = OpenLedger.open(server.directory);
        LedgerView view = open.store().view()) {
      var head = view.head(space.id).orElseThrow();
      StoredNodes nodes = new StoredNodes(view, space.id, head);
      List<Digest> leaves = view.leaves(space.id, 0, 0, (int) head.size());
      for (int i = 1; i < checkpoints.size(); i++) {
        var first = checkpoints.get(i - 1).checkpoint();
        var second = checkpoints.get(i).checkpoint();
        ConsistencyProof proof = ConsistencyProof.create(first.size(), second.size(), nodes);
        assertThat(proof.verifies(first.root(), second.root())).isTrue();
        assertThat(CompactTree.empty().append(leaves.subList(0, (int) second.size())).tree().root())
            .isEqualTo(second.root());
      }
    }
  }
}
