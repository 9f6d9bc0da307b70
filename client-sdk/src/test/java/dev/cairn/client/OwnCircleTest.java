package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.HeldChange;
import dev.cairn.client.held.OwnEpochs;
import dev.cairn.client.report.Question;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.SessionOpening;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a device's own circle: renewed, destroyed, lost, and copied with the store. */
class OwnCircleTest {

  private static final Duration MONTH = Duration.ofMillis(Limits.OWN_EPOCH_AGE_MILLIS_MAX);
  private static final Duration MOMENT = Duration.ofMillis(1);

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private RecordId record;
  private ChangeId first;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 61);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    record = phone.record(TestSpace.note("first"));
    first = phone.show(record).changeIds().get(0);
    exchange();
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void exchange() throws Exception {
    space.sync(phone);
    space.sync(desk);
    space.sync(phone);
  }

  private CircleId own() {
    return Circles.device(phone.profile().device());
  }

  private List<EpochState> epochs() {
    return phone.roster().circle(own()).orElseThrow().epochs();
  }

  private List<EpochId> current() {
    return epochs().stream()
        .filter(EpochState::isCurrent)
        .map(EpochState::id)
        .collect(Collectors.toList());
  }

  private void ask(Device coordinator, String question) throws Exception {
    coordinator.write(
        WriteRequest.to(
                record,
                RecordKind.INCIDENT.code(),
                List.of(first),
                List.of(new Operation.Ask(question)))
            .circles(List.of(coordinator.roster().desk().orElseThrow(), own())));
    space.sync(coordinator);
  }

  private List<String> questions() throws Exception {
    return phone.show(record).questions().stream().map(Question::ask).collect(Collectors.toList());
  }

  /** Of what coordinators told this phone, how much its store still has the keys of. */
  private long opened() throws Exception {
    long opened = 0;
    for (HeldChange held : TestSpace.held(desk)) {
      Change change = held.change();
      if (!change.opensSession() && change.prefix().audience().circles().contains(own())) {
        opened +=
            phone
                .holdings()
                .store()
                .read(rows -> phone.holdings().sessions().keys(rows, change).isPresent() ? 1 : 0);
      }
    }
    return opened;
  }

  @Test
  void key_isRenewedAfterAMonthAndNotBefore() throws Exception {
    List<EpochId> before = current();
    space.pass(MONTH.minus(MOMENT));
    exchange();
    assertThat(current()).isEqualTo(before);

    space.pass(MOMENT);
    exchange();

    assertThat(current()).hasSize(1).isNotEqualTo(before);
    assertThat(desk.roster().writingKey(own()).orElseThrow().epoch()).isEqualTo(current().get(0));
    ask(desk, "under the new key");
    exchange();
    assertThat(questions()).containsExactly("under the new key");
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void oldKey_staysAMonthAfterItsSuccessorWasReceipted() throws Exception {
    Device away = space.coordinator(desk, "away");
    space.pass(MONTH);
    space.sync(phone);
    space.pass(MONTH.minus(MOMENT));

    ask(away, "from one who has not heard");
    space.sync(phone);

    assertThat(questions()).containsExactly("from one who has not heard");
  }

  @Test
  void oldKey_isDestroyedAMonthAfterItsSuccessorWasReceipted() throws Exception {
    ask(desk, "long ago");
    exchange();
    long before = opened();
    EpochId old = current().get(0);
    space.pass(MONTH);
    space.sync(phone);
    space.pass(MONTH.minus(MOMENT));
    space.sync(phone);
    assertThat(phone.holdings().book().key(old)).isPresent();

    space.pass(MOMENT);
    space.sync(phone);

    assertThat(phone.holdings().book().key(old)).isEmpty();
    assertThat(before).isPositive();
    assertThat(opened()).isZero();
    assertThat(questions()).as("kept until it is dismissed").containsExactly("long ago");
    assertThat(phone.fsck().problems()).isEmpty();
    space.close(phone);
    phone = space.open("phone");
    assertThat(opened()).isZero();
    assertThat(questions()).containsExactly("long ago");
  }

  @Test
  void oldKey_whoseSuccessorNobodyReceipted_stays() throws Exception {
    EpochId old = current().get(0);
    space.pass(MONTH);
    phone.exportBundle(new ByteArrayOutputStream(), 1 << 20);
    assertThat(current()).isNotEqualTo(List.of(old));
    for (int i = 0; i < 3; i++) {
      space.pass(MONTH);
      phone.exportBundle(new ByteArrayOutputStream(), 1 << 20);
    }

    assertThat(phone.holdings().book().key(old)).isPresent();
    ask(desk, "sealed to the old one");
    space.sync(phone);
    assertThat(questions()).containsExactly("sealed to the old one");
  }

  /** With the phone, its passphrase and whatever the server has. */
  @Test
  void seizedPhone_opensNothingThatWasSealedToADestroyedKey() throws Exception {
    ask(desk, "long ago");
    exchange();
    EpochId old = current().get(0);
    space.pass(MONTH);
    space.sync(phone);
    space.pass(MONTH);
    space.sync(phone);

    List<EncryptionKey> keys = new ArrayList<>();
    keys.add(phone.holdings().identity().encryptionKey());
    for (EpochState epoch : epochs()) {
      phone.holdings().book().key(epoch.id()).ifPresent(keys::add);
    }
    assertThat(keys).hasSizeGreaterThan(1);
    List<Change> statements = new ArrayList<>();
    for (HeldChange held : TestSpace.held(desk)) {
      Change change = held.change();
      if (change.opensSession()
          && change.prefix().audience().circles().contains(own())
          && SessionOpening.epoch(change, own()).equals(old)) {
        statements.add(change);
      }
    }
    assertThat(statements).isNotEmpty();
    for (Change statement : statements) {
      for (EncryptionKey key : keys) {
        assertThat(opens(statement, key)).isFalse();
      }
    }
  }

  private boolean opens(Change statement, EncryptionKey key) throws CairnException {
    try {
      SessionOpening.open(statement, own(), key);
      return true;
    } catch (UndecryptableException no) {
      return false;
    }
  }

  @Test
  void clockSetBack_beginsTheDaysAnew() throws Exception {
    space.pass(MONTH);
    exchange();
    EpochId made = current().get(0);
    space.pass(Duration.ofDays(-400));
    exchange();
    space.pass(MONTH.minus(MOMENT));
    exchange();
    assertThat(current()).containsExactly(made);

    space.pass(MOMENT);
    exchange();

    assertThat(current()).hasSize(1).doesNotContain(made);
  }

  @Test
  void lostKeys_areReplacedAtOnceAndThenOnceADay() throws Exception {
    Path ring = folder.resolve("phone").resolve("ring");
    EpochId lost = current().get(0);
    space.pass(Duration.ofDays(2));
    space.close(phone);
    Files.delete(ring);
    phone = space.open("phone");
    exchange();
    EpochId second = current().get(0);
    assertThat(second).isNotEqualTo(lost);
    ask(desk, "to the new one");
    exchange();
    assertThat(questions()).containsExactly("to the new one");

    space.close(phone);
    Files.delete(ring);
    phone = space.open("phone");
    space.pass(Duration.ofMillis(Limits.OWN_EPOCH_PAUSE_MILLIS).minus(MOMENT));
    exchange();
    assertThat(current()).containsExactly(second);

    space.pass(MOMENT);
    exchange();
    assertThat(current()).hasSize(1).doesNotContain(second);
  }

  @Test
  void keysThatACrashLeft_goWithTheNextSync() throws Exception {
    NewEpoch left =
        new RosterWriter(phone.roster(), space.host.randomness())
            .ownEpoch(phone.holdings().identity().signingKey());
    OwnEpochs.keep(phone.holdings().keys(), left, space.host.randomness());
    Set<EpochId> before = phone.holdings().book().own().epochs();
    phone.exportBundle(new ByteArrayOutputStream(), 1 << 20);
    assertThat(phone.holdings().book().own().epochs()).isEqualTo(before).contains(left.id());

    space.sync(phone);

    assertThat(phone.holdings().book().own().epochs()).containsExactlyElementsOf(current());
  }

  @Test
  void deviceCutOff_makesNoMoreKeys() throws Exception {
    desk.suspend(phone.profile().device());
    desk.roster().statements().stream()
        .filter(statement -> statement.content() instanceof Suspension)
        .forEach(this::tell);
    int before = phone.roster().statements().size();
    space.pass(MONTH.plus(MONTH));

    phone.exportBundle(new ByteArrayOutputStream(), 1 << 20);

    assertThat(phone.roster().statements()).hasSize(before);
  }

  private void tell(Statement statement) {
    try {
      phone.addStatement(statement);
    } catch (CairnException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void renewedKey_goesByHandToADesk() throws Exception {
    space.pass(MONTH);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    phone.record(TestSpace.note("by hand"));
    phone.exportBundle(bundle, 1 << 20);
    desk.importBundle(new ByteArrayInputStream(bundle.toByteArray()));

    assertThat(desk.roster().writingKey(own()).orElseThrow().epoch()).isEqualTo(current().get(0));
  }

  @Test
  void desk_readsWithTheCoordinatorsKeyWhatItsOwnCircleWasTold() throws Exception {
    Device second = space.join(desk, "second", Role.COORDINATOR, SealMode.NEVER);
    space.sync(second);
    space.sync(desk);
    desk.confirmDevice(second.profile().device());
    space.sync(desk);
    space.sync(second);
    space.pass(MONTH);
    space.sync(second);
    space.pass(MONTH);
    space.sync(second);

    assertThat(TestSpace.notes(second)).contains("first");
    assertThat(second.fsck().problems()).isEmpty();
  }
}
