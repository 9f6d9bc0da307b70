package dev.cairn.simulation.network;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.TransportException;
import dev.cairn.simulation.server.Answering;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request over a simulated link, and its answer. */
final class SimulatedExchange implements Exchange {

  private final SimulatedLink link;
  private final Request request;
  private final List<byte[]> sent = new ArrayList<>();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private @Nullable Answering answering;
  private int read;
  private boolean finished;

  SimulatedExchange(SimulatedLink link, Request request) throws TransportException {
    this.link = link;
    this.request = request;
    if (!request.streamed()) {
      finished = true;
      begin();
      end();
    } else if (duplex()) {
      begin();
      if (begun().status() / 100 != 2) {
        // A refusal does not wait for the body.
        finished = true;
        end();
      }
    }
  }

  private void begin() throws TransportException {
    answering = link.served(server -> server.apply(request));
  }

  private void end() throws TransportException {
    Answering begun = begun();
    answered(link.served(server -> begun.end()));
    link.tap().whole(new Tap.Recorded(request, List.copyOf(sent)));
  }

  private void answered(byte[] piece) {
    answer.writeBytes(piece);
    link.tap().down(piece);
  }

  private Answering begun() {
    Answering begun = answering;
    if (begun == null) {
      throw new IllegalStateException("the answer is asked for before the request is finished");
    }
    return begun;
  }

  @Override
  public boolean duplex() {
    return link.plan().duplex();
  }

  @Override
  public void send(byte[] piece) throws TransportException {
    link.requireWhole();
    if (duplex() && finished) {
      return;
    }
    int through = link.up(piece);
    byte[] arrived = through == piece.length ? piece : Arrays.copyOf(piece, through);
    sent.add(arrived);
    if (duplex()) {
      give(arrived);
    }
    if (through < piece.length) {
      throw link.cutHere();
    }
  }

  /** Hands on what arrived, in pieces as a network makes them. */
  private void give(byte[] arrived) throws TransportException {
    int most = link.plan().pieceBytesMax();
    for (int from = 0; from < arrived.length; from += Math.min(most, arrived.length - from)) {
      byte[] piece =
          Arrays.copyOfRange(arrived, from, from + Math.min(most, arrived.length - from));
      answered(link.served(server -> begun().take(piece)));
    }
  }

  @Override
  public void finish() throws TransportException {
    if (finished) {
      return;
    }
    link.requireWhole();
    finished = true;
    if (!duplex()) {
      begin();
      for (byte[] piece : sent) {
        give(piece);
      }
    }
    end();
  }

  @Override
  public int status() throws TransportException {
    link.requireWhole();
    return begun().status();
  }

  @Override
  public Optional<String> header(String name) throws TransportException {
    link.requireWhole();
    return Optional.ofNullable(begun().headers().get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    link.requireWhole();
    byte[] all = answer.toByteArray();
    if (read == all.length) {
      if (!finished && begun().mayLeaveWaiting()) {
        throw link.cutHere();
      }
      if (!finished) {
        throw new IllegalStateException(
            "a device waits for an answer that cannot come: "
                + request.method()
                + " "
                + request.target()
                + " sent "
                + sent.size()
                + " answered "
                + all.length);
      }
      return null;
    }
    int wanted = Math.min(all.length - read, link.plan().pieceBytesMax());
    int through = link.down(wanted);
    if (through == 0) {
      throw link.cutHere();
    }
    byte[] piece = Arrays.copyOfRange(all, read, read + through);
    read += through;
    return piece;
  }

  @Override
  public void close() {}
}
