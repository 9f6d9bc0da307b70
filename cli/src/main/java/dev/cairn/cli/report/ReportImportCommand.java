package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.casualty.CasualtyReader;
import dev.cairn.client.casualty.CasualtyReader.Line;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn report import}. */
@Command(
    name = "import",
    description = {
      "Record every line of a casualty JSON Lines file as a report.",
      "Lines that cannot be accepted are refused one by one, with line, field and reason (exit 3)."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn report import incidents.jsonl --data phone --json")
public final class ReportImportCommand extends Action {

  /** Reports that become durable together: large enough to be quick, small enough for a phone. */
  private static final int BATCH = 500;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Parameters(index = "0", paramLabel = "FILE.jsonl", description = "One incident a line, UTF-8.")
  private Path file = Path.of("");

  @Option(
      names = "--again",
      description = "Also record lines whose report is still unsealed on this device.")
  private boolean again;

  /** Prints to an output. */
  public ReportImportCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (InputStream in = Files.newInputStream(file);
        Device device = store.open()) {
      Run run = new Run(device, again ? UnsealedReports.none() : UnsealedReports.of(device));
      try {
        run.read(new CasualtyReader(in));
      } catch (StoreException stopped) {
        if (run.records.isEmpty()) {
          throw stopped;
        }
        return print(run, stopped);
      }
      return print(run);
    }
  }

  /** What was recorded before the store stopped the rest; it stays. */
  private int print(Run run, StoreException stopped) {
    output()
        .say(
            run.records.size()
                + " reports up to line "
                + run.recordedThrough
                + " are recorded and stay; nothing of the later lines is");
    ObjectNode document = Output.object();
    document
        .putObject("error")
        .put("code", stopped.code())
        .put("message", stopped.getMessage())
        .put("where", file + ", after line " + run.recordedThrough);
    if (!json()) {
      output().say("cairn: " + stopped.getMessage() + " [" + stopped.code() + "]");
    }
    print(run, document.put("recorded_through", run.recordedThrough));
    return ExitCode.FAILED;
  }

  private int print(Run run) {
    return print(run, Output.object());
  }

  private int print(Run run, ObjectNode document) {
    for (Line.Refused line : run.refused) {
      output().say("line " + line.number() + " refused: " + line.field() + " " + line.reason());
    }
    document.put("accepted", run.records.size()).put("skipped", run.skipped);
    ArrayNode records = document.putArray("records");
    run.records.forEach(record -> records.add(record.toString()));
    ArrayNode refused = document.putArray("refused");
    for (Line.Refused line : run.refused) {
      refused
          .addObject()
          .put("line", line.number())
          .put("field", line.field())
          .put("code", line.code())
          .put("reason", line.reason());
    }
    done(
        document,
        run.records.size()
            + " accepted, "
            + run.skipped
            + " skipped, "
            + run.refused.size()
            + " refused");
    return run.refused.isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }

  /** One pass over a file. */
  private static final class Run {
    private final Device device;
    private final UnsealedReports before;
    private final List<NewRecord> batch = new ArrayList<>();
    private final List<RecordId> records = new ArrayList<>();
    private final List<Line.Refused> refused = new ArrayList<>();
    private int skipped;
    private int readThrough;
    private int recordedThrough;

    Run(Device device, UnsealedReports before) {
      this.device = device;
      this.before = before;
    }

    void read(CasualtyReader reader) throws IOException, CairnException {
      for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
        readThrough = line.get().number();
        if (line.get() instanceof Line.Accepted accepted) {
          accept(accepted);
        } else if (line.get() instanceof Line.Refused no) {
          refused.add(no);
        }
      }
      flush();
    }

    private void accept(Line.Accepted line) throws CairnException {
      if (!before.add(line.operations())) {
        skipped++;
        return;
      }
      batch.add(NewRecord.of(line.operations()));
      if (batch.size() == BATCH) {
        flush();
      }
    }

    private void flush() throws CairnException {
      if (!batch.isEmpty()) {
        records.addAll(device.recordAll(batch));
        batch.clear();
        recordedThrough = readThrough;
      }
    }
  }
}
