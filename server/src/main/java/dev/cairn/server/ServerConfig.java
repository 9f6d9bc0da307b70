package dev.cairn.server;

import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.limits.ServerLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a server is to run. Everything but the data directory has a default. Immutable. */
public final class ServerConfig {

  private static final int PORT_MAX = 65_535;
  private static final int EXIT_FAILED = 1;
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "");

  private final Path data;
  private final HostPort listen;
  private final @Nullable String address;
  private final boolean tls;
  private final @Nullable HostPort adminListen;
  private final Quotas quotas;
  private final Clock clock;
  private final Duration patience;
  private final Runnable end;

  private ServerConfig(Builder builder) {
    this.data = builder.data;
    this.listen = builder.listen;
    this.address = builder.address;
    this.tls = builder.tls;
    this.adminListen = builder.adminListen;
    this.quotas = builder.quotas;
    this.clock = builder.clock;
    this.patience = builder.patience;
    this.end = builder.end;
  }

  /** Begins with the defaults: all on 127.0.0.1, TLS on, ports chosen by the system. */
  public static Builder of(Path data) {
    return new Builder(data);
  }

  /** Where everything lies. */
  public Path data() {
    return data;
  }

  /** Where the protocol is spoken. */
  public HostPort listen() {
    return listen;
  }

  /** What invitations carry, if it is not where the server listens. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** Whether the server speaks TLS itself. */
  public boolean tls() {
    return tls;
  }

  /** Where health and metrics are served. */
  public Optional<HostPort> adminListen() {
    return Optional.ofNullable(adminListen);
  }

  /** How much may be stored. */
  public Quotas quotas() {
    return quotas;
  }

  /** The server's clock. */
  public Clock clock() {
    return clock;
  }

  /** How long somebody may keep a connection or a request open and bring next to nothing. */
  public Duration patience() {
    return patience;
  }

  /** What ends the process when it can no longer do its work. */
  public Runnable end() {
    return end;
  }

  /**
   * A host and a port.
   *
   * @param port 0 for any free one
   */
  public record HostPort(String host, int port) {

    /** Refuses ports that are none. */
    public HostPort {
      if (port < 0 || port > PORT_MAX) {
        throw new IllegalArgumentException("no port: " + port);
      }
    }

    /**
     * Reads {@code HOST:PORT}; a host of numbers and colons stands in brackets.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static HostPort parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("HOST:PORT is asked, not " + text);
      }
      String host = text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      try {
        return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("HOST:PORT is asked, not " + text, e);
      }
    }

    boolean isWildcard() {
      return WILDCARDS.contains(host);
    }

    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** Collects settings. */
  public static final class Builder {
    private final Path data;
    private HostPort listen = new HostPort("127.0.0.1", 0);
    private @Nullable String address;
    private boolean tls = true;
    private @Nullable HostPort adminListen;
    private Quotas quotas = Quotas.standard();
    private Clock clock = Clock.systemUTC();
    private Duration patience = Duration.ofSeconds(ServerLimits.PATIENCE_SECONDS);
    private Runnable end = () -> Runtime.getRuntime().halt(EXIT_FAILED);

    private Builder(Path data) {
      this.data = data;
    }

    /** Where the protocol is spoken. */
    public Builder listen(HostPort value) {
      listen = value;
      return this;
    }

    /** What invitations carry: {@code HOST:PORT}, or a whole address with its scheme. */
    public Builder address(String value) {
      address = value;
      return this;
    }

    /** Whether the server speaks TLS itself; off behind a proxy or an onion service. */
    public Builder tls(boolean value) {
      tls = value;
      return this;
    }

    /** Where health and metrics are served. */
    public Builder adminListen(HostPort value) {
      adminListen = value;
      return this;
    }

    /** How much may be stored. */
    public Builder quotas(Quotas value) {
      quotas = value;
      return this;
    }

    /** How long somebody may keep a connection or a request open and bring next to nothing. */
    public Builder patience(Duration value) {
      patience = value;
      return this;
    }

    /**
     * What ends the process when it can no longer do its work; at once, for an orderly end would
     * wait for the very threads that are lost.
     */
    public Builder end(Runnable value) {
      end = value;
      return this;
    }

    /** The server's clock. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Finishes.
     *
     * @throws IllegalArgumentException if nobody could find the server: it listens everywhere and
     *     no address says where that is
     */
    public ServerConfig build() {
      if (listen.isWildcard() && address == null) {
        throw new IllegalArgumentException("an address is needed when listening on every one");
      }
      return new ServerConfig(this);
    }
  }
}
