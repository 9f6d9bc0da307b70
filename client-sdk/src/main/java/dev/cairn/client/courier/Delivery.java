package dev.cairn.client.courier;

import dev.cairn.client.attachment.SignedRequests;
import dev.cairn.client.courier.CarriedParcels.Carried;
import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is carried to the server in one sync, and keeps the answers to carry them back. A
 * parcel whose beginning the server lacks is offered again when others have arrived, a few times a
 * sync; then it waits, longer each time, for somebody else may bring the beginning; handed in
 * again, its statements are to be taken without what they name as seen, which perhaps nobody has.
 * Nothing of one's own ever waits for a parcel.
 *
 * <p>No answer to a parcel is signed, and one that says it was taken, or never will be, ends its
 * way here for good. So nothing is handed in before who answers has shown the log as its key signed
 * it.
 */
public final class Delivery {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int UNPROCESSABLE = 422;

  /**
   * How often in one sync what came too early is offered again because others arrived. In the worst
   * order each pass brings one of a long chain on its way, and sends all the rest in vain.
   */
  private static final int PASSES_AGAIN_MAX = 2;

  private final Holdings holdings;
  private final ParcelIntake intake;
  private final SignedRequests requests;
  private final Witness witness;
  private final Set<Digest> offered = new HashSet<>();
  private final Set<Digest> early = new HashSet<>();
  private @Nullable Boolean isLog;
  private int passesLeft = PASSES_AGAIN_MAX;
  private boolean isCutShort;

  Delivery(Holdings holdings, ParcelIntake intake, SignedRequests requests, Witness witness) {
    this.holdings = holdings;
    this.intake = intake;
    this.requests = requests;
    this.witness = witness;
  }

  /** Tells a server from who answers in its place. */
  @FunctionalInterface
  public interface Witness {

    /** Whether who answers shows the log as its key signed it. */
    boolean isLog() throws CairnException;
  }

  /** What became of an offer. */
  private enum Outcome {
    DELIVERED,
    /** Something before it is missing. */
    EARLY,
    /** Not now, for whatever reason, or never. */
    OTHER
  }

  /**
   * Hands in what this device has read itself, for its own changes may lean on it.
   *
   * @return how many parcels the server took
   */
  public int read() throws CairnException {
    return deliver(false, false);
  }

  /**
   * Hands in everything else, and what came too early before.
   *
   * @return how many parcels the server took
   */
  public int rest() throws CairnException {
    isCutShort = false;
    int delivered = deliver(true, false) + deliver(true, true);
    for (Carried carried : holdings.store().read(CarriedParcels::all)) {
      // Nothing says that one still comes too early if others arrived after its last offer.
      if (early.contains(carried.id()) && !isCutShort) {
        update(carried.asEarly());
      } else if (carried.pause() > 0) {
        update(carried.paused(carried.pause() - 1));
      }
    }
    return delivered;
  }

  private void update(Carried changed) throws CairnException {
    holdings.store().change(rows -> CarriedParcels.update(rows, changed));
  }

  private int deliver(boolean all, boolean alone) throws CairnException {
    int delivered = pass(all, alone);
    int last = delivered;
    while (last > 0 && !early.isEmpty() && passesLeft > 0) {
      passesLeft--;
      last = pass(all, alone);
      delivered += last;
    }
    isCutShort |= last > 0;
    return delivered;
  }

  private int pass(boolean all, boolean alone) throws CairnException {
    int delivered = 0;
    for (Carried carried : holdings.store().read(CarriedParcels::all)) {
      boolean isDue =
          !carried.settled()
              && carried.pause() == 0
              && (all || carried.here() != Here.CLOSED)
              && (alone
                  ? early.contains(carried.id()) && carried.tries() > 0
                  : !offered.contains(carried.id()) || early.contains(carried.id()));
      delivered += isDue && isLog() && offer(carried, alone) == Outcome.DELIVERED ? 1 : 0;
    }
    return delivered;
  }

  /** Asks once in a sync, when there is something to hand in. */
  private boolean isLog() throws CairnException {
    if (isLog == null) {
      isLog = witness.isLog();
    }
    return isLog;
  }

  private Outcome offer(Carried carried, boolean alone) throws CairnException {
    Optional<byte[]> parcel = holdings.store().read(rows -> CarriedParcels.parcel(rows, carried));
    if (!parcel.isPresent()) {
      return Outcome.OTHER;
    }
    offered.add(carried.id());
    early.remove(carried.id());
    String target =
        "/v1/spaces/"
            + holdings.identity().space()
            + (alone ? "/parcels?" + HttpNames.ALONE + "=1" : "/parcels");
    Request request = Request.of("POST", target).body(HttpNames.CBOR, parcel.get());
    try (Exchange exchange = requests.send(request)) {
      int status = exchange.status();
      if (status == UNPROCESSABLE) {
        update(carried.asSettled());
      }
      if (status != OK && status != ACCEPTED) {
        return Outcome.OTHER;
      }
      List<byte[]> answers = answers(exchange);
      keep(status == OK ? Optional.of(carried) : Optional.empty(), answers);
      if (status == OK) {
        return Outcome.DELIVERED;
      }
      early.add(carried.id());
      return Outcome.EARLY;
    }
  }

  /**
   * What an honest server may answer at most. What is beyond stays on the line, and what cannot be
   * read is no answer: the parcel was taken all the same, and must not end one sync after another.
   */
  private static List<byte[]> answers(Exchange exchange) throws CairnException {
    ByteStringStream stream = new ByteStringStream(Limits.PARCEL_BYTES_MAX);
    List<byte[]> answers = new ArrayList<>();
    long bytes = 0;
    try {
      byte[] piece = exchange.receive();
      while (piece != null) {
        stream.feed(piece);
        Optional<byte[]> answer = stream.next();
        while (answer.isPresent()) {
          bytes += answer.get().length;
          if (answers.size() == Limits.PARCEL_ANSWERS_MAX
              || bytes > Limits.PARCEL_ANSWERS_BYTES_MAX) {
            return answers;
          }
          answers.add(answer.get());
          answer = stream.next();
        }
        piece = exchange.receive();
      }
      return answers;
    } catch (MalformedException nonsense) {
      return answers;
    }
  }

  /** Keeps answers before what they answer is forgotten; one for the courier itself is taken in. */
  private void keep(Optional<Carried> arrived, List<byte[]> answers) throws CairnException {
    List<ParcelKeys.Opened> own = new ArrayList<>();
    List<byte[]> others = new ArrayList<>();
    for (byte[] answer : answers) {
      sort(answer, own, others);
    }
    for (ParcelKeys.Opened opened : own) {
      take(opened);
    }
    holdings
        .store()
        .change(
            rows -> {
              if (arrived.isPresent()) {
                // Where there was no room left, its place is free for an answer.
                CarriedParcels.remove(rows, arrived.get());
                PassedParcels.add(rows, arrived.get().id());
              }
              CarriedParcels.keepAnswers(rows, others);
            });
  }

  private void sort(byte[] answer, List<ParcelKeys.Opened> own, List<byte[]> others)
      throws CairnException {
    try {
      Optional<ParcelKeys.Opened> opened = ParcelKeys.open(holdings, answer);
      opened.ifPresent(own::add);
      if (!opened.isPresent()) {
        others.add(answer);
      }
    } catch (MalformedException nonsense) {
      // It is no answer, to nobody.
      return;
    }
  }

  private void take(ParcelKeys.Opened answer) throws CairnException {
    try {
      intake.take(answer, new ParcelTally());
    } catch (MalformedException nonsense) {
      // Anybody can seal this to us; what follows counts.
      return;
    }
  }
}
