package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.Table;
import dev.cairn.client.store.WrittenRows;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reporter's phone in the hands of somebody who has its passphrase, every row that was ever
 * written to its disk, and every file: who else reports, and how many, is nowhere to be found.
 */
class OpenedByForceTest {

  private static final String SPACE_NAME = "Watch of the cedars";
  private static final String CIRCLE_NAME = "Team of the olives";

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private WrittenRows written;
  private final List<Device> others = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 71);
    desk = space.owner("desk", Optional.empty(), SPACE_NAME);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private StoreDrivers watching(WrittenRows rows) {
    return new StoreDrivers() {
      @Override
      public RowStore rows(StoreFolder at) throws CairnException {
        return rows.over(SQLITE.rows(at));
      }

      @Override
      public void begin(StoreFolder at, Secret master, Randomness randomness)
          throws CairnException {
        SQLITE.begin(at, master, randomness);
      }

      @Override
      public DestructibleKeys keys(StoreFolder at, Secret master, Randomness randomness)
          throws CairnException {
        return SQLITE.keys(at, master, randomness);
      }
    };
  }

  /** What happens to a phone in months: everything but being let into a circle of reporters. */
  private void months(int reporters) throws Exception {
    Device second = space.coordinator(desk, "second");
    written = new WrittenRows();
    space.drivers(watching(written));
    phone = space.reporter(desk, "phone");
    space.drivers(StoreDrivers.SQLITE);
    space.sync(phone);
    for (int i = 0; i < reporters; i++) {
      Device other = space.reporter(desk, "other" + i);
      other.record(TestSpace.note("from another"));
      space.sync(other);
      others.add(other);
    }
    space.sync(desk);
    team();
    desk.confirmDevice(others.get(0).profile().device());
    desk.confirmDevice(phone.profile().device());
    space.sync(desk);
    RecordId record = phone.record(TestSpace.note("mine"));
    space.sync(phone);
    space.sync(second);
    ask(record);
    Sticks.into(phone, Sticks.from(others.get(1)));
    Encounter.of(phone, others.get(0)).run();
    Encounter.of(others.get(1), phone).run();
    Encounter.of(phone, desk).run();
    desk.suspend(others.get(1).profile().device());
    desk.rekey(desk.roster().desk().orElseThrow());
    space.sync(desk);
    Sticks.into(phone, Sticks.from(desk));
    space.sync(phone);
    space.sync(phone);
    phone.exportBundle(new ByteArrayOutputStream(), Long.MAX_VALUE);
  }

  private void team() throws Exception {
    CircleId circle = CircleId.of(space.host.randomness().bytes(CircleId.SIZE_BYTES));
    List<DeviceId> members = new ArrayList<>();
    members.add(desk.profile().device());
    others.forEach(other -> members.add(other.profile().device()));
    desk.addStatement(
        new RosterWriter(desk.roster(), space.host.randomness())
            .epoch(circle, CIRCLE_NAME, members, desk.holdings().identity().signingKey())
            .statement());
  }

  private void ask(RecordId record) throws Exception {
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(desk);
    desk.write(
        WriteRequest.to(
                record, RecordKind.INCIDENT.code(), List.of(first), List.of(new Operation.Ask("?")))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
    space.sync(desk);
    space.sync(phone);
  }

  /** What must not be found, and what it is. */
  private Map<String, byte[]> secrets() {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("the space's name", utf8(SPACE_NAME));
    secrets.put("a circle's name", utf8(CIRCLE_NAME));
    for (int i = 0; i < others.size(); i++) {
      byte[] id = others.get(i).profile().device().bytes();
      secrets.put("id of " + i, id);
      secrets.put("id in letters of " + i, utf8(Hex.encode(id)));
      secrets.put(
          "key of " + i, others.get(i).holdings().identity().keys().encryptionKey().bytes());
      secrets.put("pseudonym of " + i, utf8("Member other" + i));
    }
    return secrets;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<byte[]> everythingReadable() throws Exception {
    List<byte[]> all = new ArrayList<>(written.opened(TestSpace.master("phone")));
    all.addAll(written.sealed());
    for (KeyName name : phone.holdings().keys().names()) {
      all.add(name.bytes());
    }
    try (Stream<Path> files = Files.walk(folder.resolve("phone"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    for (DeviceInfo info : phone.devices()) {
      info.pseudonym().ifPresent(name -> all.add(utf8(name)));
    }
    phone.circles().forEach(circle -> circle.name().ifPresent(name -> all.add(utf8(name))));
    return all;
  }

  private static List<String> found(Map<String, byte[]> sought, List<byte[]> places) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : sought.entrySet()) {
      String needle = new String(one.getValue(), StandardCharsets.ISO_8859_1);
      if (places.stream()
          .anyMatch(place -> new String(place, StandardCharsets.ISO_8859_1).contains(needle))) {
        found.add(one.getKey());
      }
    }
    return found;
  }

  @Test
  void phone_tellsOfNoOtherReporterAndNoName() throws Exception {
    months(3);

    List<byte[]> all = everythingReadable();

    assertThat(found(secrets(), all)).isEmpty();
    assertThat(
            found(
                Map.of(
                    "its own id", phone.profile().device().bytes(),
                    "its own pseudonym", utf8("Member phone"),
                    "a coordinator's id", desk.profile().device().bytes()),
                all))
        .as("what it does hold is found, so the search can fail")
        .hasSize(3);
    assertThat(phone.devices())
        .extracting(DeviceInfo::role)
        .containsExactlyInAnyOrder(Role.OWNER, Role.COORDINATOR, Role.REPORTER);
  }

  @Test
  void phone_ofManyReporters_holdsWhatAPhoneOfFewHolds() throws Exception {
    months(2);
    Map<Table, Long> few = rows();
    space.close();
    others.clear();
    space = new TestSpace(folder.resolve("larger"), 72);
    Files.createDirectories(folder.resolve("larger"));
    desk = space.owner("desk", Optional.empty(), SPACE_NAME);

    months(6);

    assertThat(rows()).isEqualTo(few);
  }

  private Map<Table, Long> rows() throws CairnException, IOException {
    Map<Table, Long> counts = new LinkedHashMap<>();
    for (Table table : Table.values()) {
      counts.put(table, phone.holdings().store().read(rows -> rows.count(table)));
    }
    return counts;
  }

  @Test
  void phone_thatReadsWithATeam_holdsTheRoster() throws Exception {
    phone = space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT);
    others.add(space.reporter(desk, "other0"));
    space.sync(phone);
    space.sync(others.get(0));
    space.sync(desk);
    others.add(phone);
    team();
    space.sync(desk);
    space.sync(phone);

    assertThat(phone.roster().device(others.get(0).profile().device())).isPresent();
  }
}
