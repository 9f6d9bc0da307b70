package dev.cairn.client.space;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Identity;
import dev.cairn.client.held.OwnEpochs;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a new device's store begins with, made in memory before anything is written. */
public final class NewStore {

  private final Identity identity;
  private final List<Statement> held;
  private final List<Statement> outgoing;
  private final @Nullable Secret spaceCode;
  private final List<DeviceId> lost;
  private final NewEpoch own;

  NewStore(
      Identity identity,
      List<Statement> held,
      List<Statement> outgoing,
      @Nullable Secret spaceCode,
      List<DeviceId> lost,
      NewEpoch own) {
    this.identity = identity;
    this.held = List.copyOf(held);
    this.outgoing = List.copyOf(outgoing);
    this.spaceCode = spaceCode;
    this.lost = List.copyOf(lost);
    this.own = own;
  }

  /** Who the device is. */
  public Identity identity() {
    return identity;
  }

  /** Writes all of it, in one transaction. */
  public void write(SealedRows rows) throws CairnException {
    identity.write(rows);
    for (Statement statement : held) {
      RosterBook.write(rows, statement, OptionalLong.empty());
    }
    List<StatementId> waiting = new ArrayList<>();
    for (Statement statement : outgoing) {
      RosterBook.write(rows, statement, OptionalLong.empty());
      waiting.add(statement.id());
    }
    RosterBook.writeOutbox(rows, waiting);
    if (!lost.isEmpty()) {
      LostDevices.write(rows, lost);
    }
    if (spaceCode != null) {
      Fact.FOUNDING.put(rows, spaceCode.expose().clone());
    }
  }

  /** Keeps the keys of the device's own circle, durable on return. */
  public void write(DestructibleKeys keys, Randomness randomness) throws CairnException {
    OwnEpochs.keep(keys, own, randomness);
  }

  /** The one-time code of a space that is still to be founded. */
  public static Optional<Secret> spaceCode(SealedRows rows) throws CairnException {
    byte[] code = Fact.FOUNDING.get(rows);
    return code == null ? Optional.empty() : Optional.of(Secret.take(code));
  }
}
