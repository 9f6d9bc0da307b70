package dev.cairn.client.attachment;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;

/** Sends a request of this device, signed and with a fresh nonce, as often as that takes. */
@FunctionalInterface
public interface SignedRequests {

  /**
   * The answer to a request, whatever its status.
   *
   * @throws dev.cairn.client.transport.TransportException if the server cannot be reached
   */
  Exchange send(Request request) throws CairnException;
}
