package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one device's feed. It keeps the places the next changes continue and the sessions that
 * seal them; the caller stores every change it returns before anybody sees it.
 *
 * <p>Made anew from a store's index it continues all heads, so that a forked feed comes together
 * again. Sessions are never stored: after every unlock each audience begins with a session
 * statement. A call that throws has changed nothing. Not safe for use by several threads at once.
 */
public final class FeedAuthor {

  private final SpaceId space;
  private final SigningKey key;
  private final DeviceId device;
  private final FeedMemory feed;
  private final Randomness randomness;
  private final Map<Audience, WritingSession> sessions = new HashMap<>();

  /**
   * Continues a feed.
   *
   * @param space the space the feed belongs to
   * @param key the device's key
   * @param index the feed so far; {@link FeedMemory#empty} for a new device
   * @param randomness for salts and session keys
   */
  public FeedAuthor(SpaceId space, SigningKey key, FeedIndex index, Randomness randomness) {
    this.space = space;
    this.key = key;
    this.device = DeviceId.of(key.verifyingKey().bytes());
    this.feed = FeedMemory.over(index);
    this.randomness = randomness;
  }

  /** The device that writes. */
  public DeviceId device() {
    return device;
  }

  /** The heads that the next change continues. */
  public Set<ChangeId> heads() {
    return feed.heads();
  }

  /**
   * Whether {@link #openSession} has to come before the next {@link #write} to an audience: there
   * is no session, it has sealed as much or for as long as one may, or a circle has another epoch
   * now.
   *
   * @param epochs the newest epoch known of each circle of the audience, in its order
   * @param monotonicMillis a clock that nobody can set, the same one at every call
   */
  public boolean needsSession(Audience audience, List<EpochKey> epochs, long monotonicMillis) {
    WritingSession session = sessions.get(audience);
    return session == null || !session.serves(epochs, monotonicMillis);
  }

  /**
   * Writes a session statement: the changes to this audience that follow are sealed under its keys.
   *
   * @param epochs the newest epoch known of each circle of the audience, in its order
   * @param monotonicMillis see {@link #needsSession}
   * @throws IllegalArgumentException if the epochs are not those of the audience
   */
  public Change openSession(
      Audience audience, List<EpochKey> epochs, Seen seen, long monotonicMillis) {
    checkEpochs(audience, epochs);
    Secret first = Secret.random(ChainKey.SIZE_BYTES, randomness);
    List<Opening> openings = new ArrayList<>(epochs.size());
    for (EpochKey epoch : epochs) {
      openings.add(SessionOpening.seal(first, space, device, epoch, randomness));
    }
    WritingSession session = new WritingSession(first, epochs, monotonicMillis);
    PrefixBuilder prefix = next(audience, seen).session(session.ratchet().session());
    Change change;
    try {
      change = sign(Change.ofSession(prefix.openings(openings).build()));
    } catch (MalformedException fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
    feed.add(change);
    WritingSession before = sessions.put(audience, session);
    if (before != null) {
      before.ratchet().wipe();
    }
    return change;
  }

  private static void checkEpochs(Audience audience, List<EpochKey> epochs) {
    List<CircleId> circles = new ArrayList<>(epochs.size());
    for (EpochKey epoch : epochs) {
      circles.add(epoch.circle());
    }
    if (!circles.equals(audience.circles())) {
      throw new IllegalArgumentException("not one epoch for each circle, in their order");
    }
  }

  /**
   * Writes a change: seals and signs it.
   *
   * @param monotonicMillis see {@link #needsSession}
   * @throws IllegalStateException if there is no session that may go on
   * @throws IllegalArgumentException if the content breaks a limit
   */
  public Written write(Audience audience, Content content, Seen seen, long monotonicMillis) {
    WritingSession session = sessions.get(audience);
    if (session == null || !session.goesOn(monotonicMillis)) {
      throw new IllegalStateException("audience has no session that may go on");
    }
    byte[] padded = BodyEnvelope.pack(content.body().encode());
    SealingRatchet ratchet = session.ratchet();
    try {
      Prefix prefix =
          next(audience, seen)
              .session(ratchet.session())
              .index(ratchet.index())
              .attachments(content.attachments())
              .erases(content.erases().orElse(null))
              .build();
      SealingRatchet.Sealed sealed = ratchet.seal(prefix.encoded(), padded);
      Tail tail = Tail.of(sealed.commitment(), sealed.ciphertext());
      Change change = sign(Change.of(prefix, tail)).withCiphertext(sealed.ciphertext());
      feed.add(change);
      return new Written(change, content.body().record().orElse(sealed.opened()));
    } catch (MalformedException fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  /** Forgets every session: at lock, and whenever what was sealed must not be opened again. */
  public void forgetSessions() {
    sessions.values().forEach(session -> session.ratchet().wipe());
    sessions.clear();
  }

  private PrefixBuilder next(Audience audience, Seen seen) {
    List<ChangeId> heads = new ArrayList<>(feed.heads());
    List<ChangeId> audienceHeads = new ArrayList<>(feed.heads(audience));
    return Prefix.builder()
        .space(space)
        .device(device)
        .place(1 + greatest(heads, false), heads)
        .audience(audience)
        .audiencePlace(1 + greatest(audienceHeads, true), audienceHeads)
        .rosterHeads(seen.rosterHeads())
        .checkpoint(seen.checkpoint().orElse(null))
        .salt(Salt.of(randomness.bytes(Salt.SIZE_BYTES)));
  }

  private long greatest(List<ChangeId> changes, boolean inAudience) {
    long greatest = 0;
    for (ChangeId change : changes) {
      FeedPlace place =
          feed.place(change)
              .orElseThrow(() -> new IllegalStateException("index does not hold its own head"));
      greatest = Math.max(greatest, inAudience ? place.audienceSequence() : place.sequence());
    }
    return greatest;
  }

  private Change sign(Change change) {
    return ChangeSignature.sign(change, key);
  }
}
