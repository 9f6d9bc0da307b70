package dev.cairn.protocol.bundle;

import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.ChangeVectors;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.VectorJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code bundle-1.json}: parcels with what becomes of them under given keys, and bundles of them.
 * Here are those parcels that open and the bundles; {@link ParcelRefusals} adds other parcels,
 * {@link PieceVectors} pieces of attachments and their signatures.
 */
public final class BundleVectors {

  static final byte[] SPACE = VectorJson.filled(0x22, 32);
  static final byte[] ID = VectorJson.filled(0x23, 32);
  static final EncryptionKey SERVER = key(1);
  static final EncryptionKey DESK = key(2);
  static final EncryptionKey DEVICE = key(3);
  static final EncryptionKey STRANGER = key(4);
  static final Map<String, EncryptionKey> KEYS =
      new TreeMap<>(Map.of("server", SERVER, "desk", DESK, "device", DEVICE, "stranger", STRANGER));

  private static final byte[] MAGIC = ascii("CAIRN-BUNDLE-1\n");

  /** A content of kind 1, of bytes that are no stream: opening a parcel does not ask. */
  static final byte[] SMALL = encode(list(SPACE, 1, new byte[100]));

  private final byte[] stream;
  private final ArrayNode parcels = VectorJson.array();
  private final ArrayNode bundles = VectorJson.array();

  private BundleVectors() throws Exception {
    stream = VectorJson.hex(ChangeVectors.make().required("wire").textValue());
  }

  public static ObjectNode make() throws Exception {
    BundleVectors vectors = new BundleVectors();
    vectors.contents();
    vectors.receivers();
    vectors.sizes();
    new ParcelRefusals(vectors).make();
    vectors.bundles();
    vectors.firstLines();
    vectors.parcelHeads();
    ObjectNode file = VectorJson.object();
    file.put("about", "PROTOCOL.md section 10; bytes in hexadecimal digits");
    file.put("space", Hex.encode(SPACE));
    ObjectNode seeds = file.putObject("seeds");
    KEYS.forEach((name, key) -> seeds.put(name, Hex.encode(key.seed().expose())));
    file.put("parcelKey", Hex.encode(RawParcel.KEY)).put("salt", Hex.encode(RawParcel.SALT));
    file.set("parcels", vectors.parcels);
    file.set("bundles", vectors.bundles);
    file.put("pieceSeed", Hex.encode(PieceVectors.KEY.seed().expose()));
    file.set("pieces", PieceVectors.make());
    return file;
  }

  private static EncryptionKey key(int fill) {
    return EncryptionKey.of(Secret.take(VectorJson.filled(fill, 32)));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] piece(long size, long offset, int length) {
    return PieceVectors.signed(size, offset, new byte[length]);
  }

  ObjectNode put(String name, byte[] parcel, String outcome, String... keys) {
    ObjectNode node = parcels.addObject().put("name", name);
    Arrays.asList(keys).forEach(node.putArray("keys")::add);
    return node.put("parcel", Hex.encode(parcel)).put("outcome", outcome);
  }

  private void opens(String name, byte[] parcel, byte[] content, String... keys) {
    put(name, parcel, "OPENS", keys).put("content", Hex.encode(content));
  }

  private void opens(String name, byte[] content) {
    opens(name, new RawParcel(DESK).of(content), content, "desk");
  }

  private void contents() {
    opens("changes: what change-1 has on the wire", encode(list(SPACE, 1, stream)));
    opens("an empty stream", encode(list(SPACE, 1, new byte[0])));
    opens("an answer", encode(list(SPACE, 2, ID, new byte[100])));
    opens("a piece of an attachment", piece(9, 2, 5));
    opens("the last byte of the greatest attachment", piece(5L << 30, (5L << 30) - 1, 1));
    byte[] chunk = encode(list(SPACE, 1, new byte[16_384 - 39]));
    opens("a content of one whole chunk", chunk);
    byte[] foreign = encode(list(ID, 1, new byte[100]));
    put("of another space", new RawParcel(DESK).of(foreign), "OTHER_SPACE", "desk")
        .put("content", Hex.encode(foreign));
  }

  private void receivers() {
    byte[] content = SMALL;
    RawParcel three = new RawParcel(SERVER, DESK, DEVICE);
    byte[] parcel = three.sorted().of(content);
    for (String name : List.of("server", "desk", "device")) {
      opens("for three, with the key of the " + name, parcel, content, name);
    }
    opens("with two keys of which one fits", parcel, content, "stranger", "desk");
    put("with no key that fits", parcel, "NOT_FOR_US", "stranger");
    put("with no key at all", parcel, "NOT_FOR_US");
    RawParcel sixteen = new RawParcel(DESK);
    byte[] forNobody = new byte[1168];
    for (int i = 1; i < Limits.PARCEL_STANZAS_MAX; i++) {
      sixteen.stanza(forNobody);
    }
    opens("16 stanzas, not sorted", sixteen.of(content), content, "desk");
  }

