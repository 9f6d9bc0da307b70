package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk that is handed bundles by reporters, with no server at hand. */
class DeskByHandTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 7);
    desk = space.owner("desk");
    phone = space.joinUnheard(desk, "phone", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ReportState state(RecordId record) throws Exception {
    return phone.show(record).status().state();
  }

  private void confirm(Device reporter) throws Exception {
    List<Change> feed = new ArrayList<>();
    TestSpace.held(desk).stream()
        .map(held -> held.change())
        .filter(change -> change.prefix().device().equals(reporter.profile().device()))
        .forEach(feed::add);
    Change head = feed.get(feed.size() - 1);
    desk.write(
        WriteRequest.opening(
                RecordKind.DEVICE_NOTICE,
                List.of(
                    new Operation.Confirm(
                        reporter.profile().device(),
                        head.prefix().sequence(),
                        head.id(),
                        List.of())))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(),
                    Circles.device(reporter.profile().device()))));
  }

  private ChangeId ask(RecordId record, ChangeId parent) throws Exception {
    return desk.write(
        WriteRequest.to(
                record,
                RecordKind.INCIDENT.code(),
                List.of(parent),
                List.of(new Operation.Ask("How many?")))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
  }

  @Test
  void bundle_handedToADesk_isReadWithoutAServer() throws Exception {
    phone.record(TestSpace.note("by hand"));
    BundleImport taken = Sticks.into(desk, Sticks.from(phone));
    assertThat(taken.refused()).isZero();
    assertThat(TestSpace.notes(desk)).containsExactly("by hand");
    assertThat(space.ledger.changeCount()).isZero();
  }

  @Test
  void wordOfTheDesk_comesBackByHand() throws Exception {
    RecordId record = phone.record(TestSpace.note("by hand"));
    Sticks.into(desk, Sticks.from(phone));
    confirm(phone);
    Sticks.into(phone, Sticks.from(desk));
    assertThat(state(record)).isEqualTo(ReportState.CONFIRMED);
    assertThat(phone.show(record).status().sealed()).isFalse();
    phone.edit(record, List.of(new Operation.Note("more")));
    assertThat(state(record)).isEqualTo(ReportState.SAVED);
  }

  @Test
  void question_andItsAnswer_travelByHand() throws Exception {
    RecordId record = phone.record(TestSpace.note("by hand"));
    ChangeId first = phone.show(record).changeIds().get(0);
    Sticks.into(desk, Sticks.from(phone));
    ChangeId question = ask(record, first);
    Sticks.into(phone, Sticks.from(desk));
    assertThat(state(record)).isEqualTo(ReportState.SENT_BACK);
    phone.answer(record, question, "five");
    BundleImport answered = Sticks.into(desk, Sticks.from(phone));
    assertThat(answered.fresh()).isEqualTo(1);
    assertThat(answered.known()).isPositive();
  }

  @Test
  void nextSync_ofTheDesk_carriesItOnAndBringsTheReceiptBack() throws Exception {
    RecordId record = phone.record(TestSpace.note("by hand"));
    Sticks.into(desk, Sticks.from(phone));
    confirm(phone);

    SyncResult synced = space.sync(desk);

    assertThat(synced.refused()).isEmpty();
    assertThat(synced.remaining()).isZero();
    assertThat(space.ledger.changeCount()).isEqualTo(4); // two sessions, report, confirmation
    assertThat(desk.state().changes()).isEqualTo(4);
    assertThat(desk.fsck().problems()).isEmpty();
    BundleImport back = Sticks.into(phone, Sticks.from(desk));
    assertThat(back.receipts()).isPositive();
    assertThat(state(record)).isEqualTo(ReportState.CONFIRMED);
    assertThat(phone.show(record).status().sealed()).isTrue();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void parcelThatWasRead_goesBeforeWhatLeansOnIt() throws Exception {
    Device known = space.reporter(desk, "known");
    known.record(TestSpace.note("by hand"));
    Sticks.into(desk, Sticks.from(known));
    confirm(known);
    LedgerTransport transport = LedgerTransport.to(space.ledger);
    desk.sync(transport, SyncListener.NONE);
    assertThat(transport.targets().stream().map(target -> target.split("[/?]", -1)[4]))
        .containsSubsequence("parcels", "push", "pull")
        .containsOnlyOnce("push");
  }

  @Test
  void confirmation_writtenAfterTheServerHadIt_stillGoesBackByHand() throws Exception {
    RecordId record = phone.record(TestSpace.note("by hand"));
    Sticks.into(desk, Sticks.from(phone));
    space.sync(desk);
    confirm(phone);
    space.sync(desk);
    Sticks.into(phone, Sticks.from(desk));
    assertThat(state(record)).isEqualTo(ReportState.CONFIRMED);
  }

  @Test
  void bothRoads_atOnce_doubleNothing() throws Exception {
    Device other = space.reporter(desk, "other");
    space.sync(other);
    RecordId record = other.record(TestSpace.note("both ways"));
    byte[] stick = Sticks.from(other);
    space.sync(other);
    Sticks.into(desk, stick);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("both ways");
    assertThat(Sticks.into(desk, stick).fresh()).isZero();
    space.sync(desk);
    assertThat(space.ledger.changeCount()).isEqualTo(2);
    assertThat(record).isNotNull();
    Device second = space.coordinator(desk, "second");
    assertThat(second.state().setDigest()).isEqualTo(desk.state().setDigest());
  }

  @Test
  void bundleOfTheDesk_tellsAPhoneNothingOfOtherReporters() throws Exception {
    Device other = space.reporter(desk, "other");
    phone.record(TestSpace.note("of the phone"));
    other.record(TestSpace.note("of the other"));
    Sticks.into(desk, Sticks.from(phone));
    Sticks.into(desk, Sticks.from(other));
    confirm(phone);
    confirm(other);
    desk.record(TestSpace.note("of the desk itself"));

    List<Entry> told = openedBy(phone, Sticks.from(desk));

    Set<StatementId> mayHold = new HashSet<>();
    desk.roster()
        .reporterView(phone.profile().device())
        .forEach(statement -> mayHold.add(statement.id()));
    int changes = 0;
    for (Entry entry : told) {
      if (entry instanceof Entry.Statement stated) {
        assertThat(mayHold).contains(Statement.decode(stated.statement().bytes()).id());
      } else if (entry instanceof Entry.OfFrame frame) {
        for (Change change : frame.frame().changes()) {
          assertThat(change.prefix().audience().circles())
              .contains(Circles.device(phone.profile().device()))
              .doesNotContain(Circles.device(other.profile().device()));
          changes++;
        }
      }
    }
    assertThat(changes).isEqualTo(2);
  }

  private List<Entry> openedBy(Device device, byte[] stick) throws Exception {
    BundleReader reader = new BundleReader();
    reader.feed(stick, 0, stick.length);
    List<Entry> entries = new ArrayList<>();
    for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
      List<dev.cairn.protocol.suite.EncryptionKey> keys = new ArrayList<>();
      keys.add(device.holdings().identity().encryptionKey());
      device
          .holdings()
          .book()
          .keys()
          .epochs()
          .forEach(epoch -> device.holdings().book().key(epoch).ifPresent(keys::add));
      try {
        ParcelContent content = Parcel.open(next.get(), keys);
        ByteStringStream strings = ByteStringStream.ofEntries();
        strings.feed(((ParcelContent.Changes) content).stream().bytes());
        EntryReader entryReader = new EntryReader(content.space());
        for (Optional<byte[]> one = strings.next(); one.isPresent(); one = strings.next()) {
          entries.add(entryReader.read(one.get()));
        }
      } catch (UndecryptableException forOthers) {
        // Sealed to the server and the coordinators.
      }
    }
    return entries;
  }

  @Test
  void sync_beforeTheInvitationIsKnown_bringsItsChain() throws Exception {
    phone.record(TestSpace.note("early"));
    assertThat(space.sync(phone).pushed()).isEqualTo(2);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("early");
    assertThat(desk.state().pending()).isZero();
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void sync_beforeWhatTheInviterSaw_saysWhatToWaitFor_andLosesNothing() throws Exception {
    // The desk has taken in by hand what no server knows, and what newcomers are not told of.
    phone.record(TestSpace.note("by hand"));
    Sticks.into(desk, Sticks.from(phone));
    Device later = space.joinUnheard(desk, "later", Role.REPORTER, SealMode.ON_RECEIPT, List.of());
    later.record(TestSpace.note("early"));
    assertThatThrownBy(() -> space.sync(later))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("invitation.early"));
    space.sync(desk);
    assertThat(space.sync(later).pushed()).isEqualTo(2);
  }

  @Test
  void statementBuiltOnOneWithoutForceThatCameByHand_isLoggedWithIt() throws Exception {
    space.sync(phone);
    Device second = space.coordinator(desk, "second");
    Device third = space.coordinator(desk, "third");
    second.confirmDevice(phone.profile().device());
    Sticks.into(third, Sticks.from(second));
    third.rekey(third.roster().desk().orElseThrow());
    desk.suspend(second.profile().device());
    space.sync(desk);

    assertThat(space.sync(third).refused()).isEmpty();
    assertThat(third.state().pending()).isZero();
    space.sync(desk);
    assertThat(desk.roster().heads()).isEqualTo(third.roster().heads());
  }

  /** New keys came to the phone by hand, from whoever never syncs and is cut off meanwhile. */
  private void sealToKeysWithoutForce() throws Exception {
    space.sync(phone);
    Device second = space.coordinator(desk, "second");
    second.confirmDevice(phone.profile().device());
    second.rekey(second.roster().desk().orElseThrow());
    Sticks.into(phone, Sticks.from(second));
    phone.record(TestSpace.note("sealed to it"));
    desk.suspend(second.profile().device());
    space.sync(desk);
  }

  @Test
  void reportSealedToAnEpochThatCameByHand_isLoggedWithIt() throws Exception {
    sealToKeysWithoutForce();

    assertThat(space.sync(phone).refused()).isEmpty();
    assertThat(phone.state().pending()).isZero();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).contains("sealed to it");
  }

  /** What he had seen who signed it came to nobody, and he is gone. */
  @Test
  void statementBuiltOnOneWhoseHeadsNobodyHas_isLoggedWithIt() throws Exception {
    Device second = space.coordinator(desk, "second");
    space.joinUnheard(second, "unheard", Role.REPORTER, SealMode.NEVER, List.of());
    second.rekey(second.roster().desk().orElseThrow());
    StatementId keys = second.roster().heads().iterator().next();
    ByHand.take(desk, second.roster().statement(keys).orElseThrow());
    assertThat(desk.roster().heads()).contains(keys);

    space.invitation(desk);

    assertThat(desk.state().pending()).isZero();
    Device third = space.coordinator(desk, "third");
    assertThat(third.roster().statement(keys)).isPresent();
    assertThat(third.roster().heads()).isEqualTo(desk.roster().heads());
    assertThat(third.fsck().problems()).isEmpty();
  }

  /** The same by stick alone: its phone, and who made the keys, never come to a server. */
  @Test
  void reportSealedToAnEpochThatCameByHand_carriedByStick_isRead() throws Exception {
    sealToKeysWithoutForce();

    Sticks.there(desk, Sticks.from(phone), space.ledger);

    assertThat(TestSpace.notes(desk)).contains("sealed to it");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  /** It waits once, for what it builds on may be on another stick. */
  @Test
  void statementBuiltOnOneWhoseHeadsNobodyHas_carriedByStick_isLoggedWithIt() throws Exception {
    Device second = space.coordinator(desk, "second");
    Device courier = space.coordinator(desk, "courier");
    space.sync(desk);
    Device unheard = space.joinUnheard(second, "unheard", Role.REPORTER, SealMode.NEVER, List.of());
    second.rekey(second.roster().desk().orElseThrow());
    StatementId keys = second.roster().heads().iterator().next();
    ByHand.take(desk, second.roster().statement(keys).orElseThrow());
    desk.rekey(desk.roster().desk().orElseThrow());
    StatementId built = desk.roster().heads().iterator().next();
    byte[] stick = Sticks.from(desk);

    Sticks.there(courier, stick, space.ledger);
    assertThat(courier.roster().statement(built)).isEmpty();
    space.sync(courier);
    space.sync(courier);

    Device third = space.coordinator(courier, "third");
    assertThat(third.roster().statement(keys)).isPresent();
    assertThat(third.roster().statement(built)).isPresent();
    assertThat(third.roster().device(unheard.profile().device())).isEmpty();
    assertThat(third.fsck().problems()).isEmpty();
  }

  @Test
  void statementBuiltOnOneThatCameByHand_isLoggedAfterIt() throws Exception {
    Device second = space.coordinator(desk, "second");
    second.rekey(second.roster().desk().orElseThrow());
    StatementId keys = second.roster().heads().iterator().next();
    ByHand.take(desk, second.roster().statement(keys).orElseThrow());
    assertThat(space.sync(desk).requests()).isLessThanOrEqualTo(2);
    Device third = space.coordinator(desk, "third");
    assertThat(third.roster().statement(keys)).isPresent();
  }

  /** Of whose right the server has not heard: it stays behind, and keeps nothing else back. */
  @Test
  void statementThatCameByHandAndIsRefused_keepsNothingBack_thoughTheFirstPushOfItWasCut()
      throws Exception {
    space.sync(phone);
    Device second = space.coordinator(desk, "second");
    Device third = space.join(desk, "third", Role.COORDINATOR, SealMode.NEVER);
    space.sync(third);
    space.sync(desk);
    desk.confirmDevice(third.profile().device()); // The owner does not sync.
    ByHand.take(third, List.copyOf(desk.roster().statements()));
    third.suspend(phone.profile().device());
    ByHand.take(second, List.copyOf(third.roster().statements()));
    second.rekey(second.roster().desk().orElseThrow());
    second.record(TestSpace.note("behind it"));
    LedgerTransport link = LedgerTransport.to(space.ledger).cutAfterEntries(1, 0);
    assertThatThrownBy(() -> second.sync(link, SyncListener.NONE))
        .isInstanceOf(TransportException.class);

    space.sync(second);

    assertThat(second.state().pending()).isZero();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).contains("behind it");
  }
}
