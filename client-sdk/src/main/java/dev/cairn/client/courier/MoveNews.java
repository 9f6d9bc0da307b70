package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.roster.MembersSeal;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.roster.StatementVerdict;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * That the space has moved, for every member: the server that others still go to is gone, and will
 * not tell them. Whoever has heard of it hands it on, also to devices that he does not know. Told
 * is what anybody needs to believe it: the moves, the generations, who owned the space since.
 */
final class MoveNews {

  private final Holdings holdings;

  MoveNews(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * Packs it, if the space has moved, in one parcel that all members can open.
   *
   * @return false if it has no room in what is packed, but would have in another
   */
  boolean pack(ParcelSink sink) throws IOException {
    RosterState roster = holdings.roster();
    Optional<EncryptionKey> members = MembersSeal.of(roster);
    if (!roster.move().isPresent() || !members.isPresent()) {
      return true;
    }
    StreamParcels parcels = new StreamParcels(holdings, sink, List.of(members.get().publicKey()));
    boolean room = true;
    for (Statement statement : roster.statements()) {
      room = room && (!isOfIt(roster, statement) || parcels.add(statement));
    }
    if (room) {
      parcels.close();
    }
    return room;
  }

  private static boolean isOfIt(RosterState roster, Statement statement) {
    return isOfIt(statement.kind())
        && roster.verdict(statement.id()).equals(Optional.of(StatementVerdict.STANDS));
  }

  /** Whether statements of a kind are told, and taken from who tells them. */
  static boolean isOfIt(StatementKind kind) {
    return kind == StatementKind.REPLACEMENT
        || kind == StatementKind.GENERATION
        || kind == StatementKind.MOVE;
  }
}
