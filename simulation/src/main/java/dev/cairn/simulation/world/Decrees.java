package dev.cairn.simulation.world;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
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

  /** Cuts off, lets in again, gives itself keys and a role, and speaks in others' names. */
  List<Statement> about(DeviceId other) {
    List<Statement> decrees = new ArrayList<>();
    RosterWriter writer = new RosterWriter(roster, chance);
    try {
      switch (chance.below(5)) {
        case 0 -> decrees.add(writer.suspension(other, List.of(), key));
        case 1 -> decrees.add(writer.release(self, List.of(), List.of(), key));
        case 2 ->
            roster.device(self).map(me -> writer.confirmation(me, key)).ifPresent(decrees::add);
        case 3 -> stranger(writer).ifPresent(decrees::add);
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
