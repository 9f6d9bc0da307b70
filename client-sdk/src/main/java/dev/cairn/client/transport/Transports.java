package dev.cairn.client.transport;

import java.util.Optional;

/** Makes the way to a server; {@code OkHttpTransport::to} is one. */
@FunctionalInterface
public interface Transports {

  /**
   * A transport to one server; nothing is sent yet.
   *
   * @param address {@code https://host:port} or {@code http://host:port}
   * @param pin SHA-256 of the server's public key, for the first form
   * @throws IllegalArgumentException if the address is neither, or the pin does not go with it
   */
  Transport to(String address, Optional<byte[]> pin);
}
