package dev.cairn.client.sync;

import dev.cairn.client.transport.Exchange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a push as it comes: receipts, each with the proof that it continues what was
 * seen where it does not show that itself, and refusals.
 */
final class Answers {

  /** One of them. */
  sealed interface Answer {
    /**
     * Leaves are in the log.
     *
     * @param consistency how the log that the receipt is for continues the one seen; null if the
     *     receipt shows it
     */
    record Proof(Receipt receipt, @Nullable List<Digest> consistency) implements Answer {}

    /** An entry was refused. */
    record No(Entry.Refusal refusal) implements Answer {}
  }

  private final EntryReader reader;
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private @Nullable List<Digest> consistency;

  Answers(SpaceId space) {
    this.reader = new EntryReader(space);
  }

  /** The next answer, or null at the end; waits for it. */
  @Nullable Answer next(Exchange exchange) throws CairnException {
    while (true) {
      Optional<byte[]> whole = strings.next();
      if (whole.isPresent()) {
        Answer answer = answer(reader.read(whole.get()));
        if (answer != null) {
          return answer;
        }
      } else {
        byte[] piece = exchange.receive();
        if (piece == null) {
          return null;
        }
        strings.feed(piece);
      }
    }
  }

  private @Nullable Answer answer(Entry entry) throws CairnException {
    if (entry instanceof Entry.OfReceipt given) {
      List<Digest> proof = consistency;
      consistency = null;
      return new Answer.Proof(Receipt.decode(given.receipt().bytes()), proof);
    } else if (entry instanceof Entry.LogState state) {
      consistency = state.consistency();
    } else if (entry instanceof Entry.Refusal refusal) {
      return new Answer.No(refusal);
    }
    return null;
  }
}
