package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Each limit of a statement from both sides, in what is written and in what is read. */
class StatementLimitsTest {

  private final Organisation org = new Organisation(31);
  private final Epoch epoch = (Epoch) org.founding.desk().statement().content();
  private final SeedSeal seal = epoch.members().get(0).seal();

  private static byte[] numbered(int number, int sizeBytes) {
    return ByteBuffer.allocate(sizeBytes).putInt(number).array();
  }

  private static <T> List<T> ids(int count, int sizeBytes, Function<byte[], T> of) {
    List<T> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(of.apply(numbered(i, sizeBytes)));
    }
    return ids;
  }

  /** The most can be made, one more cannot. */
  private static void assertMost(int most, IntConsumer make) {
    assertThatCode(() -> make.accept(most)).doesNotThrowAnyException();
    assertThatThrownBy(() -> make.accept(most + 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @FunctionalInterface
  private interface Read {
    Object from(CborReader reader) throws MalformedException;
  }

  private static Object read(Read read, Consumer<CborWriter> content) throws MalformedException {
    CborWriter writer = new CborWriter();
    content.accept(writer);
    return read.from(CborReader.of(writer.toBytes()));
  }

  /** What was written is read; with one more element, written by hand, it is not. */
  private static void assertReadMost(
      int most, Read read, java.util.function.BiConsumer<CborWriter, Integer> content) {
    assertThatCode(() -> read(read, writer -> content.accept(writer, most)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> read(read, writer -> content.accept(writer, most + 1)))
        .isInstanceOf(MalformedException.class);
  }

  private static void array(CborWriter writer, int count, int sizeBytes) {
    writer.array(count);
    for (int i = 0; i < count; i++) {
      writer.bytes(numbered(i, sizeBytes));
    }
  }

  private Invitation invitation(int circles, int uses) {
    return new Invitation(
        org.owner.id(), Role.REPORTER, ids(circles, 16, CircleId::of), uses, 1, null);
  }

  private static void invitation(CborWriter writer, int circles, long role, long uses) {
    writer.map(5).uint(1).bytes(numbered(1, 32)).uint(2).uint(role).uint(3);
    array(writer, circles, 16);
    writer.uint(4).uint(uses).uint(5).uint(1);
  }

  @Test
  void circles_ofAnInvitation() {
    assertMost(Limits.INVITATION_CIRCLES_MAX, count -> invitation(count, 1));
    assertReadMost(
        Limits.INVITATION_CIRCLES_MAX,
        Invitation::read,
        (writer, count) -> invitation(writer, count, 1, 1));
  }

  @Test
  void uses_ofAnInvitation() {
    assertMost(Limits.INVITATION_USES_MAX, count -> invitation(0, count));
    assertReadMost(
        Limits.INVITATION_USES_MAX,
        Invitation::read,
        (writer, count) -> invitation(writer, 0, 1, count));
    assertThatThrownBy(() -> invitation(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(Invitation::read, writer -> invitation(writer, 0, 1, 0)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void role_ofAnInvitation_isReporterOrCoordinator() {
    assertReadMost(2, Invitation::read, (writer, role) -> invitation(writer, 0, role, 1));
    assertThatThrownBy(() -> read(Invitation::read, writer -> invitation(writer, 0, 0, 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void invitation_toBeOwner_isRefused() {
    assertThatThrownBy(() -> new Invitation(org.owner.id(), Role.OWNER, List.of(), 1, 1, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Epoch epoch(int members, int superseded) {
    return new Epoch(
        epoch.circle(),
        epoch.publicKey(),
        ids(members, 32, id -> new EpochMember(DeviceId.of(id), seal)),
        seal,
        ids(superseded, 32, EpochId::of),
        epoch.name());
  }

  private void epoch(CborWriter writer, int members, int superseded) {
    writer.map(5).uint(1).bytes(epoch.circle().bytes());
    writer.uint(2).bytes(epoch.publicKey().bytes());
    writer.uint(3).array(members);
    for (int i = 0; i < members; i++) {
      new EpochMember(DeviceId.of(numbered(i, 32)), seal).write(writer);
    }
    writer.uint(5);
    array(writer, superseded, 32);
    writer.uint(6);
    epoch.name().write(writer);
  }

  @Test
  void members_ofAnEpoch() {
    assertMost(Limits.EPOCH_MEMBERS_MAX, count -> epoch(count, 0));
    assertReadMost(
        Limits.EPOCH_MEMBERS_MAX, Epoch::read, (writer, count) -> epoch(writer, count, 0));
  }

  @Test
  void superseded_byAnEpoch() {
    assertMost(Limits.SUPERSEDED_MAX, count -> epoch(0, count));
    assertReadMost(Limits.SUPERSEDED_MAX, Epoch::read, (writer, count) -> epoch(writer, 0, count));
  }

  @Test
  void epoch_ofTheMostMembers_fitsIntoAStatement() throws Exception {
    Statement largest =
        org.sign(epoch(Limits.EPOCH_MEMBERS_MAX, Limits.SUPERSEDED_MAX), org.owner.signing);

    assertThat(Statement.decode(largest.encode()).content()).isEqualTo(largest.content());
  }

  @Test
  void epoch_withMembersInDescendingOrder_isMalformed() {
    assertThatThrownBy(
            () ->
                read(
                    Epoch::read,
                    writer -> {
                      writer.map(5).uint(1).bytes(epoch.circle().bytes());
                      writer.uint(2).bytes(epoch.publicKey().bytes()).uint(3).array(2);
                      new EpochMember(DeviceId.of(numbered(2, 32)), seal).write(writer);
                      new EpochMember(DeviceId.of(numbered(1, 32)), seal).write(writer);
                      writer.uint(5).array(0).uint(6);
                      epoch.name().write(writer);
                    }))
        .isInstanceOf(MalformedException.class);
  }

  private Grant grant(int seeds) {
    return new Grant(
        epoch.circle(),
        org.owner.id(),
        ids(seeds, 32, id -> new GrantedSeed(EpochId.of(id), seal)));
  }

  private void grant(CborWriter writer, int seeds) {
    writer.map(3).uint(1).bytes(epoch.circle().bytes()).uint(2).bytes(org.owner.id().bytes());
    writer.uint(3).array(seeds);
    for (int i = 0; i < seeds; i++) {
      new GrantedSeed(EpochId.of(numbered(i, 32)), seal).write(writer);
    }
  }

  @Test
  void epochs_ofAGrant() {
    assertMost(Limits.GRANT_EPOCHS_MAX, this::grant);
    assertReadMost(Limits.GRANT_EPOCHS_MAX, Grant::read, this::grant);
    assertThatThrownBy(() -> grant(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(Grant::read, writer -> grant(writer, 0)))
        .isInstanceOf(MalformedException.class);
  }

  private Suspension suspension(int changes, int statements) {
    return new Suspension(org.owner.id(), lastGood(changes), ids(statements, 32, StatementId::of));
  }

  private static List<LastGood> lastGood(int count) {
    List<LastGood> list = new ArrayList<>();
    ids(count, 32, ChangeId::of).forEach(id -> list.add(new LastGood(1, id)));
    return list;
  }

  private static void lastGood(CborWriter writer, int count) {
    writer.array(count);
    for (int i = 0; i < count; i++) {
      writer.array(2).uint(1).bytes(numbered(i, 32));
    }
  }

  private static void suspension(CborWriter writer, int changes, int statements) {
    writer.map(3).uint(1).bytes(numbered(1, 32)).uint(2);
    lastGood(writer, changes);
    writer.uint(3);
    array(writer, statements, 32);
  }

  @Test
  void lastGoodChanges_ofASuspension() {
    assertMost(Limits.LAST_GOOD_CHANGES_MAX, count -> suspension(count, 0));
    assertReadMost(
        Limits.LAST_GOOD_CHANGES_MAX,
        Suspension::read,
        (writer, count) -> suspension(writer, count, 0));
  }

  @Test
  void sequence_ofALastGoodChange() {
    ChangeId id = ids(1, 32, ChangeId::of).get(0);

    assertThatCode(() -> new LastGood(Limits.FEED_SEQUENCE_MAX, id)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new LastGood(Limits.FEED_SEQUENCE_MAX + 1, id))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LastGood(0, id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(LastGood::readList, StatementLimitsTest::atZero))
        .isInstanceOf(MalformedException.class);
  }

  private static void atZero(CborWriter writer) {
    writer.array(1).array(2).uint(0).bytes(numbered(1, 32));
  }

  private Release release(int suspensions, int upTo, int single) {
    return new Release(
        org.owner.id(),
        ids(suspensions, 32, StatementId::of),
        lastGood(upTo),
        ids(single, 32, ChangeId::of));
  }

  private static void release(CborWriter writer, int suspensions, int upTo, int single) {
    writer.map(4).uint(1).bytes(numbered(1, 32)).uint(2);
    array(writer, suspensions, 32);
    writer.uint(3);
    lastGood(writer, upTo);
    writer.uint(4);
    array(writer, single, 32);
  }

  @Test
  void suspensions_thatAReleaseWidens() {
    assertMost(Limits.RELEASE_SUSPENSIONS_MAX, count -> release(count, 0, 0));
    assertReadMost(
        Limits.RELEASE_SUSPENSIONS_MAX,
        Release::read,
        (writer, count) -> release(writer, count, 0, 0));
    assertThatThrownBy(() -> release(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(Release::read, writer -> release(writer, 0, 0, 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void changes_thatAReleaseNames() {
    assertMost(Limits.RELEASE_CHANGES_MAX, count -> release(1, 0, count));
    assertReadMost(
        Limits.RELEASE_CHANGES_MAX, Release::read, (writer, count) -> release(writer, 1, 0, count));
    assertMost(Limits.LAST_GOOD_CHANGES_MAX, count -> release(1, count, 0));
  }

  @Test
  void standingStatements_ofASuspension() {
    assertMost(Limits.STANDING_STATEMENTS_MAX, count -> suspension(0, count));
    assertReadMost(
        Limits.STANDING_STATEMENTS_MAX,
        Suspension::read,
        (writer, count) -> suspension(writer, 0, count));
  }

  private static Suspension suspensionOf(byte[] device) {
    return new Suspension(DeviceId.of(device), null, List.of());
  }

  @Test
  void suspended_byAReplacement() {
    SealedPseudonym pseudonym = org.state().genesis().orElseThrow().pseudonym();
    assertMost(
        Limits.REPLACEMENT_SUSPENDED_MAX,
        count ->
            new Replacement(
                org.owner.keys(), ids(count, 32, StatementLimitsTest::suspensionOf), pseudonym));
    assertReadMost(
        Limits.REPLACEMENT_SUSPENDED_MAX,
        Replacement::read,
        (writer, count) -> {
          writer.map(3).uint(1);
          org.owner.keys().write(writer);
          writer.uint(2).array(count);
          ids(count, 32, StatementLimitsTest::suspensionOf).forEach(each -> each.write(writer));
          writer.uint(3);
          pseudonym.write(writer);
        });
  }

  @Test
  void number_ofAGeneration_followsTheOneBefore() {
    dev.cairn.protocol.suite.Digest root = org.founding.genesis().leafHash();
    dev.cairn.protocol.log.LogKey log = org.log("x.example");

    long most = Limits.GENERATION_MAX;
    assertThatCode(() -> new Generation(most, log, most - 1, 0, root)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new Generation(most + 1, log, most, 0, root))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Generation(2, log, 0, 0, root))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                read(
                    Generation::read,
                    writer -> {
                      writer.map(4).uint(1).uint(1).uint(2).text("x.example");
                      writer.uint(3).bytes(log.key().bytes());
                      writer.uint(4).array(3).uint(2).uint(0).bytes(root.bytes());
                    }))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void address_ofAServer() {
    assertMost(Limits.ADDRESS_SIZE_BYTES_MAX, count -> new ServerAddress("x".repeat(count), null));
    assertThatThrownBy(() -> new ServerAddress("", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServerAddress.stated("a b", null))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> ServerAddress.stated("é", null))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void pseudonym_ofALengthNoPaddingGives_isMalformed() {
    assertReadMost(
        Limits.NAME_SIZE_BYTES_MAX,
        SealedPseudonym::read,
        (writer, padded) ->
            writer.array(3).nul().bytes(new byte[1120]).bytes(new byte[padded + 16]));
    assertThatThrownBy(
            () ->
                read(
                    SealedPseudonym::read,
                    writer -> writer.array(3).nul().bytes(new byte[1120]).bytes(new byte[16])))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void name_ofALengthNoPaddingGives_isMalformed() {
    assertReadMost(
        Limits.NAME_SIZE_BYTES_MAX,
        SealedName::read,
        (writer, padded) -> writer.bytes(new byte[padded + 16]));
    assertThatThrownBy(() -> read(SealedName::read, writer -> writer.bytes(new byte[16])))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void heads_ofAStatement() throws Exception {
    Raw most = headed(Limits.ROSTER_HEADS_MAX);
    Raw more = headed(Limits.ROSTER_HEADS_MAX + 1);

    assertThat(Statement.decode(most.signed(org.owner.signing)).heads())
        .hasSize(Limits.ROSTER_HEADS_MAX);
    assertThatThrownBy(() -> Statement.decode(more.signed(org.owner.signing)))
        .isInstanceOf(MalformedException.class);
  }

  private Raw headed(int count) {
    Raw raw = new Raw(org, StatementKind.SUSPENSION).content(suspensionOf(new byte[32])::write);
    raw.heads = ids(count, 32, StatementId::of);
    return raw;
  }

  @Test
  void bytes_ofAStatement() {
    byte[] most = new byte[Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX];
    byte[] more = new byte[Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX + 1];

    assertThatThrownBy(() -> Statement.decode(most)).hasMessageNotContaining("longer");
    assertThatThrownBy(() -> Statement.decode(more)).hasMessageContaining("longer");
  }
}
