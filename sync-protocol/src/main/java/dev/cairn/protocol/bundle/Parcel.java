package dev.cairn.protocol.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.attachment.ChunkOpener;
import dev.cairn.protocol.attachment.ChunkSealer;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Content sealed to several receivers at once: a server's bundle key, a circle's epoch, a device.
 * Nothing in a parcel names sender, space or receiver; a receiver tries the keys he has. It tells
 * nothing about who sealed it either: what counts is proven by the signatures inside.
 *
 * <p>Stateless, safe for use by several threads.
 */
public final class Parcel {

  private static final int VERSION = 1;
  private static final int VERSION_AT = 1;
  private static final int KEY_BYTES = 32;
  private static final int STANZA_BYTES = HpkeSealed.OVERHEAD_BYTES + KEY_BYTES;
  private static final byte[] NO_AAD = {};

  /** The hash behind everything else, with its header. */
  private static final int CHECK_BYTES = 2 + Digest.SIZE_BYTES;

  private Parcel() {}

  /**
   * Seals a parcel.
   *
   * @param receivers 1 to {@link Limits#PARCEL_STANZAS_MAX} keys, any of which opens it
   * @throws IllegalArgumentException if there are too few or too many, or the content is longer
   *     than {@link Limits#PARCEL_CONTENT_BYTES_MAX}
   */
  public static byte[] seal(
      ParcelContent content, List<EncryptionPublicKey> receivers, Randomness randomness) {
    if (receivers.isEmpty() || receivers.size() > Limits.PARCEL_STANZAS_MAX) {
      throw new IllegalArgumentException("parcel for " + receivers.size() + " receivers");
    }
    byte[] padded = ContentCodec.pad(content);
    Secret key = Secret.random(KEY_BYTES, randomness);
    try {
      CborWriter writer = new CborWriter().array(4).uint(VERSION).array(receivers.size());
      for (byte[] stanza : stanzas(key, receivers, randomness)) {
        writer.bytes(stanza);
      }
      writer.bytes(sealed(key, padded, randomness)).bytes(new byte[Digest.SIZE_BYTES]);
      byte[] parcel = writer.toBytes();
      byte[] check = check(parcel);
      System.arraycopy(check, 0, parcel, parcel.length - check.length, check.length);
      return parcel;
    } finally {
      key.wipe();
    }
  }

  /** Sorted, which puts them in a random order: the order of receivers would tell them apart. */
  private static List<byte[]> stanzas(
      Secret key, List<EncryptionPublicKey> receivers, Randomness randomness) {
    List<byte[]> stanzas = new ArrayList<>(receivers.size());
    for (EncryptionPublicKey receiver : receivers) {
      stanzas.add(Hpke.seal(receiver, info(), NO_AAD, key.expose(), randomness).joined());
    }
    stanzas.sort(BytewiseOrder::compare);
    return stanzas;
  }

  private static byte[] sealed(Secret key, byte[] padded, Randomness randomness) {
    ChunkSealer sealer = ChunkSealer.begin(key, randomness);
    return join(sealer.header(), sealer.update(padded, 0, padded.length), sealer.finish());
  }

  /**
   * Opens a parcel.
   *
   * @param keys the keys to try, the likeliest first
   * @throws UndecryptableException if none of them opens it
   * @throws MalformedException if it is no parcel, was altered, or holds no content
   * @throws TooNewException if a newer program sealed it
   */
  public static ParcelContent open(byte[] parcel, List<EncryptionKey> keys)
      throws UndecryptableException, MalformedException, TooNewException {
    if (parcel.length > Limits.PARCEL_BYTES_MAX) {
      throw new MalformedException("parcel longer than " + Limits.PARCEL_BYTES_MAX + " bytes");
    }
    CborReader reader = CborReader.of(parcel);
    beginning(reader, parcel);
    checkDamage(parcel);
    List<HpkeSealed> stanzas = readStanzas(reader);
    byte[] sealed = reader.bytes(Limits.PARCEL_BYTES_MAX);
    reader.bytesExactly(Digest.SIZE_BYTES);
    reader.end();
    Secret key = parcelKey(stanzas, keys).orElseThrow(UndecryptableException::new);
    try {
      ChunkOpener opener = ChunkOpener.begin(key);
      byte[] begun = opener.update(sealed, 0, sealed.length);
      return ContentCodec.unpad(join(begun, opener.finish()));
    } catch (UndecryptableException altered) {
      // It is for this reader, or there would be no key: not to be carried on as somebody else's.
      throw new MalformedException("parcel altered on its way");
    } finally {
      key.wipe();
    }
  }

