package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.EncryptionKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which epoch keys a device and the recovery key can open. */
class EpochKeyRingTest {

  private final Organisation org = new Organisation(7);
  private final Person coordinator = org.coordinator();
  private final Person reporter = org.reporter();
  private final CircleId circle = org.newCircle();

  private EpochKeyRing ring(Person person) {
    return EpochKeyRing.of(person.id(), person.encryption).open(org.state());
  }

  private EpochKeyRing recoveryRing() {
    return EpochKeyRing.of(org.recoveryId(), org.recoveryEncryption).open(org.state());
  }

  @Test
  void member_opensTheEpochSealedToIt() {
    NewEpoch epoch = org.epoch(org.state(), coordinator, circle, reporter);

    assertThat(ring(reporter).key(epoch.id()).orElseThrow().publicKey())
        .isEqualTo(epoch.key().publicKey());
  }

  @Test
  void outsider_opensNothingOfTheCircle() {
    NewEpoch epoch = org.epoch(org.state(), coordinator, circle, coordinator);

    assertThat(ring(reporter).key(epoch.id())).isEmpty();
    assertThat(ring(reporter).damaged()).isEmpty();
  }

  @Test
  void newCoordinator_opensOlderEpochsByGrant() {
    NewEpoch old = org.founding.desk();
    org.epoch(org.owner, org.desk(), org.owner, coordinator);
    assertThat(ring(coordinator).key(old.id())).isEmpty();

    org.writer()
        .grants(org.desk(), coordinator.id(), ring(org.owner), org.owner.signing)
        .forEach(org::add);

    assertThat(ring(coordinator).key(old.id()).orElseThrow().publicKey())
        .isEqualTo(old.key().publicKey());
  }

  @Test
  void grant_repeated_hasNothingLeftToHandOn() {
    org.writer()
        .grants(org.desk(), coordinator.id(), ring(org.owner), org.owner.signing)
        .forEach(org::add);

    assertThat(
            org.writer().grants(org.desk(), coordinator.id(), ring(org.owner), org.owner.signing))
        .isEmpty();
  }

  @Test
  void recoveryKey_opensEveryCircleButDevicesOwn() {
    NewEpoch shared = org.epoch(org.state(), coordinator, circle, reporter);
    NewEpoch own = org.writer().ownEpoch(reporter.signing);
    org.add(own.statement());

    assertThat(recoveryRing().epochs())
        .contains(shared.id(), org.founding.desk().id())
        .doesNotContain(own.id(), org.founding.own().id());
  }

  @Test
  void heir_afterReplacement_grantsHimselfEveryCircle() {
    NewEpoch shared = org.epoch(org.state(), coordinator, circle, reporter);
    Person heir = org.person();
    org.add(
        org.writer()
            .replacement(
                org.recoverySigning,
                heir.signing,
                heir.encryption.publicKey(),
                List.of(org.writer().cut(org.owner.id(), null)),
                "Heir"));
    for (CircleId each : List.of(org.desk(), circle)) {
      org.writer().grants(each, heir.id(), recoveryRing(), heir.signing).forEach(org::add);
    }

    assertThat(ring(heir).epochs())
        .containsExactlyInAnyOrder(shared.id(), org.founding.desk().id());
    assertThat(org.state().mayFetch(heir.id(), circle)).isTrue();
  }

  @Test
  void seal_ofAnotherSeedThanThePublicKeys_isNotBelieved() {
    EncryptionKey stated = EncryptionKey.generate(org.randomness);
    EncryptionKey sealed = EncryptionKey.generate(org.randomness);
    SeedSeal.Purpose purpose =
        SeedSeal.Purpose.epoch(org.space(), circle, stated.publicKey(), reporter.id());
    SeedSeal seal =
        SeedSeal.seal(sealed.seed(), reporter.encryption.publicKey(), purpose, org.randomness);
    Epoch epoch =
        new Epoch(
            circle,
            stated.publicKey(),
            List.of(new EpochMember(reporter.id(), seal)),
            null,
            List.of(),
            SealedName.ofCircle("circle", circle, stated.seed()));
    Statement statement = org.sign(epoch, coordinator.signing);

    assertThat(ring(reporter).epochs()).isEmpty();
    assertThat(ring(reporter).damaged()).containsExactly(statement.id());
  }

  @Test
  void seal_movedToAnotherCircle_doesNotOpen() {
    NewEpoch epoch = org.epoch(org.state(), coordinator, circle, reporter);
    Epoch content = (Epoch) epoch.statement().content();
    Statement moved =
        org.sign(
            new Epoch(
                org.newCircle(),
                content.publicKey(),
                content.members(),
                content.recoverySealOrNull(),
                List.of(),
                content.name()),
            coordinator.signing);

    assertThat(ring(reporter).damaged()).containsExactly(moved.id());
  }

  @Test
  void epoch_byReporter_isNotOpened() {
    NewEpoch epoch = org.epoch(org.state(), reporter, circle, coordinator);

    assertThat(ring(coordinator).key(epoch.id())).isEmpty();
  }

  @Test
  void ring_openedAgainWithMore_keepsWhatItHad() {
    EpochKeyRing ring = ring(reporter);
    NewEpoch first = org.epoch(org.state(), coordinator, circle, reporter);
    ring.open(org.state());
    EncryptionKey held = ring.key(first.id()).orElseThrow();
    org.epoch(coordinator, circle, reporter);

    assertThat(ring.open(org.state()).epochs()).hasSize(2);
    assertThat(ring.key(first.id()).orElseThrow()).isSameAs(held);
  }

  @Test
  void ownEpoch_isOpenedByNobodysSeal() {
    NewEpoch own = org.writer().ownEpoch(reporter.signing);
    org.add(own.statement());
    Epoch epoch = (Epoch) own.statement().content();
    SeedSeal seal = epoch.sealFor(reporter.id()).orElseThrow();
    SeedSeal.Purpose purpose =
        SeedSeal.Purpose.epoch(org.space(), reporter.ownCircle(), epoch.publicKey(), reporter.id());

    assertThat(ring(reporter).key(own.id())).isEmpty();
    assertThat(ring(reporter).damaged()).isEmpty();
    assertThatThrownBy(() -> seal.open(reporter.encryption, purpose, epoch.publicKey()))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void names_areReadWithTheEpochsKey() throws Exception {
    NewEpoch epoch = org.epoch(org.state(), coordinator, circle, reporter);
    Epoch content = (Epoch) epoch.statement().content();

    assertThat(content.name().openCircle(circle, ring(reporter).key(epoch.id()).orElseThrow()))
        .isEqualTo("circle");
    assertThat(org.state().spaceName(org.founding.desk().key())).isEqualTo("Coast Watch");
  }

  @Test
  void pseudonyms_areReadWithTheDeskKey() throws Exception {
    EncryptionKey desk = org.founding.desk().key();
    DeviceId device = reporter.id();
    SealedPseudonym reporters = org.state().device(device).orElseThrow().pseudonym();

    assertThat(reporters.epoch()).contains(org.founding.desk().id());
    assertThat(reporters.open(device, desk)).isEqualTo("Newcomer");
    assertThat(org.state().genesis().orElseThrow().pseudonym().open(org.owner.id(), desk))
        .isEqualTo("Olive");
  }
}
