package dev.cairn.protocol.bundle;

import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;

import dev.cairn.protocol.attachment.ChunkSealer;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A parcel as anybody could write it; the check at its end is right whatever stands before it. */
final class RawParcel {

  static final byte[] KEY = VectorJson.named("parcel key", 32);
  static final byte[] SALT = Arrays.copyOf(VectorJson.named("parcel salt", 32), 24);

  private static final byte[] INFO = encode(list("cairn/1/parcel", 1));

  private final Randomness randomness = new SeededRandomness(20_261_122);
  private final List<byte[]> stanzas = new ArrayList<>();

  RawParcel(EncryptionKey... receivers) {
    for (EncryptionKey receiver : receivers) {
      stanza(receiver);
    }
  }

  RawParcel stanza(EncryptionKey receiver) {
    return stanza(Hpke.seal(receiver.publicKey(), INFO, new byte[0], KEY, randomness).joined());
  }

  RawParcel stanza(byte[] stanza) {
    stanzas.add(stanza);
    return this;
  }

  RawParcel sorted() {
    stanzas.sort(Arrays::compareUnsigned);
    return this;
  }

  List<byte[]> stanzas() {
    return stanzas;
  }

  static byte[] padded(byte[] content) {
    return Arrays.copyOf(content, (int) Padme.length(content.length));
  }

  static byte[] sealed(byte[] plaintext) {
    ChunkSealer sealer =
        ChunkSealer.begin(
            Secret.copyOf(KEY), salt -> System.arraycopy(SALT, 0, salt, 0, salt.length));
    byte[] begun = sealer.update(plaintext, 0, plaintext.length);
    return join(sealer.header(), begun, sealer.finish());
  }

  /** As it should be. */
  byte[] of(byte[] content) {
    return ofPlaintext(padded(content));
  }

  byte[] ofPlaintext(byte[] plaintext) {
    return ofSealed(sealed(plaintext));
  }

  byte[] ofSealed(byte[] sealed) {
    return of(1, stanzas, sealed);
  }

  /** Any items, and the check behind them. */
  static byte[] of(Object... items) {
    List<Object> all = new ArrayList<>(list(items));
    all.add(new byte[32]);
    return checked(encode(all));
  }

  /** With the check that it should have. */
  static byte[] checked(byte[] parcel) {
    byte[] checked = parcel.clone();
    byte[] before = Arrays.copyOf(parcel, parcel.length - 34);
    System.arraycopy(Sha256.of(before).bytes(), 0, checked, parcel.length - 32, 32);
    return checked;
  }
}
