package dev.cairn.protocol.bundle;

import static dev.cairn.protocol.bundle.BundleVectors.DESK;
import static dev.cairn.protocol.bundle.BundleVectors.ID;
import static dev.cairn.protocol.bundle.BundleVectors.SMALL;
import static dev.cairn.protocol.bundle.BundleVectors.SPACE;
import static dev.cairn.protocol.bundle.PieceVectors.ANY_SIGNATURE;
import static dev.cairn.protocol.bundle.PieceVectors.DEVICE;
import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.VectorJson.flipped;

import dev.cairn.protocol.limits.Limits;
import java.util.Arrays;
import java.util.List;

/** The parcels of {@code bundle-1.json} that break one rule each, and damaged ones. */
final class ParcelRefusals {

  private final BundleVectors vectors;
  private final byte[] good;
  private final byte[] sealed;
  private final byte[] stanza;

  ParcelRefusals(BundleVectors vectors) {
    this.vectors = vectors;
    RawParcel parcel = new RawParcel(DESK);
    stanza = parcel.stanzas().get(0);
    good = parcel.of(SMALL);
    sealed = RawParcel.sealed(RawParcel.padded(SMALL));
  }

  void make() {
    damage();
    versions();
    forms();
    files();
    contents();
    pieces();
  }

  private void refused(String why, byte[] parcel) {
    vectors.put(why, parcel, "REFUSED", "desk");
  }

  /** Whoever has no key can tell damage, too. */
  private void damaged(String why, byte[] parcel) {
    vectors.put(why, parcel, "REFUSED");
  }

  private void damage() {
    damaged("a bit of the stanza flipped", flipped(good, 500));
    damaged("a bit of what is sealed flipped", flipped(good, 1300));
    damaged("a bit of the check flipped", flipped(good, -1));
    damaged("the last byte cut off", Arrays.copyOf(good, good.length - 1));
    damaged("cut in the stanza", Arrays.copyOf(good, 600));
    damaged("a byte behind", Arrays.copyOf(good, good.length + 1));
    damaged("nothing", new byte[0]);
    byte[] other = RawParcel.checked(flipped(good, 500));
    vectors.put("a bit of the stanza flipped and the check mended", other, "NOT_FOR_US", "desk");
    byte[] inside = RawParcel.checked(flipped(good, 1300));
    refused("a bit of what is sealed flipped and the check mended", inside);
    vectors.put("the same, without a key that fits", inside, "NOT_FOR_US", "stranger");
  }

  private void versions() {
    vectors.put("of a later version", encode(list(2, "anything")), "NEWER", "desk");
    vectors.put("of a later version, in this form", ofVersion(2), "NEWER");
    refused("version 0", ofVersion(0));
    refused("a version that is a text", ofVersion("1"));
    refused("a version below 0", ofVersion(-1));
  }

  private byte[] ofVersion(Object version) {
    return RawParcel.of(version, list(stanza), sealed);
  }

  private void forms() {
    refused("an empty array", encode(list()));
    refused("three items", RawParcel.of(1, list(stanza)));
    refused("five items", RawParcel.of(1, list(stanza), sealed, 0));
    refused("no stanza", RawParcel.of(1, list(), sealed));
    RawParcel many = new RawParcel(DESK);
    for (int i = 1; i <= Limits.PARCEL_STANZAS_MAX; i++) {
      many.stanza(new byte[stanza.length]);
    }
    refused("17 stanzas", many.of(SMALL));
    byte[] shorter = Arrays.copyOf(stanza, stanza.length - 1);
    refused("a stanza of 1,167", new RawParcel(DESK).stanza(shorter).of(SMALL));
    byte[] longer = Arrays.copyOf(stanza, stanza.length + 1);
    refused("a stanza of 1,169", new RawParcel(DESK).stanza(longer).of(SMALL));
    refused("what is sealed is a text", RawParcel.of(1, list(stanza), "sealed"));
    byte[] array = RawParcel.of(1, list(stanza), sealed);
    byte[] indefinite = join(new byte[] {(byte) 0x9f}, Arrays.copyOfRange(array, 1, array.length));
    refused("an array without a length", RawParcel.checked(indefinite));
  }

