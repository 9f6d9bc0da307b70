package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk whose link dies of attached files confirms what came before them. */
final class DeskFetchTest {

  private static final int LARGE_BYTES = 1_200_000;

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static Device desk;
  private static Device phone;
  private static List<String> afterNoFile;
  private static List<String> afterTheSmallFile;
  private static SyncResult whole;
  private static List<String> afterAll;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    space.sync("desk", "phone");
    desk = space.open("desk");
    phone = space.open("phone");
    record("no file", 0);
    record("large", LARGE_BYTES);
    record("small", 1000);
    sync(phone);
    syncDeskUntilItDies(0);
    syncDeskUntilItDies(0);
    afterNoFile = states();
    syncDeskUntilItDies(1);
    afterTheSmallFile = states();
    try (Transport link = link(desk)) {
      whole = Desk.over(desk).sync(link, SyncListener.NONE);
    }
    afterAll = states();
  }

  @AfterAll
  static void end() {
    if (desk != null) {
      desk.close();
    }
    if (phone != null) {
      phone.close();
    }
    space.close();
  }

  private static void record(String text, int fileBytes) throws Exception {
    RecordId record = phone.record(NewRecord.of(List.of(new Operation.Note(text))));
    if (fileBytes > 0) {
      byte[] content = new byte[fileBytes];
      new Random(fileBytes).nextBytes(content);
      ByteArrayInputStream in = new ByteArrayInputStream(content);
      phone.attach(record, in, "a", "image/jpeg", CaptureMetadata.NONE);
    }
  }

  private static Transport link(Device device) {
    return OkHttpTransport.to(
        device.profile().server().text(), device.profile().server().pin().map(Digest::bytes));
  }

  private static SyncResult sync(Device device) throws Exception {
    try (Transport link = link(device)) {
      return device.sync(link, SyncListener.NONE);
    }
  }

  /** A link that dies when more than so many files are asked for. */
  private static final class Frail implements Transport {
    private final Transport link;
    private int filesLeft;

    Frail(Transport link, int files) {
      this.link = link;
      this.filesLeft = files;
    }

    @Override
    public Exchange open(Request request) throws TransportException {
      if (request.target().contains("/attachments/") && filesLeft-- <= 0) {
        throw new TransportException(
            TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
      }
      return link.open(request);
    }

    @Override
    public Traffic traffic() {
      return link.traffic();
    }

    @Override
    public void close() {
      link.close();
    }
  }

  private static void syncDeskUntilItDies(int files) {
    try (Transport link = new Frail(link(desk), files)) {
      assertThatThrownBy(() -> Desk.over(desk).sync(link, SyncListener.NONE))
          .isInstanceOf(TransportException.class);
    }
  }

  private static List<String> states() throws Exception {
    sync(phone);
    List<String> states = new ArrayList<>();
    for (ReportStatus status : phone.list()) {
      states.add(status.state().word());
    }
    return states;
  }

  @Test
  void linkThatDiesOfEveryFile_carriesTheWordAboutTheRestTheNextTime() {
    assertThat(afterNoFile).containsExactly("confirmed", "received", "received");
  }

  @Test
  void linkThatDiesOfTheLargeFile_hasCarriedTheSmallAndTheWordAboutIt() {
    assertThat(afterTheSmallFile).containsExactly("confirmed", "received", "confirmed");
  }

  @Test
  void linkThatHolds_bringsAllAndConfirmsAll() {
    assertThat(whole.attachments()).isEmpty();
    assertThat(whole.bytesDown()).isGreaterThan(LARGE_BYTES);
    assertThat(afterAll).containsExactly("confirmed", "confirmed", "confirmed");
  }
}
