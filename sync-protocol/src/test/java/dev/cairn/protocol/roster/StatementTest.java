package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The form of a statement: one encoding, exactly the signatures its kind asks for. */
class StatementTest {

  private final Organisation org = new Organisation(23);
  private final Person coordinator = org.coordinator();
  private final SigningKey key = coordinator.signing;

  /** One of each kind. */
  private List<Statement> everyKind() {
    Person reporter = org.reporter();
    NewEpoch epoch = org.epoch(org.state(), coordinator, org.newCircle(), coordinator);
    org.writer()
        .grants(
            ((Epoch) epoch.statement().content()).circle(),
            reporter.id(),
            EpochKeyRing.of(coordinator.id(), coordinator.encryption).open(org.state()),
            key)
        .forEach(org::add);
    org.suspend(coordinator, reporter);
    org.sign(new Suspension(reporter.id(), null, List.of()), key);
    org.add(
        org.writer()
            .move(
                new ServerAddress("https://here.example", org.founding.genesis().leafHash()),
                org.log("here.example"),
                reporter.encryption.publicKey(),
                org.owner.signing));
    org.sign(
        new Generation(1, org.log("two.example"), 0, 5, org.founding.genesis().leafHash()),
        org.owner.signing);
    org.add(org.writer().release(reporter.id(), List.of(), List.of(), key));
    org.add(org.newer(key));
    Person heir = org.person();
    org.add(
        org.writer()
            .replacement(
                org.recoverySigning,
                heir.signing,
                heir.encryption.publicKey(),
                List.of(org.writer().cut(org.owner.id(), null)),
                "Heir"));
    return org.all;
  }

  @Test
  void statement_ofEveryKind_comesBackFromItsBytes() throws Exception {
    List<Statement> statements = everyKind();

    assertThat(statements).extracting(Statement::kind).contains(StatementKind.values());
    for (Statement statement : statements) {
      Statement read = Statement.decode(statement.encode());
      assertThat(read.encode()).isEqualTo(statement.encode());
      assertThat(read.content()).isEqualTo(statement.content());
      assertThat(read.id()).isEqualTo(statement.id());
      assertThat(read.signaturesValid()).isTrue();
    }
  }

  @Test
  void statement_withAnyByteChanged_isRefusedOrAnotherOrUnsigned() {
    Random random = new Random(29);
    for (Statement statement : everyKind()) {
      for (int i = 0; i < 60; i++) {
        byte[] bytes = statement.encode();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(isAcceptedAsIs(bytes)).isFalse();
      }
    }
  }

  private static boolean isAcceptedAsIs(byte[] bytes) {
    try {
      return Statement.decode(bytes).signaturesValid();
    } catch (CairnException refused) {
      return false;
    }
  }

  @Test
  void statement_cutShortAnywhere_isMalformed() {
    byte[] bytes = org.invite(coordinator, Role.REPORTER).encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Statement.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void id_isTheLabelledHashOfThePayload() {
    Statement genesis = org.founding.genesis();

    assertThat(genesis.id().bytes())
        .isEqualTo(Sha256.labelled("cairn/1/statement-id", genesis.payload()).bytes());
    assertThat(genesis.space().bytes()).isEqualTo(genesis.id().bytes());
    assertThat(genesis.leafHash()).isEqualTo(Sha256.of(new byte[1], genesis.payload()));
  }

  @Test
  void verifySignatures_ofAForgedSignature_isRefused() throws Exception {
    byte[] bytes = org.invite(coordinator, Role.REPORTER).encode();
    bytes[bytes.length - 1] ^= 1;
    Statement forged = Statement.decode(bytes);

    assertThatThrownBy(forged::verifySignatures)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(Statement.SIGNATURE_REFUSED));
  }

