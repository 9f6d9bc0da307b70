package dev.cairn.protocol.meeting;

import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/** What one device says to the other about parcels, one to a record. */
public sealed interface Word {

  /** How much of a parcel one word holds. */
  int PIECE_BYTES_MAX = Limits.MEETING_RECORD_BYTES_MAX - 8;

  /**
   * A parcel that could be sent.
   *
   * @param id SHA-256 of the parcel
   * @param sizeBytes of the parcel
   */
  record Offered(Digest id, int sizeBytes) {}

  /**
   * A parcel that is to be sent.
   *
   * @param place in the last offer, from 0
   * @param offsetBytes where to begin: what lies before it is held
   */
  record Wanted(int place, int offsetBytes) {}

  /** Parcels that could be sent; each is offered once in a meeting. */
  record Offer(List<Offered> parcels) implements Word {
    /** Takes a copy. */
    public Offer {
      parcels = List.copyOf(parcels);
    }
  }

  /** What is wanted of the last offer; not said when nothing is. */
  record Want(List<Wanted> parcels) implements Word {
    /** Takes a copy. */
    public Want {
      parcels = List.copyOf(parcels);
    }
  }

  /** The next bytes of what is wanted, one parcel after the other. */
  record Piece(Encoded bytes) implements Word {}

  /** The parcel whose turn it is has gone since it was offered. */
  record Gone() implements Word {}

  /**
   * The other's turn. A turn that says nothing else answers one that said nothing else: the end.
   */
  record Over() implements Word {}
}
