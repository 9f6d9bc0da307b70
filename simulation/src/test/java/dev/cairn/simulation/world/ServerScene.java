package dev.cairn.simulation.world;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** How scenes with a server that is lost begin: it runs, and everybody is in. */
abstract class ServerScene {

  @TempDir Path folder;
  Stage stage;
  Roads roads;
  Machine owner;
  Machine phone;

  @BeforeEach
  final void begin() throws CairnException {
    stage = new Stage(7, folder, new Auditor(), Cast.of(7, folder), Disks.SIMULATED);
    roads = new Roads(stage, new Attempt(stage), new Liar(stage, false));
    stage.server.start();
    owner = stage.desks.get(0);
    phone = stage.phones.get(0);
  }

  @AfterEach
  final void end() {
    stage.people().forEach(Machine::close);
    stage.server.close();
  }

  /** The phone reports, and gives it to the server. */
  final RecordId report() throws CairnException {
    RecordId record =
        phone.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    phone.device().sync(roads.good(), SyncListener.NONE);
    return record;
  }

  /** How a report of the phone stands. */
  final ReportState state(RecordId record) throws CairnException {
    return phone.device().list().stream()
        .filter(each -> each.record().equals(record))
        .map(ReportStatus::state)
        .findFirst()
        .orElseThrow();
  }
}
