package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two desks, the second says what the first did not say, and nothing that it did. */
final class SecondDeskTest {

  private static final SyncListener WITHOUT_FILES =
      new SyncListener() {
        @Override
        public boolean maySendAttachments() {
          return false;
        }
      };

  @TempDir private static Path folder;
  private static RunningServer server;
  private static StoresUnderOneKey stores;
  private static Transport link;
  private static Device first;
  private static Device second;
  private static Device phone;

  @BeforeAll
  static void begin() throws Exception {
    server = Server.start(ServerConfig.of(folder.resolve("server")).tls(false).build());
    link = OkHttpTransport.to(server.url().toString(), Optional.empty());
    stores = new StoresUnderOneKey(folder, CommandSpace.PASSPHRASE);
    byte[] invitation = Files.readAllBytes(folder.resolve("server/server-invitation"));
    first = stores.found(folder.resolve("first"), invitation, "First");
    sync(first);
    second = stores.join(first, folder.resolve("second"), Role.COORDINATOR, "Second");
    phone = stores.join(first, folder.resolve("phone"), Role.REPORTER, "Phone");
    sync(first);
    sync(second);
    sync(first);
    first.confirmDevice(second.profile().device());
    sync(first);
    sync(second);
    phone.sync(link, SyncListener.NONE);
  }

  @AfterAll
  static void end() {
    first.close();
    second.close();
    phone.close();
    link.close();
    server.close();
  }

  private static void sync(Device desk) throws Exception {
    Desk.over(desk).sync(link, SyncListener.NONE);
  }

  /** After the phone has synced. */
  private static String state(RecordId record) throws Exception {
    phone.sync(link, SyncListener.NONE);
    return phone.list().stream()
        .filter(status -> status.record().equals(record))
        .map(status -> status.state().word())
        .findFirst()
        .orElseThrow();
  }

  /** A report whose file has not gone yet. */
  private static RecordId recordWithAFile() throws Exception {
    RecordId record = phone.record(NewRecord.of(List.of(new Operation.Note("seen"))));
    ByteArrayInputStream content = new ByteArrayInputStream(new byte[1000]);
    phone.attach(record, content, "a", "image/jpeg", CaptureMetadata.NONE);
    phone.sync(link, WITHOUT_FILES);
    return record;
  }

  /** The first may never sync again: its author would keep what is safe, and be seized with it. */
  @Test
  void change_thatOnlyTheFirstDeskListed_isConfirmedByTheSecond() throws Exception {
    RecordId record = recordWithAFile();
    sync(first);
    String before = state(record);
    sync(second);
    assertThat(List.of(before, state(record))).containsExactly("received", "confirmed");
  }

  /** Else two desks would repeat each other for every report. */
  @Test
  void change_thatTheFirstDeskOpened_isNotConfirmedAgainByTheSecond() throws Exception {
    recordWithAFile();
    phone.sync(link, SyncListener.NONE);
    sync(first);
    assertThat(Desk.over(second).sync(link, SyncListener.NONE).pushed()).isZero();
  }

  /** The second has not seen it: it says nothing of what another circle alone may read. */
  @Test
  void change_thatTheSecondDeskMayNotRead_isConfirmedByTheFirst() throws Exception {
    byte[] name = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(name, (byte) 7);
    CircleId court = CircleId.of(name);
    stores.openCircle(
        first, court, "court", List.of(first.profile().device(), phone.profile().device()));
    sync(first);
    phone.sync(link, SyncListener.NONE);
    RecordId record =
        phone.record(
            NewRecord.of(List.of(new Operation.Note("for the court"))).circles(List.of(court)));
    phone.record(NewRecord.of(List.of(new Operation.Note("for the desks"))));
    phone.sync(link, SyncListener.NONE);
    sync(second);
    String before = state(record);
    sync(first);
    assertThat(List.of(before, state(record))).containsExactly("received", "confirmed");
  }
}
