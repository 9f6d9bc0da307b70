package dev.cairn.simulation.server;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.RefillDecoder;

/** What there is to say of a log, and how members refill one that was restored; as the rim does. */
final class RefillAnswers {

  private final ServerMachine machine;
  private final Refills refills;

  RefillAnswers(ServerMachine machine) {
    this.machine = machine;
    this.refills = machine.ledger().refills();
  }

  /** The account of the log; an owner who asks finds a log waiting. */
  byte[] account(Caller caller) throws StoreException {
    SpaceSnapshot snapshot = caller.snapshot();
    boolean isOwner =
        snapshot
            .roster()
            .device(caller.device())
            .map(entry -> entry.role() == Role.OWNER)
            .orElse(false);
    if (isOwner) {
      refills.prepare(snapshot.space(), machine.newLog());
    }
    return refills.account(snapshot.space(), caller.device()).encode();
  }

  /** Takes a piece of what is missing, and tells what is missing then. */
  byte[] refill(Caller caller, byte[] piece) throws CairnException {
    SpaceSnapshot snapshot = caller.snapshot();
    // Whoever came in after the backup is no stranger once his admission was handed in.
    boolean isIn = caller.isIn() || refills.isLetIn(snapshot.space(), caller.device());
    int most = isIn ? ServerLimits.REFILL_BYTES_MAX : ServerLimits.STRANGER_BYTES_MAX;
    if (piece.length > most) {
      throw new ProblemException(Problem.REQUEST_TOO_LARGE);
    }
    if (snapshot.isRefilling()) {
      LogHead head = snapshot.head();
      RefillDecoder decoder =
          new RefillDecoder(
              snapshot.space(),
              new DeviceKeyCache(),
              machine.signer().logKey(head.origin()),
              head.generation());
      refills.take(snapshot.space(), decoder.decode(piece));
    }
    return refills.account(snapshot.space(), caller.device()).encode();
  }
}
