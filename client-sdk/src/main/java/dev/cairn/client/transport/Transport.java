package dev.cairn.client.transport;

/**
 * A way to one server. Blocking and used by one thread at a time, so that a simulated network can
 * stand in for a real one.
 *
 * <p>An implementation must authenticate the server by the pin it was made with and must never fall
 * back to anything weaker; what the server then says is still proven by signatures, never believed.
 */
public interface Transport extends AutoCloseable {

  /**
   * Begins an exchange. With a {@linkplain Request#streamed streamed} request the body follows
   * through {@link Exchange#send}.
   *
   * @throws TransportException if the server cannot be reached or is not the pinned one
   */
  Exchange open(Request request) throws TransportException;

  /** What went over this transport so far. */
  Traffic traffic();

  @Override
  void close();
}