  private void sealedAs(String why, byte[] file) {
    refused(why, new RawParcel(DESK).ofSealed(file));
  }

  private void files() {
    sealedAs("another salt", flipped(sealed, 3));
    sealedAs("another commitment", flipped(sealed, 40));
    sealedAs("nothing but the header", Arrays.copyOf(sealed, 56));
    sealedAs("nothing sealed", new byte[0]);
    byte[] chunk = encode(list(SPACE, 1, new byte[16_384 - 39]));
    byte[] whole = RawParcel.sealed(chunk);
    sealedAs("cut at the end of a whole chunk", Arrays.copyOf(whole, whole.length - 16));
  }

  private void plaintext(String why, byte[] plaintext) {
    refused(why, new RawParcel(DESK).ofPlaintext(plaintext));
  }

  private void content(String why, Object... items) {
    plaintext(why, RawParcel.padded(encode(list(items))));
  }

  private void contents() {
    byte[] padded = RawParcel.padded(SMALL);
    plaintext("not padded", SMALL);
    plaintext(
        "padded one step too far", RawParcel.padded(Arrays.copyOf(padded, padded.length + 1)));
    plaintext("padding that is not zero", flipped(padded, -1));
    content("a kind nobody knows", SPACE, 4, new byte[100]);
    content("kind 0", SPACE, 0, new byte[100]);
    content("changes with four items", SPACE, 1, new byte[100], 0);
    content("an answer with three items", SPACE, 2, ID);
    content("an answer to a device of 31 bytes", SPACE, 2, Arrays.copyOf(ID, 31), new byte[9]);
    content("a space of 31 bytes", Arrays.copyOf(SPACE, 31), 1, new byte[100]);
    content("a stream that is a list", SPACE, 1, List.of());
    plaintext("a content that is a map", RawParcel.padded(encode(java.util.Map.of(1, SPACE))));
  }

  private void pieces() {
    long most = Limits.ATTACHMENT_FILE_BYTES_MAX;
    byte[] bytes = new byte[5];
    byte[] shortId = Arrays.copyOf(ID, 31);
    content("a piece of an id of 31 bytes", SPACE, 3, DEVICE, shortId, 9, 0, bytes, ANY_SIGNATURE);
    content("a piece by a device of 31 bytes", SPACE, 3, shortId, ID, 9, 0, bytes, ANY_SIGNATURE);
    content("a piece without its place", SPACE, 3, DEVICE, ID, 9, bytes, ANY_SIGNATURE);
    content("a piece that nobody signed", SPACE, 3, ID, 9, 0, bytes);
    content("a piece without its signature", SPACE, 3, DEVICE, ID, 9, 0, bytes);
    for (int length : new int[] {63, 65}) {
      byte[] other = Arrays.copyOf(ANY_SIGNATURE, length);
      String why = "a piece with a signature of " + length + " bytes";
      content(why, SPACE, 3, DEVICE, ID, 9, 0, bytes, other);
    }
    content("a piece with an item more", SPACE, 3, DEVICE, ID, 9, 0, bytes, ANY_SIGNATURE, 0);
    plaintext("a piece beyond its attachment", RawParcel.padded(BundleVectors.piece(9, 5, 5)));
    plaintext("a piece of nothing", RawParcel.padded(BundleVectors.piece(9, 9, 0)));
    plaintext(
        "a piece of an attachment above the limit",
        RawParcel.padded(BundleVectors.piece(most + 1, 0, 5)));
    content("a piece before its attachment", SPACE, 3, DEVICE, ID, 9, -1, bytes, ANY_SIGNATURE);
  }
}
