package dev.cairn.cli.review;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.desk.Desk;
import dev.cairn.desk.export.CsvExport;
import dev.cairn.desk.export.ExportedRecord;
import dev.cairn.desk.export.GeoJsonExport;
import dev.cairn.desk.export.JsonLinesExport;
import dev.cairn.protocol.CairnException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn export}. */
@Command(
    name = "export",
    description = {
      "Write the merged incidents to a file for other programs. The file is not encrypted.",
      "jsonl is the shape of import, with a key \"cairn\" about record, review and signers."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn export --data desk --format jsonl --out incidents.jsonl")
public final class ExportCommand extends DeskAction {

  /** The formats. */
  enum Format {
    jsonl,
    csv,
    geojson
  }

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private Format format = Format.jsonl;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file.")
  private Path out = Path.of("");

  /** Prints to an output. */
  public ExportCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException, IOException {
    List<ExportedRecord> incidents = desk.incidents();
    try (OutputFile file = OutputFile.replace(out)) {
      try (Writer writer =
          new BufferedWriter(new OutputStreamWriter(file.out(), StandardCharsets.UTF_8))) {
        write(incidents, writer);
      }
      file.keep();
    }
    return done(
        Output.object()
            .put("records", incidents.size())
            .put("format", format.name())
            .put("out", out.toString()),
        incidents.size() + " incidents in " + out);
  }

  private void write(List<ExportedRecord> incidents, Writer writer) throws IOException {
    switch (format) {
      case jsonl -> {
        JsonLinesExport export = new JsonLinesExport(writer);
        for (ExportedRecord incident : incidents) {
          export.record(incident);
        }
      }
      case csv -> {
        CsvExport export = new CsvExport(writer);
        export.header();
        for (ExportedRecord incident : incidents) {
          export.record(incident);
        }
      }
      case geojson -> {
        try (GeoJsonExport export = new GeoJsonExport(writer)) {
          for (ExportedRecord incident : incidents) {
            export.record(incident);
          }
        }
      }
    }
  }
}
