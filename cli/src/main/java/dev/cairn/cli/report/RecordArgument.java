package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import picocli.CommandLine.Parameters;

/** {@code RECORD}: which record a command is about. */
final class RecordArgument {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or how it begins.")
  private String prefix = "";

  RecordId in(Device device) throws CairnException {
    return device.find(prefix);
  }
}
