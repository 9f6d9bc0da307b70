package dev.cairn.cli.review;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A command that works on a coordinator's desk. */
abstract class DeskAction extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  DeskAction(Output output) {
    super(output);
  }

  @Override
  public final Integer call() throws CairnException, IOException {
    try (Device device = store.open()) {
      return at(Desk.over(device));
    }
  }

  /** Does the command's work; the exit code. */
  abstract int at(Desk desk) throws CairnException, IOException;

  /** Prints which change was written. */
  final int wrote(RecordId record, ChangeId change, String line) {
    return done(
        Output.object().put("record", record.toString()).put("change", change.toString()), line);
  }

  static RecordId record(Desk desk, String prefix) throws CairnException {
    return desk.device().find(prefix);
  }

  static Field field(String name) {
    try {
      return FieldName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("usage", String.valueOf(e.getMessage()), "FIELD");
    }
  }
}
