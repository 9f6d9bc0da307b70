package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn state}. */
@Command(
    name = "state",
    description = "Count what a device, desk or server holds, and name it by its digests.",
    footerHeading = "%nExample:%n",
    footer = "  cairn state --data desk --json")
public final class StateCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--dump",
      paramLabel = "FILE",
      description = "Also write the bytes that the digest of one circle is taken over.")
  private @Nullable Path dump;

  @Option(
      names = "--circle",
      paramLabel = "NAME",
      description = "Whose bytes, as the digests name it; desk unless said, else own.")
  private @Nullable String circle;

  /** Prints to an output. */
  public StateCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    Path file = dump;
    if (file == null) {
      if (circle != null) {
        throw new UsageException("usage", "--circle says whose bytes --dump writes", "--circle");
      }
      return print(Holdings.of(store, Dump.NONE));
    }
    try (OutputFile out = OutputFile.replace(file)) {
      ObjectNode state = Holdings.of(store, Dump.of(Optional.ofNullable(circle), out.out()));
      out.keep();
      return print(state);
    }
  }

  private int print(ObjectNode state) {
    if (state.has(Holdings.SERVER_LIED)) {
      output().say(ServerProof.WARNING);
    }
    state.path(UnreadKeys.KEY).forEach(name -> output().say(UnreadKeys.words(name.asText())));
    return done(
        state,
        state.path("kind").asText()
            + ": "
            + state.path("records").asLong()
            + " records, "
            + state.path("changes").asLong()
            + " changes, "
            + state.path("conflicts").asLong()
            + " conflicts, "
            + state.path("pending").asLong()
            + " waiting to be sent, "
            + state.path("forks").asLong()
            + " forks",
        "digests " + state.path("digests"),
        "all changes " + state.path("set_digest").asText(),
        "log " + state.path("log"));
  }
}
