package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the scenes hand on to each other. Safe for use by several threads. */
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
  private String omarsEdit = "";
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
  synchronized Relay relay() {
    return relay;
  }

  synchronized void relay(Relay running) {
    relay = running;
  }

  /** The same server again, on the same port. */
  synchronized List<String> serveAgain() {
    return List.of("serve", "--data", workshop.at("server"), "--listen", relay.authority());
  }

  /** Notes who joined. */
  synchronized void joined(String name, Outcome join) throws DemoFailure {
    devices.put(name, join.text("device"));
    words.put(name, join.text("words"));
  }

  /** The device somebody joined with. */
  synchronized String device(String name) {
    return devices.getOrDefault(name, "");
  }

  /** The words that somebody reads out over the telephone. */
  synchronized String words(String name) {
    return words.getOrDefault(name, "");
  }

  /** Notes what an import made; the ids in the order of its lines. */
  synchronized List<String> imported(Outcome outcome) throws DemoFailure {
    List<String> made = new ArrayList<>();
    for (JsonNode record : outcome.json().path("records")) {
      made.add(record.asText());
    }
    records.addAll(made);
    return made;
  }

  /** Notes one record. */
  synchronized String recorded(Outcome outcome) throws DemoFailure {
    String record = outcome.text("record");
    records.add(record);
    return record;
  }

  /** Every record anybody made. */
  synchronized Set<String> records() {
    return records;
  }

  /** The records of which the server had acknowledged everything when it was killed. */
  synchronized Set<String> received() {
    return received;
  }

  /** Omar's telling of one morning in Baniyas. */
  synchronized String baniyas() {
    return baniyas;
  }

  synchronized void baniyas(String record) {
    baniyas = record;
  }

  /** The change by which Omar revised it. */
  synchronized String omarsEdit() {
    return omarsEdit;
  }

  synchronized void omarsEdit(String change) {
    omarsEdit = change;
  }

  /** Yara's telling of the same morning. */
  synchronized String baniyasByYara() {
    return baniyasByYara;
  }

  synchronized void baniyasByYara(String record) {
    baniyasByYara = record;
  }

  /** The published figures. */
  synchronized String coast() {
    return coast;
  }

  synchronized void coast(String record) {
    coast = record;
  }

  /** What several people do at the same time, on stores of their own. */
  void sideBySide(List<Lane> lanes) throws DemoFailure, IOException {
    new Lanes(narration).play(lanes);
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
