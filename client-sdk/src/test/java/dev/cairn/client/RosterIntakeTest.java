package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Confirmation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.roster.SuspensionRule;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device makes of statements: strangers', those it was not given, and a recovery's. */
class RosterIntakeTest {

  private static final CircleId COURT = CircleId.of(new byte[CircleId.SIZE_BYTES]);

  @TempDir Path folder;
  private TestSpace space;
  private RecoverySecret secret;
  private Device desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 71);
    secret = RecoverySecret.generate(space.host.randomness());
    desk = space.owner("desk", Optional.of(secret));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private List<Statement> strangers(int count) {
    RosterState state = desk.holdings().roster();
    RosterWriter writer = new RosterWriter(state, space.host.randomness());
    SigningKey stranger = SigningKey.generate(space.host.randomness());
    DeviceId device = DeviceId.of(stranger.verifyingKey().bytes());
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StatementId nothing = StatementId.of(space.host.randomness().bytes(32));
      statements.add(writer.sign(new Confirmation(device, nothing), stranger));
    }
    return statements;
  }

  @Test
  void strangers_upToTheLimit_areKept() throws Exception {
    int before = desk.holdings().roster().statements().size();
    ByHand.take(desk, strangers(Limits.POWERLESS_STATEMENTS_MAX));

    assertThat(desk.holdings().roster().statements())
        .hasSize(before + Limits.POWERLESS_STATEMENTS_MAX);
  }

  @Test
  void strangers_beyondTheLimit_areForgottenInMemoryAndOnDisk() throws Exception {
    int before = desk.holdings().roster().statements().size();
    List<Statement> many = strangers(Limits.POWERLESS_STATEMENTS_MAX + 9);
    ByHand.take(desk, many.subList(0, 20));
    ByHand.take(desk, many.subList(20, many.size()));
    int most = before + Limits.POWERLESS_STATEMENTS_MAX;

    assertThat(desk.holdings().roster().statements()).hasSize(most);
    space.close(desk);
    assertThat(space.open("desk").holdings().roster().statements()).hasSize(most);
  }

  /** Statements of a stranger as large as a suspension can be made with so many ids. */
  private List<Statement> large(int count, int ids) {
    RosterWriter writer = new RosterWriter(desk.holdings().roster(), space.host.randomness());
    SigningKey stranger = SigningKey.generate(space.host.randomness());
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TreeSet<StatementId> standing = new TreeSet<>();
      while (standing.size() < ids) {
        standing.add(StatementId.of(space.host.randomness().bytes(32)));
      }
      DeviceId device = desk.profile().device();
      statements.add(
          writer.sign(new Suspension(device, List.of(), List.copyOf(standing)), stranger));
    }
    return statements;
  }

  @Test
  void strangers_ofMoreBytesThanTheLimit_areForgottenDownToIt() throws Exception {
    int before = desk.holdings().roster().statements().size();
    List<Statement> many = large(20, Limits.STANDING_STATEMENTS_MAX);
    int fit = Limits.POWERLESS_BYTES_MAX / many.get(0).encode().length;
    assertThat(fit).isBetween(2, many.size() - 1);

    ByHand.take(desk, many.subList(0, fit));
    assertThat(desk.holdings().roster().statements()).hasSize(before + fit);

    ByHand.take(desk, many.subList(fit, many.size()));
    assertThat(desk.holdings().roster().statements()).hasSize(before + fit);
  }

  @Test
  void epochOfItsOwnCircleThatAStrangerSigned_isNotAmongWhatADeviceSendsAgain() throws Exception {
    HonestLedger old = new HonestLedger(space.ledger);
    old.copy(space.ledger);
    desk.record(TestSpace.note("before"));
    space.sync(desk);
    ByHand.take(desk, List.of(strangersEpochOf(desk.profile().device())));
    assertThatThrownBy(() -> desk.sync(LedgerTransport.to(old), SyncListener.NONE))
        .isInstanceOf(RefusedException.class);
    desk.record(TestSpace.note("after"));

    assertThat(space.sync(desk).refused()).isEmpty();
    assertThat(desk.state().pending()).isZero();
  }

  private Statement strangersEpochOf(DeviceId device) {
    return new RosterWriter(desk.roster(), space.host.randomness())
        .epoch(
            Circles.device(device),
            "",
            List.of(device),
            SigningKey.generate(space.host.randomness()))
        .statement();
  }

  @Test
  void changes_ofADeviceNotKnownHere_areSetAsideUntilItIs() throws Exception {
    Device reader = space.reporter(desk, "reader");
    space.sync(reader);
    space.sync(desk);
    seatAtTheCourt(reader);
    Device phone = space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, List.of(COURT));
    space.sync(phone);
    phone.record(TestSpace.note("by somebody unknown").circles(List.of(COURT)));
    space.sync(phone);
    HonestLedger partial = without(phone.holdings().device());
    List<Long> heard = new ArrayList<>();
    reader.sync(
        LedgerTransport.to(partial),
        new SyncListener() {
          @Override
          public void onSetAside(long changes) {
            heard.add(changes);
          }
        });

    assertThat(TestSpace.notes(reader)).isEmpty();
    assertThat(heard).isNotEmpty();
    space.sync(reader);
    assertThat(TestSpace.notes(reader)).containsExactly("by somebody unknown");
  }

  /** A server that lies can name as many devices that nobody knows as there is room for. */
  @Test
  void changes_ofADeviceNotKnownHere_areReadWhenItIsThoughThereWasNoRoomToRememberIt()
      throws Exception {
    Device reader = space.reporter(desk, "reader");
    space.sync(reader);
    space.sync(desk);
    seatAtTheCourt(reader);
    space.sync(reader);
    Device phone = space.join(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, List.of(COURT));
    space.sync(phone);
    phone.record(TestSpace.note("by somebody unknown").circles(List.of(COURT)));
    space.sync(phone);
    CborWriter strangers = new CborWriter().array(Limits.DEVICES_SET_ASIDE_MAX);
    for (int i = 0; i < Limits.DEVICES_SET_ASIDE_MAX; i++) {
      strangers.bytes(space.host.randomness().bytes(DeviceId.SIZE_BYTES));
    }
    reader.holdings().store().change(rows -> Fact.ASIDE.put(rows, strangers.toBytes()));
    HonestLedger partial = without(phone.holdings().device());
    reader.sync(LedgerTransport.to(partial), SyncListener.NONE);
    reader.sync(LedgerTransport.to(partial), SyncListener.NONE);
    assertThat(TestSpace.notes(reader)).isEmpty();
    assertThat(reader.holdings().store().read(Fact.CROWD::get)).isNotNull();

    LedgerTransport link = LedgerTransport.to(space.ledger);
    reader.sync(link, SyncListener.NONE);
    assertThat(link.targets().stream().filter(each -> each.contains("/pull?from=0&"))).hasSize(1);
    assertThat(TestSpace.notes(reader)).containsExactly("by somebody unknown");
    assertThat(reader.holdings().store().read(Fact.CROWD::get)).isNull();
  }

  @Test
  void changes_ofADeviceWhoseInviterWasCutOffSince_areReadAsByWhoReadThemBefore() throws Exception {
    Device inviter = space.coordinator(desk, "inviter");
    Device earlier = space.coordinator(desk, "earlier");
    Device phone = space.reporter(inviter, "phone");
    phone.record(TestSpace.note("by a guest of his"));
    space.sync(phone);
    space.sync(earlier);
    desk.suspend(inviter.profile().device());
    space.sync(desk);
    space.sync(earlier);

    assertThat(desk.roster().device(phone.profile().device())).isEmpty();
    assertThat(TestSpace.notes(desk)).containsExactly("by a guest of his");
    assertThat(desk.state().setDigest()).isEqualTo(earlier.state().setDigest());
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void changes_ofADeviceWhoseInviterWasCutOff_areNotTakenByHand() throws Exception {
    Device inviter = space.coordinator(desk, "inviter");
    Device phone = space.reporter(inviter, "phone");
    space.sync(phone);
    desk.suspend(inviter.profile().device());
    space.sync(desk);
    phone.record(TestSpace.note("too late"));
    Sticks.into(desk, Sticks.from(phone));

    assertThat(TestSpace.notes(desk)).isEmpty();
  }

  /** Opens a circle of the desk and this device, which then holds no tree. */
  private void seatAtTheCourt(Device reader) throws CairnException {
    Holdings holdings = desk.holdings();
    Statement epoch =
        new RosterWriter(holdings.roster(), space.host.randomness())
            .epoch(
                COURT,
                "court",
                List.of(holdings.device(), reader.holdings().device()),
                holdings.identity().signingKey())
            .statement();
    new LettingIn(holdings).send(List.of(epoch));
    space.sync(desk);
  }

  /** A server that keeps back how a device came in. */
  private HonestLedger without(DeviceId device) throws CairnException {
    HonestLedger partial =
        new HonestLedger(space.ledger) {
          @Override
          protected List<Entry> pulled(List<Entry> honest) {
            List<Entry> shown = new ArrayList<>();
            for (Entry entry : honest) {
              shown.add(entry instanceof Entry.Statement stated ? hidden(stated, device) : entry);
            }
            return shown;
          }
        };
    partial.copy(space.ledger);
    return partial;
  }

  private static Entry hidden(Entry.Statement stated, DeviceId device) {
    try {
      Statement statement = Statement.decode(stated.statement().bytes());
      return statement.kind() == StatementKind.ADMISSION && statement.signers().contains(device)
          ? new Entry.Leaves(stated.position().getAsLong(), List.of(statement.leafHash()))
          : stated;
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void recovery_pastOfTheLostOwner_countsAgainForEverybody() throws Exception {
    Device other = second();
    desk.record(TestSpace.note("before"));
    space.sync(desk);
    Device heir = recovered();
    space.sync(heir);
    space.sync(other);

    assertThat(TestSpace.held(heir)).isNotEmpty().allMatch(HeldChange::counts);
    assertThat(TestSpace.held(other)).isNotEmpty().allMatch(HeldChange::counts);
    assertThat(other.holdings().roster().mayDecide(desk.holdings().device())).isTrue();
  }

  @Test
  void recovery_whatTheLostKeySignsAfterwards_doesNotCountAndIsNotLogged() throws Exception {
    desk.record(TestSpace.note("before"));
    space.sync(desk);
    Device heir = recovered();
    space.sync(heir);
    desk.record(TestSpace.note("afterwards"));
    List<HeldChange> all = TestSpace.held(desk);
    Change afterwards = all.get(all.size() - 1).change();
    SuspensionRule rule =
        heir.holdings().roster().suspensionRule(desk.holdings().device()).orElseThrow();

    assertThat(rule.counted(id -> List.of()).counts(afterwards.id())).isFalse();
    assertThat(rule.mayBeLogged(afterwards.id(), afterwards.prefix().sequence(), id -> false))
        .isFalse();
  }

  @Test
  void recovery_beforeEverythingIsPulled_letsTheLostDeviceDecideNothing() throws Exception {
    RosterState then = desk.holdings().roster();
    Device heir = recovered();
    List<Statement> atOnce = new ArrayList<>(heir.holdings().roster().statements());
    atOnce.removeIf(each -> each.kind() == StatementKind.RELEASE);
    RosterState state = RosterState.fold(then.space(), atOnce);
    SuspensionRule rule = state.suspensionRule(desk.holdings().device()).orElseThrow();

    assertThat(state.isSuspended(desk.holdings().device())).isTrue();
    assertThat(TestSpace.held(desk))
        .noneMatch(held -> rule.counted(id -> List.of()).counts(held.change().id()));
  }

  private Device second() throws Exception {
    Device other = space.join(desk, "other", Role.COORDINATOR, SealMode.NEVER);
    space.sync(other);
    space.sync(desk);
    desk.confirmDevice(other.holdings().device());
    space.sync(desk);
    space.sync(other);
    return other;
  }

  private Device recovered() throws Exception {
    RosterState state = desk.holdings().roster();
    Device heir = space.recovered("heir", new RecoverySheet(state.space(), secret), state);
    space.sync(heir);
    return heir;
  }
}
