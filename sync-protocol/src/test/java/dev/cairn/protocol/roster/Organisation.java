package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A space in the making: every statement anybody made, honest or not. Authors see all of it unless
 * a method is given an older state.
 */
public final class Organisation {

  static final long EXPIRES = 1_800_000_000L;

  final Randomness randomness;
  final Person owner;
  final RecoverySecret recovery;
  final SigningKey recoverySigning;
  final EncryptionKey recoveryEncryption;
  final Founding founding;
  final List<Statement> all = new ArrayList<>();
  private final Map<StatementId, SigningKey> oneTimeKeys = new HashMap<>();

  public Organisation(long seed) {
    randomness = new SeededRandomness(seed);
    owner = person();
    recovery = RecoverySecret.generate(randomness);
    recoverySigning = recovery.signingKey();
    recoveryEncryption = recovery.encryptionKey();
    founding =
        Founding.create(
            owner.signing,
            owner.encryption.publicKey(),
            log("log.example/1"),
            EncryptionKey.generate(randomness).publicKey(),
            "Coast Watch",
            "Olive",
            recovery.publicKeys(),
            randomness);
    all.addAll(founding.statements());
  }

  DeviceId recoveryId() {
    return DeviceId.of(recoverySigning.verifyingKey().bytes());
  }

  LogKey log(String origin) {
    return new LogKey(new LogOrigin(origin), SigningKey.generate(randomness).verifyingKey());
  }

  public Person person() {
    return new Person(randomness);
  }

  public SpaceId space() {
    return founding.space();
  }

  CircleId desk() {
    return state().desk().orElseThrow();
  }

  public RosterState state() {
    return fold(all);
  }

  public Person owner() {
    return owner;
  }

  /** What somebody's device holds of the roster. */
  public RosterState heldBy(Person person) {
    return fold(state().servedTo(person.id()));
  }

  RosterState fold(Collection<Statement> statements) {
    return RosterState.fold(space(), statements);
  }

  RosterWriter writer() {
    return writer(state());
  }

  RosterWriter writer(RosterState seen) {
    return new RosterWriter(seen, randomness);
  }

  Statement add(Statement statement) {
    all.add(statement);
    return statement;
  }

  /** What anybody can sign, whether he may or not, having seen everything. */
  Statement sign(StatementContent content, SigningKey... signers) {
    return add(writer().sign(content, signers));
  }

  /** The same, by somebody who had seen only this. */
  Statement sign(RosterState seen, StatementContent content, SigningKey... signers) {
    return add(writer(seen).sign(content, signers));
  }

  public Statement invite(Person by, Role role, CircleId... circles) {
    return invite(state(), by, role, circles);
  }

  Statement invite(RosterState seen, Person by, Role role, CircleId... circles) {
    return invite(seen, by, role, null, circles);
  }

  /** An invitation of a further device of a member. */
  Statement inviteFurther(RosterState seen, Person by, Role role, MemberId member) {
    return invite(seen, by, role, member);
  }

  private Statement invite(
      RosterState seen, Person by, Role role, @Nullable MemberId member, CircleId... circles) {
    SigningKey oneTime = SigningKey.generate(randomness);
    Invitation invitation =
        new Invitation(
            DeviceId.of(oneTime.verifyingKey().bytes()),
            role,
            Ascending.of(List.of(circles)),
            1,
            EXPIRES,
            member);
    Statement statement = sign(seen, invitation, by.signing);
    oneTimeKeys.put(statement.id(), oneTime);
    return statement;
  }

  public SigningKey oneTimeKey(Statement invitation) {
    return oneTimeKeys.get(invitation.id());
  }

  public SigningKey signingOf(Person person) {
    return person.signing;
  }

  public EncryptionPublicKey encryptionOf(Person person) {
    return person.encryption.publicKey();
  }

  public Statement admit(Statement invitation, Person person) {
    return admit(state(), invitation, person);
  }

  Statement admit(RosterState seen, Statement invitation, Person person) {
    return add(
        writer(seen)
            .admission(
                invitation.id(),
                oneTimeKey(invitation),
                person.signing,
                person.encryption.publicKey(),
                "Newcomer"));
  }

  Statement confirm(Person by, Statement admission) {
    return confirm(state(), by, admission);
  }

  Statement confirm(RosterState seen, Person by, Statement admission) {
    DeviceId device = ((Admission) admission.content()).keys().device();
    return sign(seen, new Confirmation(device, admission.id()), by.signing);
  }

  /** Somebody invited, admitted and confirmed. */
  public Person member(Person by, Role role) {
    Person person = person();
    confirm(by, admit(invite(by, role), person));
    return person;
  }

  public Person coordinator() {
    return member(owner, Role.COORDINATOR);
  }

  public Person reporter() {
    return member(owner, Role.REPORTER);
  }

  /** A statement of a kind that only a later version knows. */
  Statement newer(SigningKey... signers) {
    Raw raw = new Raw(this, StatementKind.RELEASE);
    raw.kind = 4711;
    raw.heads = state().heads();
    raw.content(writer -> writer.array(2).text("of a later version").uint(1));
    try {
      return Statement.decode(raw.signed(signers));
    } catch (dev.cairn.protocol.CairnException e) {
      throw new IllegalStateException(e);
    }
  }

  public Statement suspend(Person by, Person target) {
    return suspend(state(), by, target);
  }

  /** A suspension by an author who had seen this much, and lets stand what stands there. */
  Statement suspend(RosterState seen, Person by, Person target) {
    return add(writer(seen).suspension(target.id(), List.of(), by.signing));
  }

  Statement epoch(Person by, CircleId circle, Person... members) {
    return epoch(state(), by, circle, members).statement();
  }

  NewEpoch epoch(RosterState seen, Person by, CircleId circle, Person... members) {
    List<DeviceId> ids = new ArrayList<>();
    for (Person member : members) {
      ids.add(member.id());
    }
    NewEpoch epoch = writer(seen).epoch(circle, "circle", ids, by.signing);
    add(epoch.statement());
    return epoch;
  }

  CircleId newCircle() {
    return CircleId.of(randomness.bytes(CircleId.SIZE_BYTES));
  }

  StatementVerdict verdict(Statement statement) {
    return state().verdict(statement.id()).orElseThrow();
  }
}
