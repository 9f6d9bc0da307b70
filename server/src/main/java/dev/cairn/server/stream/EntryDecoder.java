package dev.cairn.server.stream;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the entries of one stream into offers, and does what costs time: rebuilding payloads and
 * verifying signatures. For one thread at a time.
 */
public final class EntryDecoder {

  private final EntryReader reader;
  private final DeviceKeyCache keys;

  /** Begins a stream of a space. */
  public EntryDecoder(SpaceId space, DeviceKeyCache keys) {
    this.reader = new EntryReader(space);
    this.keys = keys;
  }

  /** One offer for each entry; what is wrong with an entry is told in its place. */
  public List<Offer> decode(List<byte[]> entries) {
    List<Offer> offers = new ArrayList<>(entries.size());
    for (byte[] entry : entries) {
      offers.add(decode(entry));
    }
    return offers;
  }

  private Offer decode(byte[] encoded) {
    try {
      Entry entry = reader.read(encoded);
      if (entry instanceof Entry.Statement statement) {
        return statement(statement);
      }
      if (entry instanceof Entry.OfFrame frame) {
        return frame(frame.frame());
      }
      return new Offer.Refused(RefusalCode.ENTRY_UNEXPECTED.code());
    } catch (MalformedException e) {
      return new Offer.Refused(RefusalCode.ENTRY_MALFORMED.code());
    } catch (TooNewException e) {
      return new Offer.Refused(RefusalCode.ENTRY_TOO_NEW.code());
    } catch (RefusedException e) {
      return new Offer.Refused(e.code());
    }
  }

  private static Offer statement(Entry.Statement entry) throws MalformedException, TooNewException {
    Statement statement = Statement.decode(entry.statement().bytes());
    return statement.signaturesValid()
        ? new Offer.OfStatement(statement)
        : new Offer.Refused(RefusalCode.STATEMENT_SIGNATURE.code());
  }

  private Offer frame(Frame frame) throws MalformedException, RefusedException {
    FrameSignatures.verify(frame, keys.of(frame.device()));
    return new Offer.OfFrame(frame);
  }
}
