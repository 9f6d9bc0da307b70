package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RecordState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the list of reports.
 *
 * @param record which report
 * @param state how far it has come
 * @param sealed whether this store can no longer open what it said of it
 * @param conflicts fields in conflict, as far as this store can open the record
 * @param withdrawn how many of its changes were withdrawn
 * @param label the reporter's own words for it
 */
record ListedReport(
    RecordId record,
    ReportState state,
    boolean sealed,
    int conflicts,
    int withdrawn,
    Optional<String> label) {

  /** What this device reported, oldest first; on a desk then everybody else's, by id. */
  static List<ListedReport> of(Device device) throws CairnException {
    List<ListedReport> list = new ArrayList<>();
    if (!device.profile().role().coordinates()) {
      for (ReportStatus report : device.list()) {
        list.add(own(report, 0));
      }
      return list;
    }
    Desk desk = Desk.over(device);
    Set<RecordId> listed = new HashSet<>();
    for (ReportStatus report : device.list()) {
      Optional<RecordState> state = desk.records().state(report.record());
      list.add(own(report, state.map(RecordState::conflicts).map(List::size).orElse(0)));
      listed.add(report.record());
    }
    for (RecordState state : desk.reports()) {
      if (!listed.contains(state.record())) {
        list.add(others(state));
      }
    }
    return list;
  }

  private static ListedReport own(ReportStatus report, int conflicts) {
    return new ListedReport(
        report.record(),
        report.state(),
        report.sealed(),
        conflicts,
        report.withdrawn(),
        report.label());
  }

  private static ListedReport others(RecordState state) {
    return new ListedReport(
        state.record(),
        Desk.reportState(state),
        false,
        state.conflicts().size(),
        state.erased().size(),
        Optional.empty());
  }
}
