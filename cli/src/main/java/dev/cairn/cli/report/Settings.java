package dev.cairn.cli.report;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.client.Device;
import dev.cairn.client.casualty.CasualtyException;
import dev.cairn.client.casualty.CasualtyValues;
import dev.cairn.client.casualty.SetExpression;
import dev.cairn.client.report.OwnChange;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The values of {@code --set}, as operations. */
final class Settings {

  private Settings() {}

  /** For a record that they open. */
  static List<Operation> forNew(Output output, List<String> settings) {
    try {
      return told(output, SetExpression.forNew(settings));
    } catch (CasualtyException e) {
      throw refused(e);
    }
  }

  /** For a record that is there; what this device said before completes half a range. */
  static List<Operation> forEdit(
      Output output, Device device, RecordId record, List<String> settings) throws CairnException {
    Function<Field, Optional<CborValue>> said = said(device, record);
    try {
      return told(output, SetExpression.forEdit(settings, said));
    } catch (CasualtyException e) {
      throw refused(e);
    }
  }

  /** Names fields of nobody's schema: they are kept and signed, and might be slips of the pen. */
  private static List<Operation> told(Output output, List<Operation> operations) {
    for (Operation operation : operations) {
      operation
          .about()
          .flatMap(Field::path)
          .ifPresent(
              path ->
                  output.say(
                      "cairn: "
                          + path
                          + " is no field of the incident schema; it is kept as a text."
                          + " --set "
                          + path
                          + "=null takes it back"));
    }
    return operations;
  }

  private static Function<Field, Optional<CborValue>> said(Device device, RecordId record)
      throws CairnException {
    List<Operation> operations = new ArrayList<>();
    for (ReportStatus report : device.list()) {
      if (report.record().equals(record) && !report.sealed()) {
        for (OwnChange change : device.show(record).changes()) {
          operations.addAll(change.operations());
        }
      }
    }
    return CasualtyValues.of(operations)::register;
  }

  private static UsageException refused(CasualtyException refusal) {
    String where = refusal.field().isEmpty() ? "--set" : "--set " + refusal.field();
    return new UsageException(refusal.code(), String.valueOf(refusal.getMessage()), where);
  }
}
