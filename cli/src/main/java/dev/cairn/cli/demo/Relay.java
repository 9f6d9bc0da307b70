package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@code cairn serve}: started, killed and stopped as an operator would. */
final class Relay {

  private static final int DRAIN_SECONDS = 60;

  private final Process process;
  private final String url;

  private Relay(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits for its ready line. */
  static Relay start(Workshop workshop, Narration narration, List<String> arguments)
      throws DemoFailure {
    String line = workshop.show(arguments, " &");
    Process process =
        workshop.start(
            arguments, Redirect.PIPE, Redirect.appendTo(workshop.path("serve.log").toFile()));
    try {
      BufferedReader stdout =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String ready = stdout.readLine();
      if (ready == null) {
        throw new DemoFailure("the server ended before it was ready: " + line);
      }
      narration.result(ready);
      JsonNode document = new ObjectMapper().readTree(ready);
      return new Relay(process, document.path("url").asText());
    } catch (IOException e) {
      process.destroyForcibly();
      throw new DemoFailure("no ready line from: " + line, e);
    }
  }

  /** Where it listens, as {@code host:port}. */
  String authority() {
    return url.substring(url.indexOf("://") + 3);
  }

  /** The port it listens on. */
  int port() {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  /** Its process. */
  long pid() {
    return process.pid();
  }

  /** SIGKILL: no chance to finish anything. */
  void kill() throws DemoFailure {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM; the exit code. */
  int stop() throws DemoFailure {
    process.destroy();
    return await();
  }

  /** Whether it runs. */
  boolean alive() {
    return process.isAlive();
  }

  /** Waits until it ends, whatever ends it. */
  int await() throws DemoFailure {
    try {
      if (process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new DemoFailure("the server did not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted", e);
    }
  }
}
