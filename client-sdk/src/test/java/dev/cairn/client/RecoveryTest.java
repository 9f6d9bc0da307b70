package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.Fact;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.space.LostDevices;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner's device is lost; the printed secret makes another. */
class RecoveryTest {

  @TempDir Path folder;
  private TestSpace space;
  private RecoverySecret secret;
  private Device lost;
  private Device phone;
  private RecordId record;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 9);
    secret = RecoverySecret.generate(space.host.randomness());
    lost = space.owner("lost", Optional.of(secret));
    phone = space.reporter(lost, "phone");
    record = phone.record(TestSpace.note("before the loss"));
    space.sync(phone);
    space.sync(lost);
    lost.record(TestSpace.note("of the lost desk"));
    space.sync(lost);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private Device recover(RecoverySecret with) throws Exception {
    return new Stores(space.host)
        .recover(
            folder.resolve("new"),
            Secret.take("words".getBytes(StandardCharsets.UTF_8)),
            KeyProtector.NONE,
            new RecoverySheet(lost.roster().space(), with),
            space.ledger.invitation(),
            "The new owner",
            (address, pin) -> LedgerTransport.to(space.ledger));
  }

  @Test
  void recovered_readsWhatWasWrittenBefore_andIsTheOwner() throws Exception {
    try (Device recovered = recover(secret)) {
      assertThat(TestSpace.notes(recovered))
          .containsExactlyInAnyOrder("before the loss", "of the lost desk");
      assertThat(recovered.profile().role()).isEqualTo(Role.OWNER);
      assertThat(recovered.state().changes()).isEqualTo(space.ledger.changeCount());
      assertThat(recovered.fsck().problems()).isEmpty();
    }
  }

  @Test
  void recovered_goesOn_andTheLostDeviceIsCutOff() throws Exception {
    DeviceId gone = lost.profile().device();
    try (Device recovered = recover(secret)) {
      assertThat(recovered.roster().isSuspended(gone)).isTrue();
      space.sync(phone);
      phone.edit(record, List.of(new Operation.Note("after")));
      space.sync(phone);
      recovered.sync(LedgerTransport.to(space.ledger), SyncListener.NONE);
      assertThat(TestSpace.notes(recovered)).contains("after");
      assertThat(phone.show(record).status().state()).isEqualTo(ReportState.RECEIVED);
    }
    assertThatThrownBy(() -> space.sync(lost))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("device.suspended"));
  }

  /** It does not say that it lost something: whoever is in has to be in again to be heard. */
  @Test
  void recovered_atALogThatLostTheReplacement_bringsItAgain() throws Exception {
    HonestLedger old = new HonestLedger(space.ledger);
    old.copy(space.ledger);
    try (Device recovered = recover(secret)) {
      for (int i = 0; i < 8; i++) {
        phone.record(TestSpace.note("at the other " + i));
      }
      phone.sync(LedgerTransport.to(old), SyncListener.NONE);
      long before = old.leafCount();
      assertThatThrownBy(() -> recovered.sync(LedgerTransport.to(old), SyncListener.NONE))
          .isInstanceOf(CairnException.class);
      assertThat(old.leafCount()).isGreaterThan(before);
      assertThat(recovered.sync(LedgerTransport.to(space.ledger), SyncListener.NONE).remaining())
          .isZero();
    }
  }

  @Test
  void recover_withAnotherSecret_isRefusedAndLeavesNothing() {
    RecoverySecret other = RecoverySecret.generate(space.host.randomness());
    assertThatThrownBy(() -> recover(other)).isInstanceOf(RefusedException.class);
    assertThat(folder.resolve("new")).doesNotExist();
    assertThatThrownBy(() -> space.recover("also-new", other, lost))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("recovery.other"));
    assertThat(folder.resolve("also-new")).doesNotExist();
    assertThat(lost.roster().isSuspended(lost.profile().device())).isFalse();
  }

  @Test
  void recovered_bringsToItsOwnBundles_whatTheLostDeskWasHanded() throws Exception {
    Device byHand = space.reporter(lost, "by-hand");
    byHand.record(TestSpace.note("on a stick"));
    byte[] stick = Sticks.from(byHand);
    try (Device recovered = recover(secret)) {
      // Sealed to an epoch of before the loss, which the secret gives back.
      Sticks.into(recovered, stick);
      assertThat(TestSpace.notes(recovered)).contains("on a stick");
    }
  }

  private void ask(RecordId about) throws Exception {
    lost.write(
        WriteRequest.to(
                about,
                RecordKind.INCIDENT.code(),
                phone.show(about).changeIds(),
                List.of(new Operation.Ask("Where?")))
            .circles(
                List.of(
                    lost.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
  }

  /** What the lost desk tells the phone by hand: whoever holds it now may be anybody. */
  private void lostDeskSpeaks(RecordId about) throws Exception {
    Sticks.into(lost, Sticks.from(phone));
    ask(about);
    Sticks.into(phone, Sticks.from(lost));
  }

  @Test
  void lostDesksWord_afterTheCut_isNotBelieved() throws Exception {
    try (Device fresh = recover(secret)) {
      assertThat(fresh.roster().isSuspended(lost.profile().device())).isTrue();
      space.sync(phone);
      RecordId later = phone.record(TestSpace.note("after the loss"));
      lostDeskSpeaks(later);
      assertThat(phone.show(later).status().state()).isEqualTo(ReportState.SAVED);
      assertThat(phone.show(later).questions()).isEmpty();
    }
  }

  @Test
  void lostDesksWord_beforeTheCutWasHeardOf_isNoLongerBelieved() throws Exception {
    try (Device fresh = recover(secret)) {
      assertThat(fresh.roster().isSuspended(lost.profile().device())).isTrue();
      RecordId later = phone.record(TestSpace.note("after the loss"));
      lostDeskSpeaks(later);
      assertThat(phone.show(later).status().state()).isEqualTo(ReportState.SENT_BACK);
      space.sync(phone);
      assertThat(phone.show(later).status().state()).isEqualTo(ReportState.RECEIVED);
      assertThat(phone.show(later).questions()).isEmpty();
    }
  }

  @Test
  void lostDesksWord_ofBeforeTheCut_goesOnCounting() throws Exception {
    ask(record);
    space.sync(lost);
    space.sync(phone);
    try (Device fresh = recover(secret)) {
      assertThat(fresh.roster().isSuspended(lost.profile().device())).isTrue();
      space.sync(phone);
      assertThat(phone.roster().isSuspended(lost.profile().device())).isTrue();
      assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SENT_BACK);
      assertThat(phone.show(record).questions()).hasSize(1);
    }
  }

  private static Optional<String> row(Device device, Fact fact) throws Exception {
    return device
        .holdings()
        .store()
        .read(rows -> Optional.ofNullable(fact.get(rows)).map(Arrays::toString));
  }

  /** A new log may be empty when it is first read, and be filled by phones later. */
  @Test
  void lostDesksWord_thatTheLogHasOnlyLater_countsAgain() throws Exception {
    ask(record);
    space.sync(lost);
    space.sync(phone);
    Device fresh = space.recover("fresh", secret, lost);
    assertThat(new LostDevices(fresh.holdings()).release()).isFalse();
    space.sync(fresh);
    space.sync(phone);
    assertThat(phone.roster().isSuspended(lost.profile().device())).isTrue();
    assertThat(phone.show(record).questions()).hasSize(1);
    assertThat(row(fresh, Fact.LOST)).isEmpty();
  }

  @Test
  void lostDevice_thatWroteNothing_isLookedForAgainOnceTheLogHasGrown() throws Exception {
    Device silent = space.recover("silent", secret, lost);
    space.sync(silent);
    Device fresh = space.recover("fresh", secret, silent);
    space.sync(fresh);
    Optional<String> sought = row(fresh, Fact.LOST_SOUGHT);
    assertThat(sought).isPresent();
    assertThat(new LostDevices(fresh.holdings()).release()).isFalse();
    assertThat(row(fresh, Fact.LOST_SOUGHT)).isEqualTo(sought);
    phone.record(TestSpace.note("the log grows"));
    space.sync(phone);
    space.sync(fresh);
    assertThat(row(fresh, Fact.LOST_SOUGHT)).isNotEqualTo(sought);
    assertThat(row(fresh, Fact.LOST)).isPresent();
  }
}
