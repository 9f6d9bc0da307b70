package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.record.Operation;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.audit.Peace;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.Disks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessTest {

  @TempDir private Path folder;
  private Stage stage;
  private Attempt attempt;
  private Roads roads;
  private Machine owner;
  private Machine phone;

  @BeforeEach
  void begin() throws CairnException {
    stage = new Stage(7, folder, new Auditor(), Cast.of(7, folder), Disks.SIMULATED);
    attempt = new Attempt(stage);
    roads = new Roads(stage, attempt, new Liar(stage, false));
    stage.server.start();
    owner = stage.desks.get(0);
    phone = stage.phones.get(0);
    phone.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    roads.sync(phone, roads.good());
  }

  @AfterEach
  void end() {
    stage.people().forEach(Machine::close);
    stage.server.close();
  }

  private Stream<String> toldEarly() {
    Peace peace = new Peace(stage.space(), stage.people(), stage.server, List.of(), false);
    return stage.auditor.judge(peace).stream()
        .map(Object::toString)
        .filter(finding -> finding.contains("confirmed.early"));
  }

  private void phoneIsToldOfTheConfirmation() throws CairnException {
    roads.sync(phone, roads.good());
    assertThat(phone.device().list())
        .extracting(each -> each.state())
        .containsOnly(ReportState.CONFIRMED);
  }

  @Test
  void confirmation_byADeskThatWasPutBackSince_isNoneTooEarly() throws CairnException {
    Troubles troubles = new Troubles(stage, attempt, roads);
    troubles.image(owner);
    roads.sync(owner, roads.good());
    troubles.restore(owner);
    phoneIsToldOfTheConfirmation();
    assertThat(toldEarly()).isEmpty();
  }

  @Test
  void confirmation_ofWhatNoDeskWasSeenToOpen_isFound() throws CairnException {
    Disk.Copy image = owner.disk().image();
    roads.sync(owner, roads.good());
    owner.close();
    owner.disk().restore(image);
    phoneIsToldOfTheConfirmation();
    assertThat(toldEarly()).isNotEmpty();
  }
}
