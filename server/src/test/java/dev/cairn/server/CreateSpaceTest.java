package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.limits.ServerLimits;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a space begins, over TLS and HTTP/2. */
class CreateSpaceTest {

  @TempDir Path parent;
  private TestServer server;
  private TestClient client;
  private TestSpace space;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(parent.resolve("data"), true);
    client = new TestClient(server);
    space = new TestSpace(1, server.invitation());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> create(TestSpace what) throws Exception {
    return client.create(what, server.invitation().spaceCode().expose());
  }

  @Test
  void create_firstStatements_receiptsForLeavesFromZero() throws Exception {
    ReceiptChecker checked =
        new ReceiptChecker(
            space,
            TestClient.read(space.id, create(space)),
            ServerFixture.leaves(space.founding.statements().toArray()));
    assertThat(checked.positions).containsExactly(0L, 1L, 2L);
  }

  @Test
  void create_again_sameReceipts() throws Exception {
    create(space);
    ReceiptChecker checked =
        new ReceiptChecker(
            space,
            TestClient.read(space.id, create(space)),
            ServerFixture.leaves(space.founding.statements().toArray()));
    assertThat(checked.positions).containsExactly(0L, 1L, 2L);
  }

  @Test
  void create_secondSpaceWithUsedCode_refused() throws Exception {
    create(space);
    HttpResponse<byte[]> response = create(new TestSpace(2, server.invitation()));
    assertThat(ServerFixture.code(response)).isEqualTo("space.code-unknown");
  }

  private byte[] founding(int statements) {
    List<Object> parts = new ArrayList<>(space.founding.statements());
    while (parts.size() < statements) {
      SigningKey oneTime = SigningKey.generate(space.randomness);
      parts.add(space.add(space.invite(oneTime, Role.REPORTER, 1, TestSpace.LATER_SECONDS)));
    }
    return TestSpace.joined(TestSpace.entries(parts.toArray()));
  }

  private byte[] code() throws Exception {
    return server.invitation().spaceCode().expose();
  }

  @Test
  void create_againWithAnotherCode_refused() throws Exception {
    create(space);
    assertThat(ServerFixture.code(client.create(space, new byte[16])))
        .isEqualTo("space.code-unknown");
  }

  @Test
  void create_againWithMoreStatements_refused() throws Exception {
    create(space);
    assertThat(ServerFixture.code(client.create(founding(4), code()))).isEqualTo("space.invalid");
  }

  @Test
  void create_againAfterTheCodeExpired_sameReceipts() throws Exception {
    create(space);
    server.clock.advance(Duration.ofHours(25));
    assertThat(create(space).statusCode()).isEqualTo(201);
  }

  @Test
  void create_mostStatements_created() throws Exception {
    byte[] body = founding(ServerLimits.SPACE_STATEMENTS_MAX);
    assertThat(client.create(body, code()).statusCode()).isEqualTo(201);
  }

  @Test
  void create_oneStatementTooMany_refused() throws Exception {
    byte[] body = founding(ServerLimits.SPACE_STATEMENTS_MAX + 1);
    assertThat(ServerFixture.code(client.create(body, code()))).isEqualTo("space.invalid");
  }

  @ParameterizedTest
  @CsvSource({"0, request.malformed", "1, request.too-large"})
  void create_bodyAtItsLimit_readWholeAndNoByteMore(int more, String refusal) throws Exception {
    byte[] body = new byte[Limits.MOVE_BYTES_MAX + more];
    assertThat(ServerFixture.code(client.create(body, code()))).isEqualTo(refusal);
  }

  @Test
  void start_onFolderOpenToOthers_closesIt() throws Exception {
    server.close();
    Path keys = server.directory.resolve("keys");
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
    for (Path each : List.of(server.directory, keys, keys.resolve("mac.key"))) {
      Files.setPosixFilePermissions(each, open);
    }
    server.start();
    assertThat(modes(server.directory, keys)).containsOnly("rwx------");
    assertThat(modes(keys.resolve("mac.key"))).containsOnly("rw-------");
  }

  @Test
  void firstStart_ledger_isForItsOwnerOnly() throws Exception {
    Path data = server.directory;
    assertThat(modes(data.resolve("ledger.sqlite"), data.resolve("ledger.sqlite-wal")))
        .containsOnly("rw-------");
  }

  private static List<String> modes(Path... paths) throws Exception {
    List<String> modes = new ArrayList<>();
    for (Path path : paths) {
      modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
    return modes;
  }

  @Test
  void create_unknownCode_refused() throws Exception {
    HttpResponse<byte[]> response = client.create(space, new byte[16]);
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void create_expiredCode_refused() throws Exception {
    server.clock.advance(Duration.ofHours(24));
    assertThat(ServerFixture.code(create(space))).isEqualTo("space.code-expired");
  }

  @Test
  void create_genesisForOtherServer_refused() throws Exception {
    try (TestServer other = new TestServer(parent.resolve("other"), false)) {
      HttpResponse<byte[]> response = create(new TestSpace(2, other.invitation()));
      assertThat(ServerFixture.code(response)).isEqualTo("space.invalid");
    }
  }

  @Test
  void everyAnswer_evenARefusal_carriesANonce() throws Exception {
    assertThat(client.create(space, new byte[16]).headers().firstValue(HttpNames.NONCE))
        .isPresent();
  }

  @Test
  void answer_overTls_isHttp2() throws Exception {
    assertThat(create(space).version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
  }

  @Test
  void firstStart_files_areForTheirOwnerOnly() throws Exception {
    Path data = server.directory;
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    for (String file : new String[] {"server-invitation", "keys/tls.key.pem", "keys/mac.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void restart_keepsPinLogAndCode() throws Exception {
    byte[] before = server.invitation().encode();
    byte[] pin = server.invitation().address().pin().orElseThrow().bytes();
    server.restart();
    assertThat(server.invitation().address().pin().orElseThrow().bytes()).isEqualTo(pin);
    assertThat(before).isNotEmpty();
  }

  @Test
  void secondServer_onSameDirectory_busy() {
    ServerConfig config = ServerConfig.of(server.directory).build();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Server.start(config))
        .isInstanceOf(dev.cairn.server.directory.StoreBusyException.class);
  }
}
