package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the scenes hand on to each other. */
final class Stage {

  private final Workshop workshop;
  private final Narration narration;
  private final Verdict verdict;
  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> devices = new HashMap<>();
  private final Set<String> records = new LinkedHashSet<>();
  private final Set<String> received = new LinkedHashSet<>();
  private Relay relay;
  private String baniyas = "";
  private String baniyasByYara = "";
  private String coast = "";

  Stage(Workshop workshop, Narration narration, Verdict verdict, Relay relay) {
    this.workshop = workshop;
    this.narration = narration;
    this.verdict = verdict;
    this.relay = relay;
  }

  Workshop workshop() {
    return workshop;
  }

  Narration narration() {
    return narration;
  }

  Verdict verdict() {
    return verdict;
  }

  /** The server that runs now. */
  Relay relay() {
    return relay;
  }

  void relay(Relay running) {
    relay = running;
  }

  /** The same server again, on the same port. */
  List<String> serveAgain() {
    return List.of("serve", "--data", workshop.at("server"), "--listen", relay.authority());
  }

  /** Notes who joined. */
  void joined(String name, Outcome join) throws DemoFailure {
    devices.put(name, join.text("device"));
    words.put(name, join.text("words"));
  }

  /** The device somebody joined with. */
  String device(String name) {
    return devices.getOrDefault(name, "");
  }

  /** The words that somebody reads out over the telephone. */
  String words(String name) {
    return words.getOrDefault(name, "");
  }

  /** Notes what an import made; the ids in the order of its lines. */
  List<String> imported(Outcome outcome) throws DemoFailure {
    List<String> made = new ArrayList<>();
    for (JsonNode record : outcome.json().path("records")) {
      made.add(record.asText());
    }
    records.addAll(made);
    return made;
  }

  /** Notes one record. */
  String recorded(Outcome outcome) throws DemoFailure {
    String record = outcome.text("record");
    records.add(record);
    return record;
  }

  /** Every record anybody made. */
  Set<String> records() {
    return records;
  }

  /** The records of which the server had acknowledged everything when it was killed. */
  Set<String> received() {
    return received;
  }

  /** Omar's telling of one morning in Baniyas. */
  String baniyas() {
    return baniyas;
  }

  void baniyas(String record) {
    baniyas = record;
  }

  /** Yara's telling of the same morning. */
  String baniyasByYara() {
    return baniyasByYara;
  }

  void baniyasByYara(String record) {
    baniyasByYara = record;
  }

  /** The published figures. */
  String coast() {
    return coast;
  }

  void coast(String record) {
    coast = record;
  }

  /** {@code sync --data NAME --json}. */
  List<String> sync(String name) {
    return List.of("sync", "--data", workshop.at(name), "--json");
  }

  /** Any command about somebody's store, with its result as JSON. */
  List<String> about(String name, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", workshop.at(name), "--json"));
    return arguments;
  }
}
