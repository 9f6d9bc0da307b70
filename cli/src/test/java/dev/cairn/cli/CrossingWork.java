package dev.cairn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.client.UnlockedStore;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

  private static final List<String> EVERYBODY = List.of(OMAR, LINA, KARIM, SAMIR);

  private final Path folder = Files.createTempDirectory("crossing");
  private final CommandSpace space = CommandSpace.in(folder);
  private final int port;
  private final String told;
  private final String takenBack;
  private final Map<String, String> names;
  private final Map<String, String> changes = new TreeMap<>();
  private final Map<String, UnlockedStore> unlocked = new TreeMap<>();

  private CrossingWork() throws Exception {
    port = space.serve(0);
    Files.writeString(folder.resolve("lines"), "{\"code\":\"told\"}\n{\"code\":\"taken back\"}\n");
    space.found(LINA);
    space.join(LINA, "coordinator", KARIM, SAMIR);
    space.join(LINA, "reporter", OMAR);
    JsonNode imported =
        space.run("report", "import", space.at("lines"), "--data", space.at(OMAR)).json();
    told = imported.path("records").path(0).asText();
    takenBack = imported.path("records").path(1).asText();
    space.sync(LINA);
    CommandSpace.together(List.of(OMAR, KARIM, SAMIR), space::sync);
    space.sync(LINA);
    names = space.seatAll(LINA);
    space.sync(LINA);
    CommandSpace.together(List.of(OMAR, KARIM, SAMIR), space::sync);
    CommandSpace.together(AUTHORS, this::record);
    space.close();
    CommandSpace.together(EVERYBODY, this::pack);
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

  /** Stretches a passphrase once, and writes what its store has to send. */
  private void pack(String name) throws Exception {
    Secret passphrase = Secret.take(CommandSpace.PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    UnlockedStore store = UnlockedStore.of(folder.resolve(name), passphrase);
    try (Device device = store.open(folder.resolve(name));
        OutputStream out = Files.newOutputStream(bundle(name))) {
      device.exportBundle(out, Long.MAX_VALUE);
    }
    synchronized (unlocked) {
      unlocked.put(name, store);
    }
  }

  /** What an author's courier carries. */
  Path bundle(String author) {
    return folder.resolve(author + ".bundle");
  }

  /** Opens copies of somebody's store. */
  UnlockedStore unlocked(String name) {
    UnlockedStore store = unlocked.get(name);
    if (store == null) {
      throw new AssertionError(name + " has no store");
    }
    return store;
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
