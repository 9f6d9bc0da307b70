package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.client.report.OwnChange;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the reports said that can still be opened here, each by a hash of its first change. An
 * import that was cut off is begun again from the start of its file, and makes nothing twice.
 */
final class UnsealedReports {

  private final Set<Digest> said = new HashSet<>();
  private final boolean matter;

  private UnsealedReports(boolean matter) {
    this.matter = matter;
  }

  /** Whatever is there does not matter. */
  static UnsealedReports none() {
    return new UnsealedReports(false);
  }

  /** Those of a device. */
  static UnsealedReports of(Device device) throws CairnException {
    UnsealedReports reports = new UnsealedReports(true);
    for (ReportStatus report : device.list()) {
      if (!report.sealed()) {
        List<OwnChange> changes = device.show(report.record()).changes();
        if (!changes.isEmpty()) {
          reports.add(changes.get(0).operations());
        }
      }
    }
    return reports;
  }

  /** Notes what a report says; false if one that says exactly this is there. */
  boolean add(List<Operation> operations) {
    CborWriter writer = new CborWriter();
    Operations.writeAll(operations, writer);
    return !matter || said.add(Sha256.of(writer.toBytes()));
  }
}
