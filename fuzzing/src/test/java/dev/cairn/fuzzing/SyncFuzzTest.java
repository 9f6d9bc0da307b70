package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.Device;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.desk.Desk;
import dev.cairn.desk.export.CsvExport;
import dev.cairn.desk.export.ExportedRecord;
import dev.cairn.desk.export.GeoJsonExport;
import dev.cairn.desk.export.JsonLinesExport;
import dev.cairn.desk.review.Conflict;
import dev.cairn.desk.review.ConflictJson;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.ReviewState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.simulation.device.Machine;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whole syncs with a server that has the log's key and says what an input tells it to, with members
 * on its side. Afterwards the store is whole, nothing is shown as received that no signed tree
 * holds, and an honest server is understood again, unless this one had signed a lie.
 */
class SyncFuzzTest {

  private static final int HONEST_SYNCS = 4;
  private static final Set<ReportState> NOT_RECEIVED =
      Set.of(
          ReportState.SAVED, ReportState.SENT_BACK, ReportState.REFUSED, ReportState.QUARANTINED);

  @FuzzTest
  void device_withAServerThatShapesItsAnswers_believesNothingUnproven(byte[] input)
      throws CairnException {
    Founded space = Founded.space();
    Machine machine = space.wake(space.phone);
    try {
      Device device = machine.device();
      ShapedServer server = new ShapedServer(space, machine.id(), new Script(input));
      Trial.within(input.length + (64 << 10), () -> device.sync(server, SyncListener.NONE));
      isWhole(device, server, space, true);
      boolean told = !server.becomeHonest(space);
      honestly(told, () -> device.sync(server, SyncListener.NONE));
      isWhole(device, server, space, told);
      if (!told) {
        for (ReportStatus report : device.list()) {
          Trial.holds(report.state() != ReportState.SAVED, "an honest server got no report");
        }
      }
    } finally {
      machine.close();
    }
  }

  @FuzzTest
  void desk_withAServerAndAMemberThatSayAnything_mergesAndExports(byte[] input)
      throws CairnException, IOException {
    desk(Founded.space(), input);
  }

  /** The same of one who reads the log from its first leaf, and is told again what came before. */
  @FuzzTest
  void newDesk_withAServerAndAMemberThatSayAnything_mergesAndExports(byte[] input)
      throws CairnException, IOException {
    desk(Founded.withANewDesk(), input);
  }

  private static void desk(Founded space, byte[] input) throws CairnException, IOException {
    Machine machine = space.wake(space.desk);
    try {
      Desk desk = machine.desk();
      ShapedServer server = new ShapedServer(space, machine.id(), new Script(input));
      Trial.within(input.length + (64 << 10), () -> desk.sync(server, SyncListener.NONE));
      isWhole(desk.device(), server, space, true);
      goesOut(desk);
      boolean told = !server.becomeHonest(space);
      honestly(told, () -> desk.sync(server, SyncListener.NONE));
      isWhole(desk.device(), server, space, told);
      goesOut(desk);
    } finally {
      machine.close();
    }
  }

  private static void honestly(boolean told, Trial.Step sync) {
    for (int i = 0; i < HONEST_SYNCS; i++) {
      try {
        sync.run();
      } catch (LyingServerException lie) {
        Trial.holds(told, "an honest server is called a liar: " + lie.getMessage());
        return;
      } catch (CairnException refused) {
        // An honest server that has less than this one signed says so itself.
        boolean isBehind = told && refused.code().equals("log.behind");
        if (i == HONEST_SYNCS - 1 && !isBehind) {
          throw new AssertionError("an honest server is not understood", refused);
        }
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Nothing is wrong with the store but what it keeps of a liar; nothing is shown too early. */
  private static void isWhole(Device device, ShapedServer server, Founded space, boolean byALiar)
      throws CairnException {
    if (byALiar) {
      Founded.isWholeButForALiar(device);
    } else {
      Founded.isWhole(device);
    }
    Map<ChangeId, Digest> leaves = new HashMap<>();
    device.openedChanges(held -> leaves.put(held.change().id(), held.change().leafHash()));
    for (ReportStatus report : device.list()) {
      boolean isEarlier = report.record().equals(space.confirmed);
      if (isEarlier || NOT_RECEIVED.contains(report.state())) {
        continue;
      }
      Trial.holds(report.state() == ReportState.RECEIVED, "nobody else has seen it");
      for (ChangeId change : device.show(report.record()).changeIds()) {
        Digest leaf = leaves.get(change);
        Trial.holds(leaf != null && server.log().everSigned(leaf), "received, and not proven");
      }
    }
  }

  /** Whatever is held can be reviewed, exported and looked at. */
  private static void goesOut(Desk desk) throws CairnException, IOException {
    desk.records().digest(desk.deskCircle());
    for (var state : desk.reports()) {
      Desk.reportState(state);
      Trial.holds(ReviewState.OPEN.word() != null, Desk.reviewWord(state));
    }
    for (Conflict conflict : desk.reviewing().conflicts()) {
      ConflictJson.of(conflict);
    }
    List<ExportedRecord> incidents = desk.incidents();
    StringWriter out = new StringWriter();
    CsvExport csv = new CsvExport(out);
    csv.header();
    JsonLinesExport lines = new JsonLinesExport(out);
    try (GeoJsonExport places = new GeoJsonExport(out)) {
      for (ExportedRecord record : incidents) {
        csv.record(record);
        lines.record(record);
        places.record(record);
      }
    }
  }
}
