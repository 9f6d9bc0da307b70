package dev.cairn.simulation.world;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements of somebody who may make none of them. */
final class Decrees {

  private static final int TRIES_MAX = 20;

  private final Chance chance;
  private final RosterState roster;
  private final SigningKey key;
  private final DeviceId self;

  Decrees(Chance chance, RosterState roster, SigningKey key) {
    this.chance = chance;
    this.roster = roster;
    this.key = key;
    this.self = DeviceId.of(key.verifyingKey().bytes());
  }

  /**
   * Cuts off, lets in again, gives itself keys and a role, makes itself owner, moves the server,
   * invites, and speaks in others' names.
   */
  List<Statement> about(DeviceId other) {
    List<Statement> decrees = new ArrayList<>();
    RosterWriter writer = new RosterWriter(roster, chance);
    try {
      switch (chance.below(9)) {
        case 0 -> decrees.add(writer.suspension(other, List.of(), key));
        case 1 -> decrees.add(writer.release(self, List.of(), List.of(), key));
        case 2 ->
            roster.device(self).map(me -> writer.confirmation(me, key)).ifPresent(decrees::add);
        case 3 -> stranger(writer).ifPresent(decrees::add);
        case 4 -> decrees.add(owner(writer));
        case 5 ->
            decrees.add(
                writer.move(
                    new ServerAddress("http://elsewhere", null),
                    ownLog(),
                    EncryptionKey.generate(chance).publicKey(),
                    key));
        case 6 -> decrees.add(generation(writer));
        case 7 -> decrees.addAll(accomplice(writer));
        default -> {
          CircleId desk = roster.desk().orElseThrow();
          decrees.add(writer.epoch(desk, "", List.of(self), key).statement());
        }
      }
    } catch (IllegalArgumentException e) {
      // It is cut off by now, or there is nothing to release: it goes on with what is left.
      decrees.clear();
    }
    inAnothersName().ifPresent(decrees::add);
    return decrees;
  }

  /** Says of itself, cut off, that it may be believed up to a change; nothing if it is not. */
  List<Statement> letIn(Change last) {
    LastGood good = new LastGood(last.prefix().sequence(), last.id());
    try {
      return List.of(new RosterWriter(roster, chance).release(self, List.of(good), List.of(), key));
    } catch (IllegalArgumentException e) {
      return List.of(); // Only an owner could widen what it is cut off by.
    }
  }

  /** Makes itself owner in the name of a recovery key that is none. */
  private Statement owner(RosterWriter writer) {
    return writer.replacement(
        SigningKey.generate(chance),
        key,
        EncryptionKey.generate(chance).publicKey(),
        List.of(),
        "");
  }

  private LogKey ownLog() {
    LogOrigin origin = new LogOrigin("rogue/" + chance.below(1_000_000));
    return new LogKey(origin, SigningKey.generate(chance).verifyingKey());
  }

  /** Opens the log under a key of its own. */
  private Statement generation(RosterWriter writer) {
    long last = roster.logs().lastKey();
    Digest root = Digest.of(chance.bytes(Digest.SIZE_BYTES));
    return writer.sign(new Generation(last + 1, ownLog(), last, 0, root), key);
  }

  /** Lets a coordinator of its own in. */
  private List<Statement> accomplice(RosterWriter writer) {
    SigningKey oneTime = SigningKey.generate(chance);
    DeviceId id = DeviceId.of(oneTime.verifyingKey().bytes());
    List<CircleId> desk = List.of(roster.desk().orElseThrow());
    Statement invitation =
        writer.sign(new Invitation(id, Role.COORDINATOR, desk, 1, Long.MAX_VALUE / 2, null), key);
    Statement admission =
        new RosterWriter(roster.with(invitation), chance)
            .admission(
                invitation.id(),
                oneTime,
                SigningKey.generate(chance),
                EncryptionKey.generate(chance).publicKey(),
                "accomplice");
    return List.of(invitation, admission);
  }

  /** Lets somebody in under an invitation of others, whose secret it does not have. */
  private Optional<Statement> stranger(RosterWriter writer) {
    return roster.statements().stream()
        .filter(each -> each.kind() == StatementKind.INVITATION)
        .findFirst()
        .map(
            invitation ->
                writer.admission(
                    invitation.id(),
                    SigningKey.generate(chance),
                    SigningKey.generate(chance),
                    EncryptionKey.generate(chance).publicKey(),
                    "stranger"));
  }

  /** What somebody else has signed, altered somewhere. */
  private Optional<Statement> inAnothersName() {
    byte[] real = chance.of(List.copyOf(roster.statements())).encode();
    for (int i = 0; i < TRIES_MAX; i++) {
      byte[] altered = real.clone();
      altered[chance.below(altered.length)] ^= (byte) (1 << chance.below(Byte.SIZE));
      try {
        return Optional.of(Statement.decode(altered));
      } catch (MalformedException | TooNewException e) {
        // That made it no statement at all: another place.
      }
    }
    return Optional.empty();
  }
}
