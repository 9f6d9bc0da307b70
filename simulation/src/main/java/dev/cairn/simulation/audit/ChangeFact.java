package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A change as the auditor reads its payload itself. */
final class ChangeFact {

  private static final HexFormat HEX = HexFormat.of();
  private static final int KEY_MAX = 16;

  /**
   * A checkpoint as a change cites it.
   *
   * @param root in hexadecimal
   */
  record Cited(long generation, long size, String root) {}

  final ChangeId id;
  final DeviceId device;
  final long sequence;
  final Set<ChangeId> previous;
  final Set<CircleId> audience;
  final long audienceSequence;
  final Set<ChangeId> audiencePrevious;
  final String session;
  final int index;
  final @Nullable Cited cited;
  final List<EpochId> openings;
  final @Nullable ChangeId erases;
  final @Nullable String commitment;
  final long ciphertextLength;
  final boolean onlyKnownParts;
  private final byte[] payload;

  private ChangeFact(byte[] payload) {
    Cbor.Item both = Cbor.read(payload);
    Cbor.Item prefix = both.at(0);
    List<Cbor.Item> tail = both.at(1).list();
    this.payload = payload;
    id = ChangeId.of(Hashes.labelled("cairn/1/change-id", payload));
    device = DeviceId.of(prefix.get(3).bytes());
    sequence = prefix.get(4).number();
    previous = changes(prefix.get(5));
    audience = new TreeSet<>();
    prefix.get(6).list().forEach(circle -> audience.add(CircleId.of(circle.bytes())));
    audienceSequence = prefix.get(7).number();
    audiencePrevious = changes(prefix.get(8));
    session = HEX.formatHex(prefix.get(9).bytes());
    index = prefix.has(10) ? (int) prefix.get(10).number() : -1;
    cited = prefix.has(12) ? cited(prefix.get(12)) : null;
    openings = new ArrayList<>();
    if (prefix.has(15)) {
      prefix.get(15).list().forEach(each -> openings.add(EpochId.of(each.at(0).bytes())));
    }
    erases = prefix.has(16) ? ChangeId.of(prefix.get(16).bytes()) : null;
    commitment = tail.isEmpty() ? null : HEX.formatHex(tail.get(0).bytes());
    ciphertextLength = tail.isEmpty() ? 0 : tail.get(2).number();
    onlyKnownParts =
        both.list().size() == 2
            && (tail.isEmpty() || tail.size() == 3)
            && prefix.map().keySet().stream().allMatch(key -> key > 0 && key <= KEY_MAX)
            && prefix.get(14).bytes().length == 16;
  }

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static ChangeFact read(byte[] payload) {
    return new ChangeFact(payload.clone());
  }

  private static Set<ChangeId> changes(Cbor.Item list) {
    Set<ChangeId> ids = new TreeSet<>();
    list.list().forEach(each -> ids.add(ChangeId.of(each.bytes())));
    return ids;
  }

  private static Cited cited(Cbor.Item item) {
    return new Cited(item.at(0).number(), item.at(1).number(), HEX.formatHex(item.at(2).bytes()));
  }

  /** Whether it opens a session and has no body. */
  boolean opensSession() {
    return index < 0;
  }

  /** What it continues, either way. */
  Set<ChangeId> continued() {
    Set<ChangeId> both = new TreeSet<>(previous);
    both.addAll(audiencePrevious);
    return both;
  }

  byte[] payload() {
    return payload.clone();
  }

  /** The leaf it must have in a log. */
  byte[] leaf() {
    List<byte[]> circles = new ArrayList<>();
    audience.forEach(circle -> circles.add(circle.bytes()));
    return Hashes.leafOfChange(circles, payload);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChangeFact fact && Arrays.equals(payload, fact.payload);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "change " + Names.of(id) + " (" + sequence + " of " + Names.of(device) + ")";
  }
}
