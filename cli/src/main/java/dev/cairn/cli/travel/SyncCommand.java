package dev.cairn.cli.travel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Termination;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.ServerProof;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.cli.store.UnreadKeys;
import dev.cairn.client.Device;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn sync}. */
@Command(
    name = "sync",
    description = {
      "Send what is here and fetch what is new. Progress goes to stderr.",
      "A cut at any point loses nothing that was acknowledged; run it again."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn sync --data phone --json")
public final class SyncCommand extends Action {

  private static final long PAUSE_MILLIS = 5_000;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--watch",
      description = "Go on until Ctrl-C, every few seconds; then print what it came to.")
  private boolean watch;

  @Option(
      names = "--attachment-max-bytes",
      paramLabel = "N",
      description = {
        "At a desk: fetch attached files of at most so many bytes (encrypted); 0 fetches none.",
        "Larger ones are named, and their reports are not confirmed. Default: all."
      })
  private long attachmentMaxBytes = Long.MAX_VALUE;

  /** Prints to an output. */
  public SyncCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (attachmentMaxBytes < 0) {
      throw new UsageException("usage", "a number of bytes, 0 or more", "--attachment-max-bytes");
    }
    try (Device device = store.open();
        Transport transport = Road.to(device.profile().server())) {
      if (device.serverLied()) {
        output().say(ServerProof.WARNING);
      }
      Syncing syncing = new Syncing(device, transport, new Progress(output(), attachmentMaxBytes));
      return watch ? watch(device, syncing) : print(syncing.once(), UnreadKeys.of(device));
    }
  }

  private int watch(Device device, Syncing syncing) throws CairnException {
    SyncResult total = SyncResult.NOTHING;
    Termination termination = Termination.expected();
    int exit = ExitCode.FAILED;
    try {
      do {
        total = round(syncing, total);
      } while (!termination.await(PAUSE_MILLIS));
      exit = print(total, UnreadKeys.of(device));
      return exit;
    } finally {
      termination.finish(exit);
    }
  }

  private SyncResult round(Syncing syncing, SyncResult before) throws CairnException {
    try {
      return Syncing.sum(before, syncing.once());
    } catch (CairnException e) {
      if (ExitCode.of(e) != ExitCode.LATER) {
        throw e;
      }
      output().say(e.getMessage() + "; trying again");
      return before;
    }
  }

  private int print(SyncResult result, UnreadKeys unread) {
    ObjectNode document =
        Output.object()
            .put("pushed", result.pushed())
            .put("pulled", result.pulled())
            .put("receipts", result.receipts())
            .put("bytes_up", result.bytesUp())
            .put("bytes_down", result.bytesDown())
            .put("requests", result.requests())
            .put("remaining", result.remaining());
    unread.fill(document);
    unread.say(output());
    if (!result.refused().isEmpty()) {
      ArrayNode refused = document.putArray("refused");
      new TreeSet<>(result.refused()).forEach(refused::add);
      output().say("the server refused something: " + String.join(", ", result.refused()));
    }
    if (!result.attachments().isEmpty()) {
      document.set("attachments", Troubles.json(result.attachments()));
      Troubles.lines(result.attachments()).forEach(output()::say);
    }
    done(
        document,
        "sent "
            + result.pushed()
            + ", fetched "
            + result.pulled()
            + ", receipts "
            + result.receipts()
            + ", waiting "
            + result.remaining());
    return exit(result);
  }

  /** What is refused for good weighs most, of an entry or a file. */
  static int exit(SyncResult result) {
    int files = Troubles.exit(result.attachments());
    return result.refused().isEmpty() || files == ExitCode.PROBLEMS
        ? files
        : ExitCode.ofRefused(result.refused());
  }
}
