package dev.cairn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.client.Device;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A space on a real server with an owner's desk, a second coordinator's and a phone that reported
 * once; all are confirmed, and everybody has heard of everything.
 */
final class PeopleSpace implements AutoCloseable {

  final CommandSpace commands;

  private PeopleSpace(CommandSpace commands) {
    this.commands = commands;
  }

  static PeopleSpace in(Path folder) throws Exception {
    PeopleSpace people = new PeopleSpace(CommandSpace.in(folder));
    people.commands.serve(0);
    people.commands.found("desk");
    people.begin();
    return people;
  }

  /** The same with a recovery secret, which lies in {@code sheet}. */
  static PeopleSpace recoverable(Path folder) throws Exception {
    PeopleSpace people = new PeopleSpace(CommandSpace.in(folder));
    people.commands.serve(0);
    people.commands.foundRecoverable("desk", "Road", "Lina");
    people.begin();
    return people;
  }

  private void begin() throws Exception {
    commands.letIn("desk", Role.COORDINATOR, "second");
    commands.letIn("desk", Role.REPORTER, "phone");
    sync("desk", "second", "phone", "desk");
    confirmAll();
    report("phone", "before");
    sync("desk", "second", "phone", "desk", "second");
  }

  /** By the owner. */
  void confirmAll() {
    for (JsonNode device : devices("desk")) {
      if (device.path("state").asText().equals("provisional")) {
        by("desk", "device", "confirm", device.path("device").asText(), "--yes");
      }
    }
  }

  void sync(String... names) {
    commands.sync(names);
  }

  CommandRun by(String name, String... words) {
    return commands.by(name, words);
  }

  /** A command on somebody's store that may fail. */
  CommandRun attempt(String name, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", commands.at(name)));
    return commands.attempt(all.toArray(new String[0]));
  }

  List<JsonNode> devices(String desk) {
    return list(by(desk, "device", "list").json());
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  String device(String name) throws Exception {
    try (Device open = commands.open(name)) {
      return open.profile().device().toString();
    }
  }

  String report(String name, String place) {
    return by(name, "report", "add", "--set", "place.en=" + place).json().path("record").asText();
  }

  void carry(String from, String... desks) {
    commands.run("bundle", "export", "--data", commands.at(from), "--out", commands.at("stick"));
    for (String desk : desks) {
      commands.run("bundle", "import", commands.at("stick"), "--data", commands.at(desk));
    }
  }

  List<JsonNode> quarantine(String desk) {
    return list(by(desk, "quarantine", "list").json().path("quarantine"));
  }

  /** The change in quarantine that says so. */
  String quarantined(String desk, String place) {
    return quarantine(desk).stream()
        .filter(line -> line.path("says").toString().contains(place))
        .map(line -> line.path("change").asText())
        .findFirst()
        .orElseThrow();
  }

  /** The places of all reports that a desk counts. */
  List<String> places(String desk) throws Exception {
    Path out = commands.path(desk + ".jsonl");
    commands.run(
        "export", "--data", commands.at(desk), "--format", "jsonl", "--out", out.toString());
    List<String> places = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      int at = line.indexOf("\"en\":\"");
      places.add(line.substring(at + 6, line.indexOf('"', at + 6)));
    }
    places.sort(null);
    return places;
  }

  JsonNode digests(String desk) {
    return by(desk, "state").json().path("digests").path("desk");
  }

  String record(String place) throws Exception {
    Path out = commands.path("records.jsonl");
    commands.run(
        "export", "--data", commands.at("desk"), "--format", "jsonl", "--out", out.toString());
    String line =
        Files.readAllLines(out).stream()
            .filter(each -> each.contains("\"" + place + "\""))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(line).path("cairn").path("record").asText();
  }

  @Override
  public void close() {
    commands.close();
  }
}
