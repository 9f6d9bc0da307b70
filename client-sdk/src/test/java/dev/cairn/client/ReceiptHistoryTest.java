package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.check.FsckReport;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts against the one history that this device has seen. */
class ReceiptHistoryTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 41);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private static List<String> problems(Device device) throws Exception {
    return device.fsck().problems().stream().map(FsckReport.Problem::kind).toList();
  }

  @Test
  void receipt_ofAForkOfTheLog_isFoundByWhoHoldsTheLeaves() throws Exception {
    HonestLedger twin = Liars.twin(space.ledger);
    desk.record(TestSpace.note("where?"));
    space.close(desk);
    Map<Path, byte[]> files = new LinkedHashMap<>();
    for (String name : new String[] {"rows.db", "ring"}) {
      Path file = folder.resolve("desk").resolve(name);
      files.put(file, Files.readAllBytes(file));
    }
    phone.record(TestSpace.note("only there"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    desk = space.open("desk");
    desk.sync(LedgerTransport.to(twin), SyncListener.NONE);
    List<ReceiptRow> there = desk.holdings().store().read(ReceiptRow::readAll);
    space.close(desk);
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    desk = space.open("desk");
    for (int i = 0; i < 5; i++) {
      desk.record(TestSpace.note("here"));
    }
    space.sync(desk);
    assertThat(desk.fsck().problems()).isEmpty();
    assertThat(desk.fsck().checked()).containsEntry("receipts_unproven", 0L);

    desk.holdings().store().change(rows -> there.get(there.size() - 1).append(rows));

    assertThat(problems(desk)).containsExactly("receipt.other-log");
  }

  @Test
  void receipts_ofAPhone_areSaidToBeUnproven() throws Exception {
    phone.record(TestSpace.note("first"));
    space.sync(phone);
    phone.record(TestSpace.note("second"));
    space.sync(phone);

    assertThat(phone.fsck().problems()).isEmpty();
    assertThat(phone.fsck().checked().get("receipts_unproven")).isPositive();
  }

  @Test
  void log_forgotten_isCorruptAndKnownAgainByReceipts() throws Exception {
    long seen = phone.holdings().log().size();
    phone.holdings().store().change(Fact.LOG::delete);
    space.close(phone);
    phone = space.open("phone");

    assertThat(problems(phone)).containsExactly("store.corrupt");
    assertThat(phone.holdings().log().size()).isEqualTo(seen);
    assertThat(space.sync(phone).remaining()).isZero();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void log_olderThanReceipts_isMissed() throws Exception {
    byte[] older = phone.holdings().store().read(Fact.LOG::get);
    phone.record(TestSpace.note("later"));
    space.sync(phone);
    phone.holdings().store().change(rows -> Fact.LOG.put(rows, older));
    space.close(phone);
    phone = space.open("phone");

    assertThat(problems(phone)).contains("log.forgotten");
  }

  @Test
  void lie_takenAway_isMissed() throws Exception {
    phone.holdings().store().change(rows -> Fact.LIE.put(rows, new byte[] {1}));
    List<String> with = lieRows();
    phone.holdings().store().change(Fact.LIE::delete);
    assertThat(phone.fsck().problems()).isEmpty();
    phone.holdings().store().change(rows -> Fact.LIE.put(rows, new byte[] {1}));
    assertThat(problems(phone)).containsExactly("server.lies");
    space.close(phone);

    with.forEach(this::delete);

    phone = space.open("phone");
    assertThat(phone.serverLied()).isFalse();
    assertThat(problems(phone)).containsExactly("rows.altered");
  }

  /** The only row of a standing fact that was not there before. */
  private List<String> lieRows() throws Exception {
    List<String> now = facts();
    phone.holdings().store().change(Fact.LIE::delete);
    now.removeAll(facts());
    assertThat(now).hasSize(1);
    return now;
  }

  private List<String> facts() throws Exception {
    List<String> keys = new ArrayList<>();
    space.close(phone);
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT hex(key) FROM row_value WHERE tbl = 1")) {
      while (all.next()) {
        keys.add(all.getString(1));
      }
    }
    phone = space.open("phone");
    return keys;
  }

  private void delete(String key) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM row_value WHERE tbl = 1 AND hex(key) = '" + key + "'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("phone").resolve("rows.db"));
  }
}
