package dev.cairn.client.held;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Opened;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A change this device holds, with what it can say of it.
 *
 * @param change payload, ciphertext if it is held, signature if its own came along
 * @param position its place in the log, once that is known
 * @param openedOrNull what it states, if this device can open it
 * @param unopenedOrNull why it is not opened; null if it is
 * @param provisional whether its device is not confirmed by now
 * @param counts whether it counts: its device is in and, if suspended, this was good
 * @param forked whether its device's feed has branches that nothing joins yet
 * @param staleEpoch whether its author already knew a newer epoch than the one it is sealed to
 */
public record HeldChange(
    Change change,
    OptionalLong position,
    @Nullable Opened openedOrNull,
    @Nullable Unopened unopenedOrNull,
    boolean provisional,
    boolean counts,
    boolean forked,
    boolean staleEpoch) {

  /** Why a change is not opened. */
  public enum Unopened {
    /** It opens a session and states nothing. */
    SESSION,
    /** Its body was erased or withheld. */
    NO_BODY,
    /** This device has no key to its session. */
    NO_KEY,
    /** The key is the session's, and the body does not open or is none. */
    DAMAGED,
    /** A newer program wrote it. */
    TOO_NEW
  }

  /** What it states. */
  public Optional<Opened> opened() {
    return Optional.ofNullable(openedOrNull);
  }

  /** Why it is not opened. */
  public Optional<Unopened> unopened() {
    return Optional.ofNullable(unopenedOrNull);
  }
}
