package dev.cairn.cli.faults;

import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A space made ready once, to be copied for each life: a server, a desk, and a phone whose first
 * reports were received and confirmed. Their passphrase is stretched once; everything else is kept
 * as always.
 */
final class ReadySpace {

  static final String SERVER = "server";
  static final String DESK = "desk";
  static final String PHONE = "phone";

  /** Reports of the phone that a desk has confirmed before anything fails. */
  static final List<String> CONFIRMED = List.of("first", "second");

  /** The outcome of what went well. */
  static final String DONE = "done";

  private static final String PASSPHRASE = "three stones";

  private static final Map<Boolean, ReadySpace> MADE = new HashMap<>();

  private final Path folder;
  private final boolean tls;
  private final StoresUnderOneKey stores;
  private final ServerInvitation invitation;
  private final int port;

  /** The one that all tests of this process copy. */
  static synchronized ReadySpace over(boolean tls) throws Exception {
    ReadySpace made = MADE.get(tls);
    if (made == null) {
      Path folder = Files.createTempDirectory("cairn-ready");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      made = new ReadySpace(folder, tls);
      MADE.put(tls, made);
    }
    return made;
  }

  private ReadySpace(Path folder, boolean tls) throws Exception {
    this.folder = folder;
    this.tls = tls;
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    stores = new StoresUnderOneKey(folder, PASSPHRASE);
    try (RunningServer server = serve(folder.resolve(SERVER), 0)) {
      port = server.url().getPort();
      byte[] file = Files.readAllBytes(folder.resolve(SERVER).resolve("server-invitation"));
      invitation = ServerInvitation.decode(file);
      try (Transport transport = transport(port);
          Device desk = stores.found(folder.resolve(DESK), file, "Lina")) {
        sync(desk, transport);
        begin(desk, transport);
      }
    }
  }

  private void begin(Device desk, Transport transport) throws Exception {
    try (Device phone = stores.join(desk, folder.resolve(PHONE), Role.REPORTER, "Omar")) {
      sync(desk, transport);
      sync(phone, transport);
      sync(desk, transport);
      desk.confirmDevice(phone.profile().device());
      record(phone, CONFIRMED);
      sync(phone, transport);
      desk.sync(transport, SyncListener.NONE);
      Desk.over(desk).reviewing().sendBack(phone.list().get(0).record(), "Who says so?");
      sync(desk, transport); // Its question and its confirmation wait for the phone.
    }
  }

  /** Records reports, each known by its label and its code. */
  static void record(Device device, List<String> names) throws CairnException {
    List<NewRecord> reports = new ArrayList<>();
    for (String name : names) {
      Operation code = new Operation.Assert(Field.of(KnownField.CODE), CborValue.of(name));
      reports.add(NewRecord.of(List.of(code)).label(name));
    }
    device.recordAll(reports);
  }

  /** As the command does it. */
  static SyncResult sync(Device device, Transport transport) throws CairnException {
    if (device.profile().role().coordinates()) {
      return Desk.over(device).sync(transport, SyncListener.NONE);
    }
    return device.sync(transport, SyncListener.NONE);
  }

  /** Opens a copy of a store. */
  Device open(Path store) throws CairnException {
    return stores.open(store);
  }

  /** The port under which the stores know the server. */
  int port() {
    return port;
  }

  /** A way to the server through a port of this machine. */
  Transport transport(int through) {
    return OkHttpTransport.to(
        (tls ? "https" : "http") + "://127.0.0.1:" + through,
        invitation.address().pin().map(Digest::bytes));
  }

  /** Where the passphrase of every store stands. */
  String passphraseFile() {
    return folder.resolve("passphrase").toString();
  }

  /** Whether the server speaks TLS. */
  String tls() {
    return tls ? "on" : "off";
  }

  /** Starts a server of this process on a data directory. */
  RunningServer serve(Path data, int at) throws Exception {
    return Server.start(
        ServerConfig.of(data).listen(new HostPort("127.0.0.1", at)).tls(tls).build());
  }

  /** Copies all three stores. */
  void copy(Path to) throws IOException {
    for (String store : List.of(SERVER, DESK, PHONE)) {
      copy(folder.resolve(store), to.resolve(store));
    }
  }

  /** Copies a folder, with who may read it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(
            path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a sync came out: done, what the server refused, or what the failure is called. */
  static String outcome(Device device, Transport transport) {
    try {
      SyncResult result = sync(device, transport);
      return result.refused().isEmpty() ? DONE : "refused " + String.join(" ", result.refused());
    } catch (CairnException e) {
      return e.code();
    }
  }
}
