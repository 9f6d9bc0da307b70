package dev.cairn.server.ledger;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.RecoveryKeys;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementContent;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import java.util.Random;

/** A space with a recovery key, and the statements of whoever comes into it. */
final class Crew {

  private static final long LATER_SECONDS = 4_000_000_000L;

  final Randomness randomness;
  final SigningKey owner;
  final SigningKey recovery;
  final Founding founding;
  RosterState roster;
  private int unknown;

  Crew(long seed) {
    Random random = new Random(seed);
    randomness = random::nextBytes;
    owner = SigningKey.generate(randomness);
    recovery = SigningKey.generate(randomness);
    EncryptionKey key = EncryptionKey.generate(randomness);
    founding =
        Founding.create(
            owner,
            key.publicKey(),
            new LogKey(new LogOrigin("test/1"), SigningKey.generate(randomness).verifyingKey()),
            key.publicKey(),
            "Test space",
            "The owner",
            new RecoveryKeys(id(recovery), key.publicKey()),
            randomness);
    roster = RosterState.fold(founding.space(), founding.statements());
  }

  static DeviceId id(SigningKey key) {
    return DeviceId.of(key.verifyingKey().bytes());
  }

  Statement add(Statement statement) {
    roster = roster.with(statement);
    return statement;
  }

  Statement sign(StatementContent content, SigningKey... by) {
    return new RosterWriter(roster, randomness).sign(content, by);
  }

  Statement invite(SigningKey by, Role role, SigningKey oneTime) {
    return sign(
        new Invitation(
            id(oneTime), role, List.of(roster.desk().orElseThrow()), 9, LATER_SECONDS, null),
        by);
  }

  Statement invite(SigningKey by) {
    return invite(by, Role.REPORTER, SigningKey.generate(randomness));
  }

  Statement admit(Statement invitation, SigningKey oneTime, SigningKey device) {
    return new RosterWriter(roster, randomness)
        .admission(
            invitation.id(),
            oneTime,
            device,
            EncryptionKey.generate(randomness).publicKey(),
            "Newcomer");
  }

  /** Somebody whom an inviter let in, counted in. */
  SigningKey member(SigningKey inviter, Role role) {
    SigningKey oneTime = SigningKey.generate(randomness);
    SigningKey device = SigningKey.generate(randomness);
    add(admit(add(invite(inviter, role, oneTime)), oneTime, device));
    RosterWriter writer = new RosterWriter(roster, randomness);
    add(writer.confirmation(roster.device(id(device)).orElseThrow(), inviter));
    return device;
  }

  /** New keys for the coordinators' circle. */
  Statement epoch(SigningKey by) {
    return new RosterWriter(roster, randomness)
        .epoch(roster.desk().orElseThrow(), "desk", List.of(id(by)), by)
        .statement();
  }

  Statement suspend(SigningKey target, SigningKey by) {
    return sign(new Suspension(id(target), List.of(), List.of()), by);
  }

  /** A suspension of a key that never was. */
  Statement suspendNobody(SigningKey by) {
    byte[] nobody = new byte[DeviceId.SIZE_BYTES];
    nobody[0] = (byte) (++unknown >> 8);
    nobody[1] = (byte) unknown;
    return sign(new Suspension(DeviceId.of(nobody), null, List.of()), by);
  }
}
