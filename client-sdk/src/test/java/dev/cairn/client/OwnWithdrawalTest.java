package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator withdraws what he wrote himself, before and after it was sent. */
class OwnWithdrawalTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private ChangeId said;
  private RecordId record;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    desk = space.owner("desk");
    record = desk.record(TestSpace.note("a mistake"));
    said = desk.show(record).changeIds().get(0);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void withdraw() throws CairnException {
    Operation account =
        new Operation.Erase(said, desk.profile().device(), true, List.of(), List.of(), "asked");
    desk.write(
        WriteRequest.to(record, RecordKind.INCIDENT.code(), List.of(said), List.of(account))
            .erasing(said));
  }

  private boolean hasBody() throws CairnException {
    return desk.holdings()
        .store()
        .read(
            rows ->
                OwnChanges.at(rows, OwnChanges.sequence(rows, said).orElseThrow())
                    .orElseThrow()
                    .ciphertext()
                    .isPresent());
  }

  @Test
  void body_withdrawnBeforeItWasSent_staysUntilTheLogHasIt() throws Exception {
    withdraw();
    assertThat(hasBody()).isTrue();
    space.sync(desk);
    assertThat(hasBody()).isFalse();
  }

  @Test
  void body_withdrawnAfterItWasSent_goesAtOnce() throws Exception {
    space.sync(desk);
    withdraw();
    assertThat(hasBody()).isFalse();
  }

  @Test
  void body_notWithdrawn_staysThroughReceipts() throws Exception {
    space.sync(desk);
    assertThat(hasBody()).isTrue();
  }
}
