package dev.cairn.client.sync;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.log.SignedCheckpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server whose answers to a pull hold nothing but where its log goes on. */
final class EndlessRoster implements Transport {

  private final SignedCheckpoint checkpoint;
  private final IntUnaryOperator next;
  private Optional<String> nonce = Optional.empty();
  private int requests;

  /** Of a log whose checkpoint this is, that moves on by one leaf in each answer. */
  EndlessRoster(SignedCheckpoint checkpoint) {
    this(checkpoint, request -> request);
  }

  /**
   * Of a log whose checkpoint this is.
   *
   * @param next where the answer to the first, second, ... request says that the log goes on; below
   *     0 it says nothing
   */
  EndlessRoster(SignedCheckpoint checkpoint, IntUnaryOperator next) {
    this.checkpoint = checkpoint;
    this.next = next;
  }

  /** With this header in its answers. */
  EndlessRoster offering(String value) {
    nonce = Optional.of(value);
    return this;
  }

  /** How often it was asked. */
  int requests() {
    return requests;
  }

  @Override
  public Exchange open(Request request) {
    requests++;
    int goesOn = next.applyAsInt(requests);
    Encoded note = Encoded.of(checkpoint.note());
    return new Answer(
        goesOn < 0 ? null : new EntryWriter().write(new Entry.LogState(note, List.of(), goesOn)));
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}

  private final class Answer implements Exchange {
    private byte @Nullable [] body;

    Answer(byte @Nullable [] body) {
      this.body = body;
    }

    @Override
    public boolean duplex() {
      return false;
    }

    @Override
    public void send(byte[] piece) {
      throw new IllegalStateException("a pull has no body");
    }

    @Override
    public void finish() {}

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Optional<String> header(String name) {
      return nonce;
    }

    @Override
    public byte @Nullable [] receive() {
      byte[] piece = body;
      body = null;
      return piece;
    }

    @Override
    public void close() {}
  }
}
