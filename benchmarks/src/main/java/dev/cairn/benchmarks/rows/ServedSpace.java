package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.relay.ServerProcess;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.okhttp.OkHttpTransport;
import java.nio.file.Files;
import java.nio.file.Path;

/** A space on a server that is a process of its own, over TLS. */
final class ServedSpace implements AutoCloseable {

  private final ServerProcess server;
  private final Society society;

  private ServedSpace(ServerProcess server, Society society) {
    this.server = server;
    this.society = society;
  }

  static ServedSpace open(Fork fork, String... options) throws Exception {
    ServerProcess server = ServerProcess.start(fork, options);
    boolean done = false;
    try {
      Path people = fork.room().resolve("people");
      Files.createDirectories(people);
      Society society = Society.found(people, server.invitation(), OkHttpTransport::to);
      done = true;
      return new ServedSpace(server, society);
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  ServerProcess server() {
    return server;
  }

  Society society() {
    return society;
  }

  @Override
  public void close() {
    society.close();
    server.close();
  }
}