  /**
   * Whether a newer program sealed a parcel, and not an altered version is all that is wrong with
   * it. Nothing else about it can be told: neither for whom it is nor whether it was altered on its
   * way.
   */
  public static boolean isOfLaterVersion(byte[] parcel) {
    try {
      beginning(CborReader.of(parcel), parcel);
      return false;
    } catch (TooNewException newer) {
      return true;
    } catch (MalformedException damaged) {
      return false;
    }
  }

  private static void beginning(CborReader reader, byte[] parcel)
      throws MalformedException, TooNewException {
    int items = reader.arrayHeader();
    if (items == 0) {
      throw new MalformedException("parcel without version");
    }
    long version = reader.uint();
    if (version > VERSION) {
      if (isWholeAsThisVersion(parcel)) {
        throw new MalformedException("parcel altered on its way");
      }
      throw new TooNewException("parcel", version, VERSION);
    }
    if (version < VERSION || items != 4) {
      throw new MalformedException("parcel of an unknown form");
    }
  }

  /**
   * Who has no key for a parcel could not tell a damaged one from somebody else's, and would carry
   * it on for nothing. Against an attacker the encryption inside holds, not this.
   */
  private static void checkDamage(byte[] parcel) throws MalformedException {
    boolean whole = parcel.length > CHECK_BYTES;
    if (!whole || !endsWith(parcel, check(parcel))) {
      throw new MalformedException("parcel altered on its way");
    }
  }

  /** Of one whose version alone was altered, the check says so. */
  private static boolean isWholeAsThisVersion(byte[] parcel) {
    if (parcel.length <= CHECK_BYTES) {
      return false;
    }
    byte[] restored = parcel.clone();
    restored[VERSION_AT] = VERSION;
    return endsWith(restored, check(restored));
  }

  /** The hash of everything before it. */
  private static byte[] check(byte[] parcel) {
    return new Sha256().update(parcel, 0, parcel.length - CHECK_BYTES).digest().bytes();
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    for (int i = 0; i < end.length; i++) {
      if (bytes[bytes.length - end.length + i] != end[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<HpkeSealed> readStanzas(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.PARCEL_STANZAS_MAX);
    if (count == 0) {
      throw new MalformedException("parcel for nobody");
    }
    List<HpkeSealed> stanzas = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      stanzas.add(HpkeSealed.ofJoined(reader.bytesExactly(STANZA_BYTES)));
    }
    return stanzas;
  }

  private static Optional<Secret> parcelKey(List<HpkeSealed> stanzas, List<EncryptionKey> keys) {
    for (EncryptionKey key : keys) {
      for (HpkeSealed stanza : stanzas) {
        Optional<Secret> parcelKey = parcelKey(stanza, key);
        if (parcelKey.isPresent()) {
          return parcelKey;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Secret> parcelKey(HpkeSealed stanza, EncryptionKey key) {
    try {
      return Optional.of(Secret.take(Hpke.open(key, info(), NO_AAD, stanza)));
    } catch (UndecryptableException forSomebodyElse) {
      return Optional.empty();
    }
  }

  private static byte[] info() {
    return new CborWriter().array(2).text("cairn/1/parcel").uint(VERSION).toBytes();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
