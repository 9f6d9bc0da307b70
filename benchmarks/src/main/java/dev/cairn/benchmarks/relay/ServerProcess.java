package dev.cairn.benchmarks.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.benchmarks.harness.Fork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code cairn serve} as an operator starts it, and what the system says that it takes. */
public final class ServerProcess implements AutoCloseable {

  private static final int STOP_SECONDS = 30;
  private static final double TICKS_PER_SECOND = 100;
  private static final long KIB = 1024;

  private final Process process;
  private final Path data;
  private final String url;
  private final long pid;

  private ServerProcess(Process process, Path data, String url, long pid) {
    this.process = process;
    this.data = data;
    this.url = url;
    this.pid = pid;
  }

  /** Starts one with more options and waits until it is ready. */
  public static ServerProcess start(Fork fork, String... options) throws IOException {
    Path data = fork.room().resolve("server");
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(fork.command(arguments));
    builder.environment().putAll(environment());
    Path log = fork.room().resolve("server.log");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectError(Redirect.to(log.toFile()));
    Process process = builder.start();
    boolean done = false;
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String ready = out.readLine();
      if (ready == null) {
        throw new IOException("the server does not start: " + Files.readString(log).strip());
      }
      JsonNode document = new ObjectMapper().readTree(ready);
      done = true;
      return new ServerProcess(
          process, data, document.path("url").asText(), document.path("pid").asLong());
    } finally {
      if (!done) {
        process.destroyForcibly();
      }
    }
  }

  /** What commands in processes of their own find around them. */
  public static Map<String, String> environment() {
    return Map.of("CAIRN_NO_BUILD", "1");
  }

  /** The port it listens on. */
  public int port() {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  /** With what a space is founded. */
  public byte[] invitation() throws IOException {
    return Files.readAllBytes(data.resolve("server-invitation"));
  }

  /** Its process. */
  public long pid() {
    return pid;
  }

  /** Seconds of processor time that it has taken so far. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    // Fields 14 and 15 of the line, user and system time; the first here is the third.
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory that it has held at once, in MB. */
  public double peakResidentMb() throws IOException {
    return status("VmHWM:");
  }

  /** The memory that it holds, in MB. */
  public double residentMb() throws IOException {
    return status("VmRSS:");
  }

  private double status(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB / 1e6;
      }
    }
    throw new IOException("the system does not say " + key);
  }

  /** Bytes of its ledger on the disk. */
  public long ledgerBytes() throws IOException {
    return Files.size(data.resolve("ledger.sqlite"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
