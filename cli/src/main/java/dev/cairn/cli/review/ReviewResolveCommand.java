package dev.cairn.cli.review;

import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.UsageException;
import dev.cairn.client.casualty.CasualtyException;
import dev.cairn.client.casualty.SetExpression;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review resolve}. */
@Command(
    name = "resolve",
    description = "Settle a field by a signed decision; what was not chosen stays visible.",
    footerHeading = "%nExample:%n",
    footer =
        "  cairn review resolve 4f2a killed.civilian --choose 91c0 --reason \"he was there\""
            + " --data desk")
public final class ReviewResolveCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Parameters(index = "1", paramLabel = "FIELD", description = "The field, as conflicts names it.")
  private String field = "";

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  /** One of three ways to settle. */
  static final class Choice {

    @Option(
        names = "--choose",
        paramLabel = "CHANGE",
        description = "The value that this change states.")
    private @Nullable String change;

    @Option(names = "--value", paramLabel = "V", description = "Another value, as for --set.")
    private @Nullable String value;

    @Option(names = "--keep-all", description = "All of them stand; none is the one.")
    @SuppressWarnings("UnusedVariable") // what is left when the other two are not given
    private boolean keepAll;
  }

  @Option(
      names = "--reason",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "Why.")
  private String reason = "";

  /** Prints to an output. */
  public ReviewResolveCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    RecordId id = record(desk, record);
    Field contested = field(field);
    ChangeId decision =
        desk.reviewing().resolve(id, contested, outcome(desk, id, contested), reason);
    return wrote(id, decision, "settled by " + decision);
  }

  private Operation.Outcome outcome(Desk desk, RecordId id, Field contested) throws CairnException {
    String chosen = choice.change;
    if (chosen != null) {
      return new Operation.Outcome.Choose(
          IdPrefix.find(
                  chosen,
                  desk.records().changes(id),
                  change -> change.change().id().toString(),
                  "change")
              .change()
              .id());
    }
    String value = choice.value;
    return value == null
        ? new Operation.Outcome.KeepAll()
        : new Operation.Outcome.Value(value(contested, value));
  }

  /** The value as {@code --set} would state it. */
  private static CborValue value(Field contested, String text) {
    try {
      List<Operation> stated = SetExpression.forNew(List.of(contested.name() + "=" + text));
      if (stated.size() == 1
          && stated.get(0) instanceof Operation.Assert assertion
          && assertion.field().equals(contested)) {
        return assertion.value();
      }
    } catch (CasualtyException e) {
      throw new UsageException(e.code(), String.valueOf(e.getMessage()), "--value");
    }
    throw new UsageException("usage", "no value that this field can have", "--value");
  }
}
