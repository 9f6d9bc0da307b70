package dev.cairn.protocol.meeting;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of the encrypted stream between two devices of a space: bytes in, bytes out. First keys
 * are agreed on that only members can compute, then the caller proves that it is a member, then the
 * answerer does; then words go to and fro, never both ways at once, so that it cannot lock up over
 * any pair of streams.
 *
 * <p>After any exception it is over and the stream is to be closed without a word. Not safe for use
 * by several threads at once.
 */
public final class PeerStream {

  /** Who is there does not know what members know, or cannot show that it is one of them. */
  public static final String STRANGER = "meeting.stranger";

  /** Who is there was one, and was cut off. */
  public static final String SUSPENDED = "meeting.suspended";

  /** Who is there says more than may be said. */
  public static final String EXCESS = "meeting.excess";

  private static final byte[] LINE = "CAIRN-MEETING-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_AT = 14;
  private static final int CIPHERTEXT_BYTES_MAX = Limits.MEETING_RECORD_BYTES_MAX + Aead.TAG_BYTES;

  private enum Stage {
    AGREEING,
    PROVING,
    SPEAKING
  }

  private final Side side;
  private final RosterState roster;
  private final SigningKey identity;
  private final Randomness randomness;
  private final KeyAgreement agreement;
  private final ByteStringStream in = new ByteStringStream(CIPHERTEXT_BYTES_MAX);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteStringStream proof = new ByteStringStream(Limits.MEETING_PROOF_BYTES_MAX);
  private int lineRead;
  private int proofBytes;
  private int heardBytes;
  private int saidBytes;
  private boolean keysOffered;
  private Stage stage = Stage.AGREEING;
  private @Nullable RecordKeys keys;
  private @Nullable DeviceEntry peer;

  /**
   * Begins; what the caller has to say first is ready to be sent.
   *
   * @param roster what this device knows of its space
   * @param identity the device's key
   * @throws RefusedException {@code device.unknown} if the roster lacks the space's beginning
   */
  public PeerStream(Side side, RosterState roster, SigningKey identity, Randomness randomness)
      throws RefusedException {
    this.side = side;
    this.roster = roster;
    this.identity = identity;
    this.randomness = randomness;
    Digest members =
        MembersKey.of(roster)
            .orElseThrow(
                () -> new RefusedException("device.unknown", "the roster lacks its beginning"));
    this.agreement = new KeyAgreement(side, members, randomness);
    if (side == Side.CALLER) {
      out.write(LINE, 0, LINE.length);
      write(agreement.first());
    }
  }

  static RefusedException stranger() {
    return new RefusedException(
        STRANGER, "who was met is no member of this space, or what came was altered");
  }

  private void write(byte[] message) {
    byte[] wrapped = ByteStringStream.wrap(message, CIPHERTEXT_BYTES_MAX);
    out.write(wrapped, 0, wrapped.length);
  }

  /** Takes what is to be sent next; empty if the peer is to speak. */
  public byte[] output() {
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }

  /**
   * Takes bytes of the peer, cut however they were; then call {@link #next} until it has no more.
   *
   * @throws TooNewException if the peer speaks a later version
   * @throws MalformedException if it does not speak this at all
   */
  public void feed(byte[] bytes, int offset, int length)
      throws MalformedException, TooNewException {
    int at = offset;
    while (lineRead < LINE.length && at < offset + length) {
      byte found = bytes[at++];
      if (found != LINE[lineRead]) {
        if (lineRead == VERSION_AT && found > '1' && found <= '9') {
          throw new TooNewException("peer", found - '0', 1);
        }
        throw new MalformedException("who is there does not speak of meetings", lineRead);
      }
      lineRead++;
    }
    in.feed(bytes, at, offset + length - at);
  }

  /**
   * The next word of the peer, if it has come whole. Until {@link #peer} is known there is none.
   *
   * @throws RefusedException {@link #STRANGER}, {@link #SUSPENDED}, {@link #EXCESS}
   * @throws MalformedException if what came was altered, or says what cannot be said
   */
  public Optional<Word> next() throws CairnException {
    Optional<byte[]> message = message();
    while (message.isPresent()) {
      if (stage == Stage.SPEAKING) {
        return Optional.of(word(open(message.get())));
      }
      if (stage == Stage.AGREEING) {
        agree(message.get());
      } else {
        prove(message.get());
      }
      message = message();
    }
    return Optional.empty();
  }

  private Word word(byte[] record) throws CairnException {
    heardBytes += record.length;
    if (heardBytes > Limits.MEETING_TURN_BYTES_MAX) {
      throw new RefusedException(EXCESS, "the device that was met speaks without end");
    }
    Word word = WordCodec.decode(record);
    if (word instanceof Word.Over) {
      heardBytes = 0;
    }
    return word;
  }

