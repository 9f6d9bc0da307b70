package dev.cairn.server;

import java.net.URI;

/** The address that devices are told. */
final class PublicAddress {

  private PublicAddress() {}

  /** The whole address: as configured, or where the server listens. */
  static String of(ServerConfig config, URI url) {
    String configured = config.address().orElse(url.toString());
    if (configured.contains("://")) {
      return configured;
    }
    return (config.tls() ? "https://" : "http://") + configured;
  }

  /** The host in it, before the server listens. */
  static String host(ServerConfig config) {
    if (config.address().isEmpty()) {
      return config.listen().host();
    }
    String configured = config.address().get();
    URI uri = URI.create(configured.contains("://") ? configured : "https://" + configured);
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("no host in the address " + configured);
    }
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
