package dev.cairn.server.stream;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefillOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is handed in to a restored server, and does what costs time: signatures and proofs.
 * Each thing proves itself, by the author's signature or by this log's own; what does not is passed
 * over, for the next may. For one thread.
 */
public final class RefillDecoder {

  private final EntryReader reader;
  private final DeviceKeyCache keys;
  private final LogKey log;
  private final long generation;
  private final List<RefillOffer> offers = new ArrayList<>();
  private Entry.@Nullable Leaves leaves;

  /**
   * Reads for one log.
   *
   * @param log its key: a checkpoint of any other proves nothing here
   */
  public RefillDecoder(SpaceId space, DeviceKeyCache keys, LogKey log, long generation) {
    this.reader = new EntryReader(space);
    this.keys = keys;
    this.log = log;
    this.generation = generation;
  }

  /**
   * Reads a whole piece.
   *
   * @throws MalformedException if it is no stream of entries
   */
  public List<RefillOffer> decode(byte[] stream) throws MalformedException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(stream);
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      take(next.get());
    }
    if (strings.pendingBytes() > 0) {
      throw new MalformedException("the stream is not whole");
    }
    return List.copyOf(offers);
  }

  private void take(byte[] encoded) {
    try {
      take(reader.read(encoded));
    } catch (CairnException e) {
      // What does not prove itself is not there: whoever sent it sees what is still missing.
      leaves = null;
    }
  }

  private void take(Entry entry) throws CairnException {
    Entry.Leaves before = leaves;
    leaves = null;
    if (entry instanceof Entry.Leaves told) {
      leaves = told;
    } else if (entry instanceof Entry.OfReceipt receipt && before != null) {
      proven(before, Receipt.decode(receipt.receipt().bytes()));
    } else if (entry instanceof Entry.LogState state) {
      offers.add(new RefillOffer.Shown(SignedCheckpoint.open(state.checkpoint().bytes(), log)));
    } else if (entry instanceof Entry.Statement stated) {
      Statement statement = Statement.decode(stated.statement().bytes());
      if (statement.signaturesValid()) {
        offers.add(new RefillOffer.Entry(new Offer.OfStatement(statement)));
      }
    } else if (entry instanceof Entry.OfFrame framed) {
      FrameSignatures.verify(framed.frame(), keys.of(framed.frame().device()));
      offers.add(new RefillOffer.Entry(new Offer.OfFrame(framed.frame())));
    }
  }

  private void proven(Entry.Leaves told, Receipt receipt) throws MalformedException {
    boolean fits =
        receipt.generation() == generation
            && receipt.proof().first() == told.first()
            && receipt.proof().count() == told.leaves().size();
    if (fits) {
      SignedCheckpoint under = receipt.verify(told.leaves(), log);
      offers.add(new RefillOffer.Leaves(told.first(), told.leaves(), under));
    }
  }
}