  private Raw confirmation() {
    return new Raw(org, StatementKind.CONFIRMATION)
        .content(
            writer ->
                writer
                    .map(2)
                    .uint(1)
                    .bytes(coordinator.id().bytes())
                    .uint(2)
                    .bytes(org.founding.genesis().id().bytes()));
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> Statement.decode(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void raw_asItShouldBe_isRead() throws Exception {
    assertThat(Statement.decode(confirmation().signed(key)).signaturesValid()).isTrue();
  }

  @Test
  void signature_ofOneMoreKey_isMalformed() {
    assertMalformed(confirmation().signed(key, org.owner.signing));
  }

  @Test
  void signers_otherThanThePayloadNames_isMalformed() {
    Raw raw = confirmation();
    raw.signers.add(org.owner.id());

    assertMalformed(raw.signed(key));
  }

  @Test
  void signers_inDescendingOrder_isMalformed() {
    Statement admission = org.admit(org.invite(coordinator, Role.REPORTER), org.person());
    Raw raw = new Raw(org, StatementKind.ADMISSION).content(admission.content()::write);
    raw.signers.addAll(admission.signers());
    java.util.Collections.reverse(raw.signers);

    assertMalformed(raw.signed(key, org.owner.signing));
  }

  @Test
  void admission_signedByOneKeyOnly_isMalformed() {
    Person person = org.person();
    Statement admission = org.admit(org.invite(coordinator, Role.REPORTER), person);
    Raw raw = new Raw(org, StatementKind.ADMISSION).content(admission.content()::write);

    assertMalformed(raw.signed(person.signing));
  }

  @Test
  void admission_ofADeviceThatDoesNotSign_isMalformed() {
    Statement invitation = org.invite(coordinator, Role.REPORTER);
    Statement admission = org.admit(invitation, org.person());
    Raw raw = new Raw(org, StatementKind.ADMISSION).content(admission.content()::write);

    assertMalformed(raw.signed(org.oneTimeKey(invitation), key));
  }

  @Test
  void genesis_signedByAnotherDevice_isMalformed() {
    Raw raw = new Raw(org, StatementKind.GENESIS).content(org.founding.genesis().content()::write);
    raw.space = new byte[0];
    raw.heads.clear();

    assertMalformed(raw.signed(key));
  }

  @Test
  void genesis_namingASpace_isMalformed() {
    Raw raw = new Raw(org, StatementKind.GENESIS).content(org.founding.genesis().content()::write);
    raw.heads.clear();

    assertMalformed(raw.signed(org.owner.signing));
  }

  @Test
  void statement_thatHasSeenNothing_isMalformed() {
    Raw raw = confirmation();
    raw.heads.clear();

    assertMalformed(raw.signed(key));
  }

  @Test
  void heads_notAscending_areMalformed() {
    Raw raw = confirmation();
    raw.heads.add(raw.heads.get(0));

    assertMalformed(raw.signed(key));
  }

  @Test
  void statement_withAForeignField_isMalformed() {
    Raw raw = confirmation();
    raw.foreignField = true;

    assertMalformed(raw.signed(key));
  }

  @Test
  void content_withAForeignField_isMalformed() {
    Raw raw = confirmation();
    raw.content(
        writer -> {
          writer.map(3).uint(1).bytes(coordinator.id().bytes());
          writer.uint(2).bytes(org.founding.genesis().id().bytes()).uint(3).nul();
        });

    assertMalformed(raw.signed(key));
  }

  @Test
  void content_withAMissingField_isMalformed() {
    Raw raw = confirmation();
    raw.content(writer -> writer.map(1).uint(1).bytes(coordinator.id().bytes()));

    assertMalformed(raw.signed(key));
  }

  @Test
  void kind_ofALaterVersion_isKeptAsItIs() throws Exception {
    Raw raw = confirmation();
    raw.kind = 12;
    byte[] bytes = raw.signed(key);

    Statement read = Statement.decode(bytes);
    assertThat(read.kind()).isEqualTo(StatementKind.NEWER);
    assertThat(read.content().code()).isEqualTo(12);
    assertThat(read.encode()).isEqualTo(bytes);
  }

  @Test
  void kind_zero_isMalformed() {
    Raw raw = confirmation();
    raw.kind = 0;

    assertMalformed(raw.signed(key));
  }

  @Test
  void suite_unknown_isTooNew() {
    Raw raw = confirmation();
    raw.suite = 2;

    assertThatThrownBy(() -> Statement.decode(raw.signed(key))).isInstanceOf(TooNewException.class);
  }

  @Test
  void statement_ofAnotherSpaceSignedByTheOwner_changesNothingHere() throws Exception {
    Raw raw = confirmation();
    raw.space = new Organisation(24).space().bytes();
    int before = org.state().statements().size();
    org.add(Statement.decode(raw.signed(org.owner.signing)));

    assertThat(org.state().statements()).hasSize(before);
  }

  @Test
  void statement_replayedUnderAnotherSignature_isAnotherStatement() throws Exception {
    Statement original = org.invite(coordinator, Role.REPORTER);
    Raw raw = new Raw(org, StatementKind.INVITATION).content(original.content()::write);

    assertThat(Statement.decode(raw.signed(org.owner.signing)).id()).isNotEqualTo(original.id());
  }

  @Test
  void payload_signedAsAChange_isMalformed() {
    byte[] change =
        dev.cairn.protocol.cose.CoseSign.sign(
                dev.cairn.protocol.cose.MessageType.CHANGE,
                org.founding.genesis().payload(),
                List.of(org.owner.signing))
            .encode();

    assertMalformed(change);
  }

  @Test
  void encryptionKey_ofSmallOrder_isMalformed() {
    Statement admission = org.admit(org.invite(coordinator, Role.REPORTER), org.person());
    Admission content = (Admission) admission.content();
    byte[] weak = content.keys().encryptionKey().bytes();
    java.util.Arrays.fill(weak, weak.length - 32, weak.length, (byte) 0);
    Raw raw =
        new Raw(org, StatementKind.ADMISSION)
            .content(
                writer -> {
                  writer.map(3).uint(1).bytes(content.invitation().bytes());
                  writer.uint(2).array(2).bytes(coordinator.id().bytes()).bytes(weak);
                  writer.uint(3);
                  content.pseudonym().write(writer);
                });

    assertMalformed(raw.signed(key, org.owner.signing));
  }

  @Test
  void heads_beyondTheLimit_areLeftOutFromTheHighest() throws Exception {
    RosterState founded = org.state();
    for (int i = 0; i < 65; i++) {
      org.invite(founded, coordinator, Role.REPORTER);
    }
    List<StatementId> heads = org.state().heads();

    assertThat(heads).hasSize(65);
    assertThat(org.invite(coordinator, Role.REPORTER).heads()).isEqualTo(heads.subList(0, 64));
  }

  @Test
  void payload_readByItself_needsNoWriter() {
    CborWriter empty = new CborWriter().map(0);

    assertThatThrownBy(() -> StatementPayload.decode(empty.toBytes()))
        .isInstanceOf(MalformedException.class);
  }
}
