package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client and the real server over TLS, with a link between them that can be cut. */
final class LinkTest {

  private static final int REPORTS = 150;
  private static final int CUT_BYTES = 40_000;

  /** A small frame, a new TLS connection, the heads of a question and a push. */
  private static final int CUT_COST_BYTES_MAX = 12 * 1024;

  @TempDir private Path folder;
  private RunningServer server;
  private LoopbackLink link;
  private ServerInvitation invitation;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(ServerConfig.of(folder.resolve("server")).build());
    link = new LoopbackLink(server.url().getPort());
    invitation =
        ServerInvitation.decode(Files.readAllBytes(folder.resolve("server/server-invitation")));
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    server.close();
  }

  private Transport transport() {
    return OkHttpTransport.to(
        "https://127.0.0.1:" + link.port(), invitation.address().pin().map(Digest::bytes));
  }

  @Test
  void push_refusedBeforeItsEnd_leavesNoConnectionOpen() throws Exception {
    Request push =
        Request.of("POST", "/v1/spaces/" + "0".repeat(64) + "/push").streamed(HttpNames.STREAM);
    try (Transport transport = transport()) {
      for (int i = 0; i < 3; i++) {
        try (Exchange exchange = transport.open(push)) {
          assertThat(exchange.status()).isEqualTo(404);
        }
      }
    }
    assertThat(link.awaitClosed()).as("closed with the transport").isTrue();
    assertThat(link.connections()).isEqualTo(1);
  }

  private static void record(Device device, Random random) throws Exception {
    List<NewRecord> reports = new ArrayList<>();
    for (int i = 0; i < REPORTS; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 300) {
        text.append((char) ('!' + random.nextInt(90)));
      }
      reports.add(NewRecord.of(List.of(new Operation.Note(text.toString()))));
    }
    device.recordAll(reports);
  }

  private SyncResult sync(Device device) throws Exception {
    try (Transport transport = transport()) {
      return device.sync(transport, SyncListener.NONE);
    }
  }

  @Test
  void push_cutInTheMiddle_costsOneFrameAndWhatAConnectionCosts() throws Exception {
    Random random = new Random(1);
    Secret passphrase = Secret.take("three stones".getBytes(StandardCharsets.UTF_8));
    try (Device device =
        Cairn.createSpace(
            folder.resolve("desk"),
            passphrase,
            invitation.encode(),
            "Space",
            "Lina",
            Optional.empty(),
            profile -> {},
            OkHttpTransport::to)) {
      sync(device);
      record(device, random);
      long before = link.bytesUp();
      sync(device);
      long uncut = link.bytesUp() - before;

      record(device, random);
      before = link.bytesUp();
      link.cutAfter(CUT_BYTES);
      assertThatThrownBy(() -> sync(device)).isInstanceOf(TransportException.class);
      assertThat(link.awaitClosed()).isTrue();
      link.mend();
      SyncResult rest = sync(device);
      assertThat(rest.pushed()).isPositive();
      assertThat(rest.remaining()).isZero();
      long cut = link.bytesUp() - before;
      assertThat(uncut).isGreaterThan(CUT_BYTES + CUT_COST_BYTES_MAX);
      assertThat(cut - uncut).isLessThan(CUT_COST_BYTES_MAX);
    }
  }
}
