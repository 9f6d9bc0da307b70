package dev.cairn.cli.report;

import dev.cairn.client.casualty.SetExpression;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;

/** The values of {@code --set}, as operations. */
final class Settings {

  private Settings() {}

  static List<Operation> operations(List<String> settings) throws CairnException {
    List<Operation> operations = new ArrayList<>();
    for (String setting : settings) {
      operations.addAll(SetExpression.parse(setting));
    }
    return operations;
  }
}
