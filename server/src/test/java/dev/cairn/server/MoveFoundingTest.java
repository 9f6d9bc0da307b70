package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Move;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementContent;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.limits.ServerLimits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a server takes of a space that is led to it, and how little of a new one. */
class MoveFoundingTest {

  @TempDir Path parent;
  private final Random random = new Random(3);
  private final Randomness randomness = random::nextBytes;
  private final TestDevice lost = new TestDevice(randomness);
  private final TestDevice heir = new TestDevice(randomness);
  private final RecoverySecret secret = RecoverySecret.generate(randomness);
  private TestServer server;
  private TestClient client;
  private ServerInvitation here;
  private Founding founding;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(parent.resolve("data"), false);
    client = new TestClient(server, java.net.http.HttpClient.Version.HTTP_1_1);
    here = server.invitation();
    founding =
        Founding.create(
            lost.key,
            lost.encryptionKey.publicKey(),
            log(0),
            EncryptionKey.generate(randomness).publicKey(),
            "Burnt",
            "Lost",
            secret.publicKeys(),
            randomness);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LogKey log(int number) {
    return new LogKey(
        new LogOrigin("burnt/" + number), SigningKey.generate(randomness).verifyingKey());
  }

  private RosterWriter writer() {
    return new RosterWriter(RosterState.fold(founding.space(), founding.statements()), randomness);
  }

  private Statement sign(StatementContent content, SigningKey key) {
    return writer().sign(content, key);
  }

  /** Puts the heir in place, and lists that so many statements of the lost owner stand. */
  private Statement replacement(int standing) {
    List<StatementId> ids = new ArrayList<>();
    for (int i = 0; i < standing; i++) {
      ids.add(StatementId.of(randomness.bytes(StatementId.SIZE_BYTES)));
    }
    ids.sort(null);
    return writer()
        .replacement(
            secret.signingKey(),
            heir.key,
            heir.encryptionKey.publicKey(),
            List.of(new Suspension(lost.id, List.of(), ids)),
            "Heir");
  }

  private Statement generation(int number, LogKey log) {
    return sign(new Generation(number, log, number - 1, 0, CompactTree.empty().root()), heir.key);
  }

  private Statement move() {
    return sign(new Move(here.address(), here.log(), here.bundleKey(), List.of()), heir.key);
  }

  /** Leads the space here with so many statements. */
  private List<Statement> moved(int count, Statement replacement) {
    List<Statement> statements = new ArrayList<>();
    statements.add(founding.genesis());
    statements.add(replacement);
    int generations = count - 3;
    for (int number = 1; number < generations; number++) {
      statements.add(generation(number, log(number)));
    }
    statements.add(generation(generations, here.log()));
    statements.add(move());
    assertThat(statements).hasSize(count);
    return statements;
  }

  private HttpResponse<byte[]> found(List<Statement> statements) throws Exception {
    return client.create(
        TestSpace.joined(TestSpace.entries(statements.toArray())), here.spaceCode().expose());
  }

  private void isFounded(List<Statement> statements) throws Exception {
    HttpResponse<byte[]> answer = found(statements);
    assertThat(answer.statusCode()).isEqualTo(201);
    int proven = 0;
    for (Entry entry : TestClient.read(founding.space(), answer)) {
      if (entry instanceof Entry.OfReceipt given) {
        Receipt receipt = Receipt.decode(given.receipt().bytes());
        int count = (int) receipt.proof().count();
        receipt.verify(
            ServerFixture.leaves(statements.subList(proven, proven + count).toArray()), here.log());
        proven += count;
      }
    }
    assertThat(proven).isEqualTo(statements.size());
  }

  private void isRefused(List<Statement> statements) throws Exception {
    assertThat(ServerFixture.code(found(statements))).isEqualTo("space.invalid");
  }

  @Test
  void moveAfterARecovery_thatListsAllALostOwnerSigned_founds() throws Exception {
    Statement replacement = replacement(Limits.STANDING_STATEMENTS_MAX);
    assertThat(replacement.encode().length).isGreaterThan(ServerLimits.SPACE_BYTES_MAX);
    isFounded(moved(4, replacement));
  }

  @Test
  void moveAfterManyGenerations_founds() throws Exception {
    isFounded(moved(Limits.MOVE_STATEMENTS_MAX, replacement(0)));
  }

  @Test
  void moveOfOneStatementMore_isRefused() throws Exception {
    isRefused(moved(Limits.MOVE_STATEMENTS_MAX + 1, replacement(0)));
  }

  /** A new space of so many bytes, or a little less: what it holds is not looked at before. */
  private List<Statement> newSpace(int bytes) {
    Founding fresh =
        Founding.create(
            lost.key,
            lost.encryptionKey.publicKey(),
            here.log(),
            here.bundleKey(),
            "New",
            "Owner",
            null,
            randomness);
    founding = fresh;
    List<Statement> statements = new ArrayList<>(fresh.statements());
    DeviceId nobody = new TestDevice(randomness).id;
    int room = bytes - TestSpace.joined(TestSpace.entries(statements.toArray())).length - 300;
    List<StatementId> ids = new ArrayList<>();
    for (int i = 0; i < room / 34; i++) {
      ids.add(StatementId.of(randomness.bytes(StatementId.SIZE_BYTES)));
    }
    ids.sort(null);
    statements.add(sign(new Suspension(nobody, List.of(), ids), lost.key));
    return statements;
  }

  @Test
  void newSpace_ofAsManyBytesAsItMayHave_isFounded() throws Exception {
    List<Statement> statements = newSpace(ServerLimits.SPACE_BYTES_MAX);
    int bytes = TestSpace.joined(TestSpace.entries(statements.toArray())).length;
    assertThat(bytes).isBetween(ServerLimits.SPACE_BYTES_MAX - 200, ServerLimits.SPACE_BYTES_MAX);
    isFounded(statements);
  }

  @Test
  void newSpace_ofMoreBytes_isRefused() throws Exception {
    isRefused(newSpace(ServerLimits.SPACE_BYTES_MAX + 400));
  }

  /** What says that it is a move is not therefore one. */
  @Test
  void newSpace_withAMoveBesideTooManyStatements_isRefused() throws Exception {
    List<Statement> statements = newSpace(0);
    while (statements.size() < ServerLimits.SPACE_STATEMENTS_MAX) {
      statements.add(sign(new Suspension(heir.id, List.of(), List.of()), lost.key));
    }
    statements.add(
        sign(new Move(here.address(), here.log(), here.bundleKey(), List.of()), lost.key));
    isRefused(statements);
  }

  @Test
  void newSpace_withAMove_isFounded() throws Exception {
    List<Statement> statements = newSpace(0);
    statements.add(
        sign(new Move(here.address(), here.log(), here.bundleKey(), List.of()), lost.key));
    isFounded(statements);
  }
}