  private Optional<byte[]> message() throws CairnException {
    try {
      return in.next();
    } catch (MalformedException wrong) {
      throw stage == Stage.SPEAKING ? wrong : stranger();
    }
  }

  private void agree(byte[] message) throws CairnException {
    int expected =
        side == Side.CALLER
            ? KeyAgreement.SECOND_BYTES
            : keysOffered ? KeyAgreement.THIRD_BYTES : KeyAgreement.FIRST_BYTES;
    if (message.length != expected) {
      throw stranger();
    }
    try {
      if (side == Side.CALLER) {
        byte[] third = agreement.third(message, randomness);
        keys = agreement.finish(third);
        write(third);
        sendProof();
        stage = Stage.PROVING;
      } else if (keysOffered) {
        keys = agreement.finish(message);
        stage = Stage.PROVING;
      } else {
        byte[] second = agreement.second(message, randomness);
        out.write(LINE, 0, LINE.length);
        write(second);
        keysOffered = true;
      }
    } catch (MalformedException | UndecryptableException wrong) {
      throw stranger();
    }
  }

  /** In records of one size each, so that its length does not tell one member from another. */
  private void sendProof() throws RefusedException {
    byte[] wrapped =
        ByteStringStream.wrap(
            MembershipProof.make(roster, keys().transcript(), side, identity),
            Limits.MEETING_PROOF_BYTES_MAX);
    for (int at = 0; at < wrapped.length; at += Limits.MEETING_RECORD_BYTES_MAX) {
      byte[] record = new byte[Limits.MEETING_RECORD_BYTES_MAX];
      System.arraycopy(wrapped, at, record, 0, Math.min(record.length, wrapped.length - at));
      write(keys().seal(record));
    }
  }

  private void prove(byte[] message) throws CairnException {
    byte[] record = open(message);
    if (record.length != Limits.MEETING_RECORD_BYTES_MAX) {
      throw stranger();
    }
    proof.feed(record);
    proofBytes += record.length;
    Optional<byte[]> whole = wholeProof();
    if (!whole.isPresent()) {
      return;
    }
    checkPadding(record, whole.get());
    try {
      peer = MembershipProof.check(roster, keys().transcript(), side.other(), whole.get());
    } catch (MalformedException | TooNewException wrong) {
      throw stranger();
    }
    if (peer.device().equals(DeviceId.of(identity.verifyingKey().bytes()))) {
      throw stranger();
    }
    if (side == Side.ANSWERER) {
      sendProof();
    }
    stage = Stage.SPEAKING;
  }

  private Optional<byte[]> wholeProof() throws RefusedException {
    try {
      return proof.next();
    } catch (MalformedException wrong) {
      throw stranger();
    }
  }

  private void checkPadding(byte[] lastRecord, byte[] whole) throws RefusedException {
    int written = ByteStringStream.wrap(whole, Limits.MEETING_PROOF_BYTES_MAX).length;
    for (int i = lastRecord.length - (proofBytes - written); i < lastRecord.length; i++) {
      if (lastRecord[i] != 0) {
        throw stranger();
      }
    }
  }

  private byte[] open(byte[] message) throws CairnException {
    try {
      return keys().open(message);
    } catch (UndecryptableException wrong) {
      if (stage == Stage.SPEAKING) {
        throw new MalformedException("what came was altered on its way");
      }
      throw stranger();
    }
  }

  private RecordKeys keys() {
    if (keys == null) {
      throw new IllegalStateException("no keys yet");
    }
    return keys;
  }

  /** Who is there, once it has proven that it is a member. */
  public Optional<DeviceEntry> peer() {
    return stage == Stage.SPEAKING ? Optional.ofNullable(peer) : Optional.empty();
  }

  /**
   * Says something.
   *
   * @throws IllegalStateException before {@link #peer} is known
   */
  public void say(Word word) {
    if (stage != Stage.SPEAKING) {
      throw new IllegalStateException("nobody is known to listen");
    }
    byte[] record = WordCodec.encode(word);
    saidBytes = word instanceof Word.Over ? 0 : saidBytes + record.length;
    write(keys().seal(record));
  }

  /** How many bytes of words this turn still has room for. */
  public int room() {
    return Limits.MEETING_TURN_BYTES_MAX - saidBytes;
  }

  /** Forgets the keys of this meeting. */
  public void close() {
    agreement.wipe();
    if (keys != null) {
      keys.wipe();
    }
  }
}
