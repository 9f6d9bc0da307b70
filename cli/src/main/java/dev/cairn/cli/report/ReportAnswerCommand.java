package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.report.Question;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn report answer}. */
@Command(
    name = "answer",
    description = "Answer what a coordinator asks about a report.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report answer 4f2a 91c0 --text \"I counted them myself\" --data phone")
public final class ReportAnswerCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  @Parameters(
      index = "1",
      paramLabel = "QUESTION",
      description = "The question's id, or how it begins.")
  private String question = "";

  @Option(
      names = "--text",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "The answer.")
  private String text = "";

  /** Prints to an output. */
  public ReportAnswerCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      Question asked =
          IdPrefix.find(question, device.show(id).questions(), q -> q.id().toString(), "question");
      ChangeId change = device.answer(id, asked.id(), text);
      return done(Written.document(id, change), "answered");
    }
  }
}
