package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.MergedRecords;
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

  /**
   * What this device reported, oldest first; then everybody else's that it reads, by id. How far
   * those have come only a desk can tell.
   */
  static List<ListedReport> of(Device device) throws CairnException {
    boolean isDesk = device.profile().role().coordinates();
    List<ListedReport> list = new ArrayList<>();
    if (!isDesk && !device.opensOthers()) {
      for (ReportStatus report : device.list()) {
        list.add(own(report, 0));
      }
      return list;
    }
    MergedRecords readable = Desk.readable(device);
    Set<RecordId> listed = new HashSet<>();
    for (ReportStatus report : device.list()) {
      Optional<RecordState> state = readable.state(report.record());
      list.add(own(report, state.map(RecordState::conflicts).map(List::size).orElse(0)));
      listed.add(report.record());
    }
    for (RecordState state : Desk.reports(readable)) {
      if (!listed.contains(state.record())) {
        list.add(others(state, isDesk ? Desk.reportState(state) : ReportState.RECEIVED));
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

  private static ListedReport others(RecordState state, ReportState come) {
    return new ListedReport(
        state.record(),
        come,
        false,
        state.conflicts().size(),
        state.erased().size(),
        Optional.empty());
  }
}
