package dev.cairn.fuzzing;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.HttpNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a {@link ShapedServer} and its answer. */
final class ShapedExchange implements Exchange {

  private final ShapedServer server;
  private final Request request;
  private final boolean duplex;
  private final EntryReader reader = new EntryReader(Founded.space().id);
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private final Deque<byte[]> answer = new ArrayDeque<>();
  private final Deque<byte[]> buffered = new ArrayDeque<>();
  private ShapedServer.@Nullable Said said;
  private long entries;
  private int received;
  private long seen;

  ShapedExchange(ShapedServer server, Request request, boolean duplex) {
    this.server = server;
    this.request = request;
    this.duplex = duplex;
    this.seen = ShapedServer.seen(request.target());
    if (!request.streamed()) {
      begin(server.answer(request));
    } else if (duplex) {
      begin(server.beginning(request));
    }
  }

  private void begin(ShapedServer.Said begun) {
    said = begun;
    answer.addAll(begun.pieces());
  }

  private ShapedServer.Said said() {
    ShapedServer.Said begun = said;
    if (begun == null) {
      throw new AssertionError("asks for an answer to what was not finished");
    }
    return begun;
  }

  @Override
  public boolean duplex() {
    return duplex;
  }

  @Override
  public void send(byte[] piece) {
    if (duplex) {
      take(piece);
    } else {
      buffered.add(piece);
    }
  }

  private void take(byte[] piece) {
    if (said().status() / 100 != 2) {
      return;
    }
    strings.feed(piece);
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        Entry entry = reader.read(next.get());
        answer.addAll(server.pushed(entries++, entry, seen));
        seen = server.log().size();
      }
    } catch (MalformedException e) {
      throw new AssertionError("pushes what cannot be read", e);
    }
  }

  @Override
  public void finish() {
    if (request.streamed() && said == null) {
      begin(server.beginning(request));
      buffered.forEach(this::take);
    }
  }

  @Override
  public int status() {
    return said().status();
  }

  @Override
  public Optional<String> header(String name) {
    return name.equalsIgnoreCase(HttpNames.NONCE) ? said().nonce() : Optional.empty();
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    if (received++ >= said().cutAfter()) {
      throw ShapedServer.cut();
    }
    byte[] piece = answer.poll();
    if (piece != null) {
      server.sent(piece.length);
    }
    return piece;
  }

  @Override
  public void close() {}
}
