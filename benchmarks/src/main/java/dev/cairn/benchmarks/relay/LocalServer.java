package dev.cairn.benchmarks.relay;

import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transports;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.network.LinkPlan;
import dev.cairn.simulation.network.SimulatedLink;
import dev.cairn.simulation.network.Tap;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * A server's ledger and streams in this process, without HTTP, threads or TLS. It takes the time
 * that it spends itself, so that what a device takes can be told apart.
 */
public final class LocalServer implements AutoCloseable {

  private static final Tap NOBODY =
      new Tap() {
        @Override
        public void up(byte[] bytes) {}

        @Override
        public void down(byte[] bytes) {}

        @Override
        public void whole(Recorded request) {}
      };

  private final ServerMachine machine;
  private final SimulatedServer server;
  private long nanos;

  /** Starts one in a folder. */
  public LocalServer(Path folder) throws StoreException {
    machine = ServerMachine.make(folder, Clock.systemUTC(), Randomness.of(new SecureRandom()));
    machine.start();
    server = new SimulatedServer(machine);
  }

  /** With what a space is founded. */
  public byte[] invitation() throws StoreException {
    return machine.invitation();
  }

  /** Ways to it that take no time and are never cut. */
  public Transports transports() {
    return (address, pin) -> new SimulatedLink(this::answer, () -> {}, LinkPlan.GOOD, NOBODY);
  }

  /** Nanoseconds that it has spent so far. */
  public long nanos() {
    return nanos;
  }

  /** Answers, and takes the time. */
  public Answering answer(Request request) {
    long begin = System.nanoTime();
    try {
      return new Timed(server.answer(request));
    } finally {
      nanos += System.nanoTime() - begin;
    }
  }

  private final class Timed implements Answering {
    private final Answering answering;

    Timed(Answering answering) {
      this.answering = answering;
    }

    @Override
    public int status() {
      return answering.status();
    }

    @Override
    public Map<String, String> headers() {
      return answering.headers();
    }

    @Override
    public byte[] take(byte[] piece) {
      long begin = System.nanoTime();
      byte[] answer = answering.take(piece);
      nanos += System.nanoTime() - begin;
      return answer;
    }

    @Override
    public byte[] end() {
      long begin = System.nanoTime();
      byte[] answer = answering.end();
      nanos += System.nanoTime() - begin;
      return answer;
    }
  }

  @Override
  public void close() {
    machine.close();
  }
}
