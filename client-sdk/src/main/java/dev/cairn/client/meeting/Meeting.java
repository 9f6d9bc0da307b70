package dev.cairn.client.meeting;

import dev.cairn.client.courier.Courier;
import dev.cairn.client.courier.IncomingParcels;
import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.meeting.Word;
import dev.cairn.protocol.roster.DeviceEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of a meeting of two devices, as a machine without threads, clocks or streams: {@link
 * #receive} takes what the other end sent, {@link #output} gives what is to be sent. The ends speak
 * in turns, so at any time at most one of them has output.
 *
 * <p>It may be cut at any byte. What came whole is durable; {@link #end} keeps the beginning of
 * what did not, and the next meeting, with whomever, goes on from there.
 *
 * <p>Not safe for use by several threads at once, nor beside other uses of the device.
 */
public final class Meeting {

  /** The other end went away before it had proven that it is a member. */
  public static final String UNMET = "meeting.unmet";

  private static final int WANT = 1;
  private static final int PIECES = 2;
  private static final int OFFER = 3;

  private final Courier courier;
  private final MeetingListener listener;
  private final Side side;
  private final PeerStream stream;
  private final IncomingParcels incoming;
  private final Sending sending;
  private final Receiving receiving;
  private @Nullable DeviceEntry peer;
  private int heard;
  private boolean heardSomething;
  private boolean saidSomething = true;
  private boolean renewed;
  private boolean over;
  private boolean ended;

  /** Begins; see {@code Device.meeting}. */
  public Meeting(Holdings holdings, Courier courier, Side side, MeetingListener listener)
      throws CairnException {
    this.courier = courier;
    this.listener = listener;
    this.side = side;
    this.stream =
        new PeerStream(
            side,
            holdings.roster(),
            holdings.identity().signingKey(),
            holdings.host().randomness());
    this.incoming = courier.incoming();
    this.sending = new Sending(courier);
    this.receiving = new Receiving(incoming);
  }

  /** Takes what is to be sent now; empty if the other end is to speak. */
  public byte[] output() {
    return stream.output();
  }

  /** Whether both have said all they had. What {@link #output} still gives is to be sent. */
  public boolean isOver() {
    return over;
  }

  /**
   * Takes bytes of the other end, cut however they were. After any exception the stream is to be
   * closed without a word, and {@link #end} called.
   *
   * @throws RefusedException {@link PeerStream#STRANGER}, {@link PeerStream#SUSPENDED}, {@link
   *     PeerStream#EXCESS}
   * @throws MalformedException if it was altered, or says what cannot be said
   * @throws dev.cairn.protocol.TooNewException if the other end is of a later version
   */
  public void receive(byte[] bytes, int offset, int length) throws CairnException {
    if (over) {
      throw new MalformedException("more is said after the end");
    }
    stream.feed(bytes, offset, length);
    Optional<Word> word = stream.next();
    meet();
    while (word.isPresent()) {
      hear(word.get());
      word = over ? Optional.empty() : stream.next();
    }
  }

  private void meet() throws CairnException {
    if (peer == null && stream.peer().isPresent()) {
      peer = stream.peer().get();
      courier.met(peer.device());
      listener.met(peer);
      if (side == Side.CALLER) {
        speak();
      }
    }
  }

  private void hear(Word word) throws CairnException {
    if (word instanceof Word.Over) {
      turnEnds();
      return;
    }
    heardSomething = true;
    due(word);
    if (word instanceof Word.Want want) {
      sending.want(want);
    } else if (word instanceof Word.Offer offer) {
      receiving.offer(offer, sending);
    } else if (word instanceof Word.Piece piece) {
      receiving.piece(piece);
    } else {
      receiving.gone();
    }
  }

  /** In a turn a want comes first, then pieces, then an offer. */
  private void due(Word word) throws MalformedException {
    int place = word instanceof Word.Want ? WANT : word instanceof Word.Offer ? OFFER : PIECES;
    if (place < heard || (place == heard && place != PIECES)) {
      throw new MalformedException("a word out of its turn's order");
    }
    heard = place;
  }

  private void turnEnds() throws CairnException {
    incoming.save();
    sending.answered();
    heard = 0;
    if (!heardSomething && receiving.isOwed()) {
      throw new MalformedException("what was promised does not come");
    }
    if (heardSomething || saidSomething) {
      boolean wasEmpty = !heardSomething;
      heardSomething = false;
      speak();
      over = wasEmpty && !saidSomething;
    } else {
      over = true;
    }
  }

  private void speak() throws CairnException {
    boolean said = receiving.speak(stream);
    said |= sending.speak(stream, receiving.offered());
    if (!said && incoming.taken() > 0 && !renewed && !receiving.isOwed()) {
      renewed = true;
      incoming.settleEarly();
      listener.taken();
      sending.renew();
      said = sending.speak(stream, receiving.offered());
    }
    saidSomething = said;
    stream.say(new Word.Over());
  }

  /**
   * Ends it, whole or cut, and tells what came of it. May be called again, and then does nothing
   * more.
   *
   * @throws RefusedException {@link #UNMET} if nobody had proven to be a member by then
   */
  public MeetingResult end() throws CairnException {
    if (!ended) {
      ended = true;
      stream.close();
      incoming.save();
      incoming.settleEarly();
      if (over) {
        sending.handedOn();
      }
      sending.close();
    }
    DeviceEntry met = peer;
    if (met == null) {
      throw new RefusedException(
          UNMET,
          "the other side ended it before it had shown that it is a member of this space;"
              + " it may be of another space, or not take this device for one of its own");
    }
    return new MeetingResult(
        met.device(),
        met.isConfirmed(),
        over,
        sending.sent(),
        incoming.taken(),
        incoming.altered(),
        incoming.isFull(),
        incoming.result());
  }
}
