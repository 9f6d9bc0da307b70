package dev.cairn.cli.travel;

import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;

/** The way to a server. */
final class Road {

  private Road() {}

  static Transport to(ServerAddress server) {
    return OkHttpTransport.to(server.text(), server.pin().map(Digest::bytes));
  }
}
