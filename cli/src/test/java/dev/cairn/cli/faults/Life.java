package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.cli.CairnProcess;
import dev.cairn.cli.CommandRun;
import dev.cairn.client.Device;
import dev.cairn.client.Told;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A copy of a ready space that lives through one fault, or many one after another; what was
 * acknowledged in it is compared with what is there after each, and all of it at the end.
 */
final class Life {

  private final ReadySpace ready;
  private final Path folder;
  private final Set<String> recorded = new TreeSet<>(ReadySpace.CONFIRMED);

  Life(ReadySpace ready, Path folder) throws IOException {
    this.ready = ready;
    this.folder = Files.createDirectory(folder);
    ready.copy(folder);
  }

  Path server() {
    return folder.resolve(ReadySpace.SERVER);
  }

  Path phone() {
    return folder.resolve(ReadySpace.PHONE);
  }

  Path desk() {
    return folder.resolve(ReadySpace.DESK);
  }

  Path folder() {
    return folder;
  }

  /** The server of this process, where the stores look for it. */
  RunningServer serve() throws Exception {
    return ready.serve(server(), ready.port());
  }

  /** Something done while a server runs. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Does something while the server of this process runs. */
  void whileServing(Work work) throws Exception {
    RunningServer server = serve();
    try {
      work.run();
    } finally {
      server.close();
    }
  }

  Transport transport() {
    return ready.transport(ready.port());
  }

  /** Names of reports that belong to a fault. */
  static List<String> names(String fault, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(fault + "." + i);
    }
    return names;
  }

  /** Reports that the phone was told to be recorded; every one has to be at the desk in the end. */
  List<String> expect(List<String> names) {
    recorded.addAll(names);
    return names;
  }

  /** Records on the phone. */
  void record(List<String> names) throws Exception {
    try (Device phone = ready.open(phone())) {
      ReadySpace.record(phone, names);
    }
    expect(names);
  }

  /** Syncs a store, and tells how that came out. */
  String attempt(Path store) throws Exception {
    try (Transport transport = transport();
        Device device = ready.open(store)) {
      return ReadySpace.outcome(device, transport);
    }
  }

  /** Syncs a store over a link without faults. */
  void sync(Path store) throws Exception {
    try (Transport transport = transport();
        Device device = ready.open(store)) {
      assertThat(ReadySpace.sync(device, transport).remaining()).isZero();
    }
  }

  /** The labels of the phone's reports, oldest first. */
  List<String> labels() throws Exception {
    try (Device phone = ready.open(phone())) {
      List<String> labels = new ArrayList<>();
      for (ReportStatus report : phone.list()) {
        labels.add(report.label().orElseThrow());
      }
      return labels;
    }
  }

  /** What the phone holds to be received. */
  Told told() throws Exception {
    try (Device phone = ready.open(phone())) {
      return Told.of(phone);
    }
  }

  /** Compares what the phone was told with what the server has; the server may run. */
  void account(Tally tally) throws Exception {
    try (Device phone = ready.open(phone())) {
      account(phone, tally);
    }
  }

  /** The same of an open store. */
  void account(Device phone, Tally tally) throws Exception {
    Told told = Told.of(phone);
    List<ChangeId> there = Ledger.of(server(), phone.profile().device());
    Set<ChangeId> distinct = new HashSet<>(there);
    Set<ChangeId> never = new HashSet<>(distinct);
    never.removeAll(told.own());
    long found = told.acknowledged().stream().filter(distinct::contains).count();
    tally.account(told.acknowledged().size(), found, there.size() - distinct.size() + never.size());
  }

  /** After a sync without faults: all that the phone wrote is received, and there once. */
  void assertOnce(Device phone) throws Exception {
    Told told = Told.of(phone);
    assertThat(told.acknowledged()).isEqualTo(told.own());
    assertThat(Ledger.of(server(), phone.profile().device())).isEqualTo(told.own());
  }

  /** Everything that was recorded is everywhere, once; every store is whole. */
  void finish() throws Exception {
    whileServing(this::finishWith);
    assertWhole(server());
    JsonNode state = run("state", server()).json();
    assertThat(state.path("set_digest")).isEqualTo(run("state", desk()).json().path("set_digest"));
    assertThat(state.path("forks").asInt()).isZero();
  }

  /** The same while a server runs, whose own folder is not looked into. */
  private void finishWith() throws Exception {
    sync(phone());
    assertAtDesk();
    sync(phone());
    try (Device phone = ready.open(phone())) {
      List<String> labels = new ArrayList<>();
      for (ReportStatus report : phone.list()) {
        labels.add(report.label().orElseThrow());
        assertThat(report.state())
            .as(labels.toString())
            .isIn(ReportState.CONFIRMED, ReportState.SENT_BACK);
      }
      assertThat(labels).containsExactlyInAnyOrderElementsOf(recorded);
      assertThat(phone.fsck().problems()).isEmpty();
      assertOnce(phone);
    }
  }

  /** Every report that was recorded has come to the desk, once. */
  void assertAtDesk() throws Exception {
    try (Transport transport = transport();
        Device desk = ready.open(desk())) {
      ReadySpace.sync(desk, transport);
      assertThat(codes(Desk.over(desk))).containsExactlyInAnyOrderElementsOf(recorded);
      assertThat(desk.fsck().problems()).isEmpty();
    }
  }

  private static List<String> codes(Desk desk) throws Exception {
    List<String> codes = new ArrayList<>();
    for (RecordState report : desk.reports()) {
      codes.add(((CborValue.Text) report.shown(Field.of(KnownField.CODE)).orElseThrow()).value());
    }
    return codes;
  }

  /** The words that start the server in a process of its own. */
  List<String> serveWords() {
    return CairnProcess.words(
        "serve",
        "--data",
        server().toString(),
        "--listen",
        "127.0.0.1:" + ready.port(),
        "--tls",
        ready.tls());
  }

  /** Makes room for the next. */
  void remove() {
    ReadySpace.remove(folder);
  }

  /** A check of a store finds nothing. */
  void assertWhole(Path store) {
    CommandRun check = run("fsck", store);
    assertThat(check.exit()).as(check.stdout() + check.stderr()).isZero();
  }

  /** A command on a store, in this process. */
  private CommandRun run(String command, Path store) {
    return CommandRun.of(
        command, "--data", store.toString(), "--passphrase-file", ready.passphraseFile(), "--json");
  }
}
