package dev.cairn.client.meeting;

import dev.cairn.client.courier.IncomingParcels;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Word;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What comes from the device that is met. */
final class Receiving {

  private final IncomingParcels incoming;
  private final Set<Digest> offered = new HashSet<>();
  private final Deque<Word.Offered> expected = new ArrayDeque<>();
  private List<Word.Wanted> wants = List.of();
  private boolean begun;

  Receiving(IncomingParcels incoming) {
    this.incoming = incoming;
  }

  /** The parcels that the other side has. */
  Set<Digest> offered() {
    return Collections.unmodifiableSet(offered);
  }

  void offer(Word.Offer offer, Sending sending) throws CairnException {
    if (!expected.isEmpty()) {
      throw new MalformedException("an offer before the last one was sent");
    }
    List<Word.Wanted> some = new ArrayList<>();
    for (int place = 0; place < offer.parcels().size(); place++) {
      Word.Offered one = offer.parcels().get(place);
      if (!offered.add(one.id())) {
        throw new MalformedException("a parcel is offered twice");
      }
      if (offered.size() > Limits.MEETING_PARCELS_MAX) {
        throw new RefusedException(
            PeerStream.EXCESS, "the device that was met offers parcels without end");
      }
      OptionalInt from =
          sending.hasOffered(one.id())
              ? OptionalInt.empty()
              : incoming.wanted(one.id(), one.sizeBytes());
      if (from.isPresent()) {
        some.add(new Word.Wanted(place, from.getAsInt()));
        expected.add(one);
      }
    }
    wants = some;
  }

  /** Says what is wanted of the last offer; false if nothing is. */
  boolean speak(PeerStream stream) {
    if (wants.isEmpty()) {
      return false;
    }
    stream.say(new Word.Want(wants));
    wants = List.of();
    return true;
  }

  void piece(Word.Piece piece) throws CairnException {
    Word.Offered one = current();
    if (!begun) {
      incoming.begin(one.id(), one.sizeBytes());
      begun = true;
    }
    byte[] bytes = piece.bytes().bytes();
    if (bytes.length > incoming.missingBytes()) {
      throw new MalformedException("a parcel is longer than it was said to be");
    }
    boolean whole = bytes.length == incoming.missingBytes();
    incoming.add(bytes);
    if (whole) {
      next();
    }
  }

  void gone() throws CairnException {
    current();
    incoming.abandon();
    next();
  }

  private Word.Offered current() throws MalformedException {
    if (expected.isEmpty() || !wants.isEmpty()) {
      throw new MalformedException("a piece of what was not wanted");
    }
    return expected.element();
  }

  private void next() {
    expected.remove();
    begun = false;
  }

  /** Whether the other side owes something. */
  boolean isOwed() {
    return !expected.isEmpty() && wants.isEmpty();
  }
}
