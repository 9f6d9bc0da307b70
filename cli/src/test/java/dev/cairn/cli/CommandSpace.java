package dev.cairn.cli;

import dev.cairn.client.Device;
import dev.cairn.client.RememberedKeys;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A space on a real server whose people work by commands, as they would type them; each person's
 * store is a folder of that name.
 */
final class CommandSpace implements AutoCloseable {

  /** Of every store. */
  static final String PASSPHRASE = "three stones";

  private static final long FAR_SECONDS = 4_000_000_000L;

  private final Path folder;
  private @Nullable RunningServer server;

  private CommandSpace(Path folder) {
    this.folder = folder;
  }

  /** What lies in a folder, or will. */
  static CommandSpace in(Path folder) throws IOException {
    CommandSpace space = new CommandSpace(folder);
    Files.writeString(space.path("passphrase"), PASSPHRASE + "\n");
    return space;
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any
   * @return the port it got
   */
  int serve(int port) throws Exception {
    ServerConfig.Builder config = ServerConfig.of(path("server"));
    server = Server.start(config.listen(new HostPort("127.0.0.1", port)).build());
    return server.url().getPort();
  }

  /** Founds the space of a server that runs. */
  void found(String owner) {
    found(owner, "Road", owner, "--no-recovery");
  }

  /** Founds it with a recovery secret, which lies in {@code sheet} then. */
  void foundRecoverable(String owner, String name, String pseudonym) {
    found(owner, name, pseudonym, "--recovery-out", at("sheet"));
  }

  /** Founds it, whatever it and its owner are called. */
  void found(String owner, String name, String pseudonym, String... recovery) {
    List<String> words = new ArrayList<>(List.of("space", "create"));
    words.addAll(List.of("--server-invitation", at("server/server-invitation")));
    words.addAll(List.of("--data", at(owner), "--name", name, "--as", pseudonym));
    words.addAll(List.of(recovery));
    run(words.toArray(new String[0]));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String at(String name) {
    return path(name).toString();
  }

  /** Lets people in under one invitation; they join without a network. */
  void join(String inviter, String role, String... names) {
    String file = at("invitation-" + role);
    String uses = String.valueOf(names.length);
    String code =
        run("invite", "--data", at(inviter), "--role", role, "--uses", uses, "--out", file)
            .json()
            .path("code")
            .asText();
    together(
        List.of(names),
        name -> run("join", file, "--code", code, "--data", at(name), "--as", name));
  }

  /**
   * The same where a test does not ask about invitations: handed over within this process, without
   * a file and the code whose stretching is most of what it costs.
   */
  void letIn(String inviter, Role role, String... names) throws CairnException {
    for (String name : names) {
      try (Device device = open(inviter)) {
        InvitationFile invitation = device.offer(role, List.of(), 1, FAR_SECONDS);
        RememberedKeys.stores()
            .join(
                path(name), passphrase(), KeyProtector.NONE, invitation, name, SealMode.ON_RECEIPT)
            .close();
      }
    }
  }

  /** Syncs one after another. */
  void sync(String... names) {
    for (String name : names) {
      by(name, "sync");
    }
  }

  /** A store in this process's own hands. */
  Device open(String name) throws CairnException {
    return RememberedKeys.stores().open(path(name), passphrase(), KeyProtector.NONE);
  }

  private static Secret passphrase() {
    return Secret.take(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
  }

  CommandRun attempt(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--passphrase-file", at("passphrase"), "--json"));
    return CommandRun.of(all.toArray(new String[0]));
  }

  /** Runs a command that has to succeed. */
  CommandRun run(String... arguments) {
    CommandRun run = attempt(arguments);
    if (run.exit() != 0) {
      throw new AssertionError(
          String.join(" ", arguments) + ": " + run.exit() + run.stdout() + run.stderr());
    }
    return run;
  }

  /** Runs a command on somebody's store, which has to succeed. */
  CommandRun by(String name, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", at(name)));
    return run(all.toArray(new String[0]));
  }

  /** Something done for one of several. */
  @FunctionalInterface
  interface Work<T> {
    void on(T each) throws Exception;
  }

  /** Does something for each of several at once: most of what a command costs is its passphrase. */
  static <T> void together(List<T> all, Work<T> work) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (T each : all) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  work.on(each);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              }));
    }
    running.forEach(CompletableFuture::join);
  }

  /** Stops the server. */
  @Override
  public void close() {
    RunningServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }
}
