package dev.cairn.simulation.world;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeSignature;
import dev.cairn.protocol.feed.Tail;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Changes that are made of honest ones and are not; and a look at what a server gave. */
final class Forgeries {

  private Forgeries() {}

  /** The same with somebody else's name in them, under the old signatures. */
  static List<Change> inAnothersName(List<Change> own, DeviceId self, DeviceId other)
      throws MalformedException, TooNewException {
    List<Change> forged = new ArrayList<>();
    for (Change change : own) {
      byte[] payload = change.payload();
      byte[] mine = self.bytes();
      for (int at = 0; at + mine.length <= payload.length; at++) {
        if (Arrays.equals(Arrays.copyOfRange(payload, at, at + mine.length), mine)) {
          System.arraycopy(other.bytes(), 0, payload, at, mine.length);
        }
      }
      Change altered = Change.decode(payload);
      if (change.ciphertext().isPresent()) {
        altered = altered.withCiphertext(change.ciphertext().get());
      }
      forged.add(
          change.signature().isPresent()
              ? altered.withSignature(change.signature().get())
              : altered);
    }
    return forged;
  }

  /** The same, signed anew, with a commitment to a key that it is not sealed with. */
  static Change miscommitted(Change honest, SigningKey key, Chance chance)
      throws MalformedException {
    Tail tail = honest.tail().orElseThrow();
    Digest other = Digest.of(chance.bytes(Digest.SIZE_BYTES));
    Change change =
        Change.of(honest.prefix(), new Tail(other, tail.ciphertextHash(), tail.ciphertextLength()))
            .withCiphertext(honest.ciphertext().orElseThrow());
    return ChangeSignature.sign(change, key);
  }

  /** What a stream holds. */
  static List<Entry> entries(byte[] stream, SpaceId space) throws MalformedException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(stream);
    EntryReader reader = new EntryReader(space);
    List<Entry> entries = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      entries.add(reader.read(next.get()));
    }
    return entries;
  }
}
