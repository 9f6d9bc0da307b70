package dev.cairn.cli;

import dev.cairn.cli.console.ExitCode;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Walks once through what nearly every command loads: a server, a desk, a report and its way. The
 * start script runs it after a build and keeps the classes it saw in a shared archive, so that a
 * command starts in half the time.
 */
final class StartupTraining {
  private StartupTraining() {}

  /** Takes one argument: a folder to walk in, which is not there and is removed afterwards. */
  public static void main(String[] args) throws Exception {
    Main.commandLine().usage(new PrintWriter(Writer.nullWriter()));
    Path room = Files.createDirectories(Path.of(args[0]));
    try {
      walk(room);
    } finally {
      remove(room);
    }
    System.exit(ExitCode.DONE);
  }

  private static void walk(Path room) throws Exception {
    Path passphrase = room.resolve("passphrase");
    Files.write(passphrase, "nothing is kept here".getBytes(StandardCharsets.UTF_8));
    String secret = "--passphrase-file=" + passphrase;
    String desk = "--data=" + room.resolve("desk");
    Path home = room.resolve("server");
    RunningServer server =
        Server.start(
            ServerConfig.of(home).listen(ServerConfig.HostPort.parse("127.0.0.1:0")).build());
    try {
      run(
          "space",
          "create",
          "--server-invitation=" + home.resolve("server-invitation"),
          "--name=Training",
          "--as=Nobody",
          "--no-recovery",
          desk,
          secret);
      run("report", "add", "--set=killed.civilian=1..2", desk, secret, "--json");
      run("sync", desk, secret, "--json");
      run("review", "conflicts", desk, secret, "--json");
      run("state", desk, secret, "--json");
      run("fsck", desk, secret, "--json");
    } finally {
      server.close();
    }
  }

  private static void run(String... words) {
    int exit = Main.commandLine().execute(words);
    if (exit != ExitCode.DONE) {
      throw new IllegalStateException(List.of(words).get(0) + " ended with exit " + exit);
    }
  }

  private static void remove(Path room) throws IOException {
    try (Stream<Path> all = Files.walk(room)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
