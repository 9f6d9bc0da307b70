package dev.cairn.client.meeting;

import dev.cairn.client.courier.Courier;
import dev.cairn.client.courier.Outgoing;
import dev.cairn.client.courier.OutgoingParcels;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Word;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What goes to the device that is met: offers, and then what it wants of them. */
final class Sending {

  /** A word's bytes beside those of the piece in it, and the word that ends the turn. */
  private static final int SPARE_BYTES = 64;

  private final Courier courier;
  private final Set<Digest> offered = new HashSet<>();
  private final Deque<Wanted> wanted = new ArrayDeque<>();
  private final OutgoingParcels first;
  private OutgoingParcels outgoing;
  private List<Outgoing> offer = List.of();
  private boolean open;
  private boolean offeredAll;
  private long sent;

  /** A parcel on its way. */
  private static final class Wanted {
    private final Outgoing parcel;
    private int offset;

    Wanted(Outgoing parcel, int offset) {
      this.parcel = parcel;
      this.offset = offset;
    }
  }

  Sending(Courier courier) throws CairnException {
    this.courier = courier;
    this.first = courier.outgoing();
    this.outgoing = first;
  }

  /** Begins again with what has been written since. */
  void renew() throws CairnException {
    outgoing.close();
    outgoing = courier.outgoing();
    offeredAll = false;
  }

  /** Whether a parcel was offered by this side, so that the other need not offer it. */
  boolean hasOffered(Digest parcel) {
    return offered.contains(parcel);
  }

  void want(Word.Want want) throws MalformedException {
    if (!open || !wanted.isEmpty()) {
      throw new MalformedException("wants what was not offered");
    }
    for (Word.Wanted one : want.parcels()) {
      if (one.place() >= offer.size() || one.offsetBytes() >= offer.get(one.place()).sizeBytes()) {
        throw new MalformedException("wants what was not offered");
      }
      wanted.add(new Wanted(offer.get(one.place()), one.offsetBytes()));
    }
  }

  /** The other's turn is over: it has said what it wants of the last offer. */
  void answered() {
    open = false;
    offer = List.of();
  }

  /**
   * Says what there is to say in this turn.
   *
   * @param known parcels that the other side offered
   * @return whether there was something
   */
  boolean speak(PeerStream stream, Set<Digest> known) throws CairnException {
    boolean said = pieces(stream);
    if (wanted.isEmpty() && !offeredAll) {
      said |= offer(stream, known);
    }
    return said;
  }

  private boolean pieces(PeerStream stream) throws CairnException {
    boolean said = false;
    while (!wanted.isEmpty() && hasRoom(stream)) {
      Wanted one = wanted.element();
      Optional<byte[]> parcel = one.parcel.bytes();
      said = true;
      if (!parcel.isPresent()) {
        stream.say(new Word.Gone());
        wanted.remove();
      } else if (send(stream, one, parcel.get())) {
        wanted.remove();
        sent++;
      }
    }
    return said;
  }

  private static boolean hasRoom(PeerStream stream) {
    return stream.room() >= Limits.MEETING_RECORD_BYTES_MAX + SPARE_BYTES;
  }

  private static boolean send(PeerStream stream, Wanted one, byte[] parcel) {
    while (one.offset < parcel.length && hasRoom(stream)) {
      int end = Math.min(parcel.length, one.offset + Word.PIECE_BYTES_MAX);
      stream.say(new Word.Piece(Encoded.of(Arrays.copyOfRange(parcel, one.offset, end))));
      one.offset = end;
    }
    return one.offset == parcel.length;
  }

  private boolean offer(PeerStream stream, Set<Digest> known) throws CairnException {
    List<Outgoing> next = new ArrayList<>();
    while (next.isEmpty() && !offeredAll && hasRoom(stream)) {
      int most = Math.min(Limits.MEETING_OFFERS_MAX, Limits.MEETING_PARCELS_MAX - offered.size());
      List<Outgoing> some = most > 0 ? outgoing.next(most) : List.of();
      offeredAll = some.isEmpty();
      for (Outgoing one : some) {
        if (!known.contains(one.id()) && offered.add(one.id())) {
          next.add(one);
        }
      }
    }
    if (next.isEmpty()) {
      return false;
    }
    List<Word.Offered> words = new ArrayList<>();
    next.forEach(one -> words.add(new Word.Offered(one.id(), one.sizeBytes())));
    stream.say(new Word.Offer(words));
    offer = next;
    open = true;
    return true;
  }

  /** How many parcels went over. */
  long sent() {
    return sent;
  }

  /**
   * The meeting ended well: what was carried when it began was offered, and went over if it was
   * wanted. What the other side brought is not counted: nobody else has it yet.
   */
  void handedOn() throws CairnException {
    first.handedOn();
  }

  void close() {
    outgoing.close();
  }
}
