package dev.cairn.cli;

import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What three people recorded at once, none knowing of the others, and did not send: stores to be
 * copied, and delivered again and again. Omar reports; Lina, Karim and Samir coordinate; everybody
 * has what came before.
 */
final class CrossingWork implements AutoCloseable {

  static final String OMAR = "omar";
  static final String LINA = "lina";
  static final String KARIM = "karim";
  static final String SAMIR = "samir";

  /** Who recorded something. */
  static final List<String> AUTHORS = List.of(OMAR, LINA, KARIM);

  /** Who reads everything. */
  static final List<String> DESKS = List.of(LINA, KARIM, SAMIR);

  private final Path folder = Files.createTempDirectory("crossing");
  private final CommandSpace space = CommandSpace.in(folder);
  private final StoresUnderOneKey stores = new StoresUnderOneKey(folder, CommandSpace.PASSPHRASE);
  private final int port;
  private final String told;
  private final String takenBack;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, String> changes = new TreeMap<>();

  private CrossingWork() throws Exception {
    port = space.serve(0);
    Map<String, Device> open = new TreeMap<>();
    try (Transport transport = transport()) {
      begin(open, transport);
      List<RecordId> records = open(open, OMAR).recordAll(List.of(coded("told"), coded("gone")));
      told = records.get(0).toString();
      takenBack = records.get(1).toString();
      meet(open, transport);
    } finally {
      open.values().forEach(Device::close);
    }
    CommandSpace.together(AUTHORS, this::record);
    space.close();
    for (String name : AUTHORS) {
      pack(name);
    }
  }

  private Transport transport() throws IOException, CairnException {
    ServerAddress server = ServerInvitation.decode(serverInvitation()).address();
    return OkHttpTransport.to(server.text(), server.pin().map(Digest::bytes));
  }

  private byte[] serverInvitation() throws IOException {
    return Files.readAllBytes(folder.resolve("server/server-invitation"));
  }

  private void begin(Map<String, Device> open, Transport transport) throws Exception {
    Device lina = stores.found(folder.resolve(LINA), serverInvitation(), LINA);
    open.put(LINA, lina);
    sync(lina, transport);
    for (String name : List.of(KARIM, SAMIR, OMAR)) {
      Role role = name.equals(OMAR) ? Role.REPORTER : Role.COORDINATOR;
      open.put(name, stores.join(lina, folder.resolve(name), role, name));
    }
    open.forEach((name, device) -> names.put(device.profile().member().toString(), name));
  }

  /** Everybody gets everything, and the two new coordinators their place at the desk. */
  private static void meet(Map<String, Device> open, Transport transport) throws Exception {
    Device lina = open(open, LINA);
    sync(lina, transport);
    List<Device> others = List.of(open(open, OMAR), open(open, KARIM), open(open, SAMIR));
    for (Device other : others) {
      sync(other, transport);
    }
    sync(lina, transport);
    lina.confirmDevice(open(open, KARIM).profile().device());
    lina.confirmDevice(open(open, SAMIR).profile().device());
    sync(lina, transport);
    for (Device other : others) {
      sync(other, transport);
    }
  }

  private static Device open(Map<String, Device> open, String name) {
    Device device = open.get(name);
    if (device == null) {
      throw new AssertionError(name + " has no store");
    }
    return device;
  }

  /** As the command does it: a coordinator's device confirms what it could open. */
  private static void sync(Device device, Transport transport) throws CairnException {
    if (device.profile().role().coordinates()) {
      Desk.over(device).sync(transport, SyncListener.NONE);
    } else {
      device.sync(transport, SyncListener.NONE);
    }
  }

  private static NewRecord coded(String code) {
    return NewRecord.of(
        List.of(new Operation.Assert(Field.of(KnownField.CODE), CborValue.of(code))));
  }

  private void record(String name) {
    switch (name) {
      case OMAR -> omar();
      case LINA -> lina();
      default -> say(KARIM, "first", "place.en=Jableh", "verification=unlikely");
    }
  }

  private void omar() {
    say(
        OMAR,
        "first",
        "cause=gunfire",
        "attribution=unknown",
        "evidence_grade=B2",
        "time_of_day=dawn",
        "place.en=Baniyas",
        "place.region=Tartus",
        "date=2025-03-07",
        "verification=likely",
        "type_of_act=raid");
    say(OMAR, "second", "place.region=Latakia");
    space.run("report", "retract", takenBack, "--reason", "not mine", "--data", space.at(OMAR));
  }

  private void lina() {
    say(
        LINA,
        "first",
        "method=rifle",
        "attribution=unknown",
        "evidence_grade=C3",
        "place.en=Tartus",
        "date=2025-03-08",
        "verification=possible",
        "type_of_act=abduction");
    space.run("report", "edit", takenBack, "--data", space.at(LINA), "--set", "cause=fire");
  }

  private void say(String name, String which, String... values) {
    String change = say(space, told, name, values);
    synchronized (changes) {
      changes.put(name + " " + which, change);
    }
  }

  /** Lets somebody state values for a record. */
  static String say(CommandSpace space, String record, String name, String... values) {
    List<String> words =
        new ArrayList<>(List.of("report", "edit", record, "--data", space.at(name)));
    for (String value : values) {
      words.addAll(List.of("--set", value));
    }
    return space.run(words.toArray(new String[0])).json().path("change").asText();
  }

  /** Writes what a store has to send. */
  private void pack(String name) throws Exception {
    try (Device device = stores.open(folder.resolve(name));
        OutputStream out = Files.newOutputStream(bundle(name))) {
      device.exportBundle(out, Long.MAX_VALUE);
    }
  }

  /** What an author's courier carries. */
  Path bundle(String author) {
    return folder.resolve(author + ".bundle");
  }

  /** Opens copies of the stores. */
  StoresUnderOneKey stores() {
    return stores;
  }

  /** The record that everybody said something of. */
  String told() {
    return told;
  }

  /** The record that Omar took back, and Lina went on with. */
  String takenBack() {
    return takenBack;
  }

  /** Who a member is. */
  String name(String member) {
    return names.getOrDefault(member, "nobody");
  }

  /** The change in which somebody spoke first, or second, of the first record. */
  String change(String name, String which) {
    String change = changes.get(name + " " + which);
    if (change == null) {
      throw new AssertionError(name + " said nothing " + which);
    }
    return change;
  }

  /** The port under which the stores know the server. */
  int port() {
    return port;
  }

  /** The folder of everything, to be looked at only. */
  Path folder() {
    return folder;
  }

  /** A copy of everything, to go on with. */
  CommandSpace copy(Path to) throws IOException {
    copy(folder, to);
    return CommandSpace.in(to);
  }

  /** Copies a folder, with who may read it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    space.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Records the work once for all tests that ask for it. */
  static final class Recorded implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(CrossingWork.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(CrossingWork.class, any -> record(), CrossingWork.class);
    }

    private static CrossingWork record() {
      try {
        return new CrossingWork();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
