package dev.cairn.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Termination;
import dev.cairn.cli.console.UsageException;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn serve}. */
@Command(
    name = "serve",
    description = {
      "Run the relay: it stores and proves what it cannot read. Prints one line when it is ready.",
      "The first start writes DIR/server-invitation, with which a space is founded."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn serve --data server --listen 127.0.0.1:8443")
public final class ServeCommand extends Action {

  private static final String LISTEN = "127.0.0.1:8443";

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Its own folder.")
  private Path data = Path.of("");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; " + LISTEN + " unless said, port 0 for any free one.")
  private @Nullable String listen;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "What invitations carry; needed when listening on every address.")
  private @Nullable String address;

  @Option(
      names = "--tls",
      paramLabel = "on|off",
      description = "off only behind an onion service or a proxy on this machine; on unless said.")
  private @Nullable String tls;

  @Option(
      names = "--admin-listen",
      paramLabel = "HOST:PORT",
      description = "Where to serve health and metrics; nowhere unless said.")
  private @Nullable String adminListen;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "These options as one JSON object: {\"listen\": \"0.0.0.0:443\", ...}.")
  private @Nullable Path config;

  /** Prints to an output. */
  public ServeCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ServerConfig settings = settings();
    if (StoreFolder.holdsStore(data)) {
      throw new StoreException(Reason.EXISTS, "this is the store of a device or desk");
    }
    if (ServerDirectory.isForeign(data)) {
      throw new StoreException(
          Reason.EXISTS, "this folder holds others that are no server's: name one of its own");
    }
    RunningServer server = Server.start(settings);
    Termination termination = Termination.expected();
    int exit = ExitCode.FAILED;
    try (server) {
      output().json(ready(server));
      termination.await();
      exit = ExitCode.DONE;
    } finally {
      termination.finish(exit);
    }
    return exit;
  }

  private static ObjectNode ready(RunningServer server) {
    ObjectNode ready = Output.object().put("ready", true).put("url", server.url().toString());
    server.adminUrl().ifPresent(admin -> ready.put("admin", admin.toString()));
    return ready.put("pid", ProcessHandle.current().pid());
  }

  private ServerConfig settings() throws IOException {
    ConfigFile file = config == null ? ConfigFile.none() : ConfigFile.read(config);
    ServerConfig.Builder builder =
        ServerConfig.of(data)
            .listen(hostPort(said(listen, file, "listen").orElse(LISTEN), "--listen"))
            .tls(isOn(said(tls, file, "tls").orElse("on")));
    said(address, file, "address").ifPresent(builder::address);
    said(adminListen, file, "admin-listen")
        .ifPresent(where -> builder.adminListen(hostPort(where, "--admin-listen")));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException("usage", String.valueOf(e.getMessage()), "--address");
    }
  }

  private static Optional<String> said(@Nullable String option, ConfigFile file, String key) {
    return option == null ? file.value(key) : Optional.of(option);
  }

  private static boolean isOn(String word) {
    return switch (word) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new UsageException("usage", "on or off, not " + word, "--tls");
    };
  }

  private static HostPort hostPort(String text, String option) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("usage", String.valueOf(e.getMessage()), option);
    }
  }
}
