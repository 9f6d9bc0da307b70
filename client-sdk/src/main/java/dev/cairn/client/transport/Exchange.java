package dev.cairn.client.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Where {@link #duplex}, the answer may be read while the body is sent.
 */
public interface Exchange extends AutoCloseable {

  /** Whether {@link #receive} may be called before {@link #finish}. */
  boolean duplex();

  /**
   * Sends the next piece of a streamed body.
   *
   * @throws TransportException if the link is cut; the server may have taken any prefix
   */
  void send(byte[] piece) throws TransportException;

  /** Ends a streamed body; without effect on others. */
  void finish() throws TransportException;

  /** The status of the answer; waits for it. */
  int status() throws TransportException;

  /** A header of the answer, by name in any case; waits for it. */
  Optional<String> header(String name) throws TransportException;

  /** The next piece of the answer's body, or null at its end; waits for it. */
  byte @Nullable [] receive() throws TransportException;

  @Override
  void close();
}
