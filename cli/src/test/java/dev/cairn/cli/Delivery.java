package dev.cairn.cli;

import static dev.cairn.cli.CrossingWork.DESKS;
import static dev.cairn.cli.CrossingWork.SAMIR;

import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerBundles;
import dev.cairn.server.ServerConfig;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The recorded work delivered once: a server and stores of its own, copied from those that recorded
 * it. Nobody confirms anything, so that all deliveries end with the same changes.
 */
final class Delivery implements AutoCloseable {

  /** How the work of one author travels. */
  enum Route {
    /** He syncs. */
    NETWORK,
    /** His bundle is imported by the server. */
    BUNDLE_TO_SERVER,
    /** His bundle is imported by every desk. */
    BUNDLE_TO_DESKS
  }

  /** The work of one author on its way. */
  record Leg(String author, Route route) {}

  private final CrossingWork work;
  private final Path folder;
  private final Map<String, Device> open = new HashMap<>();
  private @Nullable RunningServer server;
  private boolean begun;

  /** Delivers in this folder, nothing yet. */
  Delivery(CrossingWork work, Path folder) {
    this.work = work;
    this.folder = folder;
  }

  /** Delivers leg by leg; a desk that waits at the server hears of each before the next comes. */
  void deliver(List<Leg> legs) throws Exception {
    boolean byServer = legs.stream().anyMatch(leg -> leg.route() != Route.BUNDLE_TO_DESKS);
    for (Leg leg : legs) {
      deliver(leg);
      if (byServer) {
        sync(SAMIR);
      }
    }
    if (byServer) {
      for (String desk : DESKS) {
        sync(desk);
      }
    }
  }

  private void deliver(Leg leg) throws Exception {
    switch (leg.route()) {
      case NETWORK -> sync(leg.author());
      case BUNDLE_TO_SERVER -> {
        stop();
        ServerBundles.importFile(serverFolder(), work.bundle(leg.author()));
      }
      case BUNDLE_TO_DESKS -> {
        for (String desk : DESKS) {
          if (!desk.equals(leg.author())) {
            take(desk, work.bundle(leg.author()));
          }
        }
      }
    }
  }

  private void take(String name, Path bundle) throws Exception {
    try (InputStream in = Files.newInputStream(bundle)) {
      store(name).importBundle(in);
    }
  }

  private void sync(String name) throws Exception {
    RunningServer running = server;
    if (running == null) {
      running = Server.start(ServerConfig.of(serverFolder()).tls(false).build());
      server = running;
    }
    try (Transport transport = OkHttpTransport.to(running.url().toString(), Optional.empty())) {
      store(name).sync(transport, SyncListener.NONE);
    }
  }

  private Path serverFolder() throws Exception {
    Path copy = folder.resolve("server");
    if (!begun) {
      begun = true;
      CrossingWork.copy(work.folder().resolve("server"), copy);
    }
    return copy;
  }

  private Device store(String name) throws Exception {
    Device device = open.get(name);
    if (device == null) {
      Path copy = folder.resolve(name);
      CrossingWork.copy(work.folder().resolve(name), copy);
      device = work.stores().open(copy);
      open.put(name, device);
    }
    return device;
  }

  /** What each desk has now: the digest of their circle, and that of all changes held. */
  Map<String, String> digests() throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (String desk : DESKS) {
      Device device = store(desk);
      digests.put(
          desk,
          Desk.readable(device).digest(device.roster().desk().orElseThrow())
              + " "
              + device.state().setDigest());
    }
    return digests;
  }

  private void stop() {
    RunningServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(Device::close);
    stop();
  }
}