  /** Too long to be written out: whoever reads these makes them from their parts. */
  private void large(String name, int contentSize, String outcome) {
    byte[] head = join(encode(list(SPACE, 1)), LaxCbor.head(2, contentSize - 41));
    head[0] = (byte) 0x83;
    ObjectNode node = parcels.addObject().put("name", name);
    node.putArray("keys").add("desk");
    node.putArray("stanzas").add(Hex.encode(new RawParcel(DESK).stanzas().get(0)));
    node.put("contentBegins", Hex.encode(head)).put("contentSize", contentSize);
    node.put("outcome", outcome);
  }

  private void sizes() {
    large("a content of 4,194,304", Limits.PARCEL_CONTENT_BYTES_MAX, "OPENS");
    large("a content of 4,194,305", Limits.PARCEL_CONTENT_BYTES_MAX + 1, "REFUSED");
  }

  private void bundle(String name, byte[] file, String outcome, String... parcelOutcomes) {
    ObjectNode node = bundles.addObject().put("name", name).put("file", Hex.encode(file));
    node.put("outcome", outcome);
    Arrays.asList(parcelOutcomes).forEach(node.putArray("parcels")::add);
  }

  private static byte[] small(EncryptionKey receiver) {
    return new RawParcel(receiver).of(encode(list(SPACE, 1, new byte[0])));
  }

  private void bundles() {
    byte[] own = small(DESK);
    byte[] others = small(STRANGER);
    byte[] two = join(MAGIC, encode(own), encode(others));
    bundle("two parcels, one for others", two, "WHOLE", "OPENS", "NOT_FOR_US");
    bundle("no parcel", MAGIC, "WHOLE");
    byte[] twice = join(MAGIC, encode(own), encode(own));
    bundle("a parcel twice", twice, "WHOLE", "OPENS", "OPENS");
    byte[] damaged = encode(VectorJson.flipped(others, 700));
    bundle(
        "a damaged one between two",
        join(MAGIC, encode(own), damaged, encode(others)),
        "WHOLE",
        "OPENS",
        "REFUSED",
        "NOT_FOR_US");
    bundle("what is no parcel", join(MAGIC, encode(ascii("hello"))), "WHOLE", "REFUSED");
    bundle("a byte of the last cut off", Arrays.copyOf(two, two.length - 1), "CUT", "OPENS");
    int second = MAGIC.length + encode(own).length;
    bundle("cut in the head of the second", Arrays.copyOf(two, second + 2), "CUT", "OPENS");
    bundle("cut behind the first", Arrays.copyOf(two, second), "WHOLE", "OPENS");
    bundle("something else behind", join(twice, encode("x")), "REFUSED", "OPENS", "OPENS");
  }

  private void firstLines() {
    byte[] parcel = encode(small(DESK));
    bundle("nothing", new byte[0], "CUT");
    bundle("the first line cut", Arrays.copyOf(MAGIC, 14), "CUT");
    for (String line :
        List.of(
            "CAIRN-BUNDLE-0\n", "CAIRN-BUNDLE-12\n", "CAIRN-BUNDLE-1\r\n", "cairn-bundle-1\n")) {
      String name = "the first line is " + line.trim() + (line.contains("\r") ? " and CR LF" : "");
      bundle(name, join(ascii(line), parcel), "REFUSED");
    }
    bundle("no first line", parcel, "REFUSED");
    bundle("of a later version", join(ascii("CAIRN-BUNDLE-2\n"), parcel), "NEWER");
    bundle("of a much later version", join(ascii("CAIRN-BUNDLE-9\n"), parcel), "NEWER");
  }

  private void parcelHeads() {
    byte[] own = small(DESK);
    bundle("an empty parcel", join(MAGIC, new byte[] {0x40}), "REFUSED");
    byte[] longer = {0x5a, 0, 0, (byte) (own.length >> 8), (byte) own.length};
    bundle("a head longer than needed", join(MAGIC, longer, own), "REFUSED");
    byte[] head = LaxCbor.head(2, Limits.PARCEL_BYTES_MAX);
    bundle("a parcel of 4,227,072 begins", join(MAGIC, head), "CUT");
    head = LaxCbor.head(2, Limits.PARCEL_BYTES_MAX + 1);
    bundle("a parcel of 4,227,073 begins", join(MAGIC, head), "REFUSED");
    bundle("a byte string without a length", join(MAGIC, new byte[] {0x5f}), "REFUSED");
    byte[] array = encode(list(own));
    bundle("parcels in an array", join(MAGIC, array), "REFUSED");
  }
}
