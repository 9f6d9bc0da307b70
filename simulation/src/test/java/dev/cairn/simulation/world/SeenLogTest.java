package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.record.Operation;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.server.ServerMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two logs under one key, and what somebody has seen of one of them. */
final class SeenLogTest {

  @TempDir private Path folder;
  private Stage stage;
  private Roads roads;
  private ServerMachine side;
  private Machine phone;
  private Machine other;

  @BeforeEach
  void begin() throws Exception {
    stage = new Stage(7, folder, new Auditor(), Cast.of(7, folder), Disks.SIMULATED);
    roads = new Roads(stage, new Attempt(stage), new Liar(stage, false));
    stage.server.start();
    phone = stage.phones.get(0);
    other = stage.phones.get(1);
    side = stage.server.fork(folder.resolve("side"));
  }

  @AfterEach
  void end() {
    stage.people().forEach(Machine::close);
    side.close();
    stage.server.close();
  }

  private CheckpointRef syncedWithTheServer(Machine machine) throws CairnException {
    machine.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    machine.device().sync(roads.good(), SyncListener.NONE);
    return machine.device().state().checkpoint().orElseThrow();
  }

  private SeenLog on(ServerMachine server, CheckpointRef seen) throws StoreException {
    return SeenLog.of(seen, server, stage.space());
  }

  @Test
  void log_thatWasSeen_isContinued() throws Exception {
    CheckpointRef seen = syncedWithTheServer(phone);
    syncedWithTheServer(other);
    assertThat(on(stage.server, seen)).isEqualTo(SeenLog.CONTINUED);
  }

  @Test
  void log_thatHasLess_isShorter() throws Exception {
    assertThat(on(side, syncedWithTheServer(phone))).isEqualTo(SeenLog.SHORTER);
  }

  @Test
  void log_ofALaterGeneration_isRenewed() throws Exception {
    CheckpointRef seen = syncedWithTheServer(phone);
    CheckpointRef before = new CheckpointRef(seen.generation() + 1, seen.size(), seen.root());
    assertThat(on(stage.server, before)).isEqualTo(SeenLog.SHORTER);
    CheckpointRef later = new CheckpointRef(seen.generation() - 1, seen.size(), seen.root());
    assertThat(on(stage.server, later)).isEqualTo(SeenLog.RENEWED);
  }

  @Test
  void log_withOtherLeaves_isContradicted() throws Exception {
    CheckpointRef seen = syncedWithTheServer(phone);
    CheckpointRef one = new CheckpointRef(seen.generation(), seen.size() - 1, seen.root());
    assertThat(on(stage.server, one)).isEqualTo(SeenLog.CONTRADICTED);
  }
}
