package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.encode;
import static dev.cairn.protocol.vectors.LaxCbor.head;
import static dev.cairn.protocol.vectors.LaxCbor.join;
import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.OperationVectors.ids;
import static dev.cairn.protocol.vectors.OperationVectors.tags;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.envelope.Padme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code body-1.json}: padded bodies, and which of their operations are unknown. */
final class BodyVectors {

  static final List<Object> NOTE = list(4, "seen");
  private static final int INFLATED_MAX = 262_144;
  private static final int INFLATION_MAX = 8;

  private final ArrayNode cases = VectorJson.array();
  private final byte[] dictionary;

  /** The parts of a body that are not its operations, and may be of another form. */
  private List<Object> parts = header();

  private BodyVectors() throws IOException {
    dictionary = PublishedVectors.resource("/dev/cairn/protocol/envelope/dictionary-1.bin");
  }

  static ArrayNode make() throws IOException {
    BodyVectors vectors = new BodyVectors();
    vectors.envelopes();
    vectors.headers();
    vectors.lengths();
    vectors.encodings();
    OperationVectors.make(vectors);
    vectors.inflation();
    vectors.items();
    return vectors.cases;
  }

  void taken(String name, List<Object> operations, Integer... unknown) {
    taken(name, padded(body(operations)), unknown);
  }

  private void taken(String name, byte[] padded, Integer... unknown) {
    ArrayNode places = put(name, padded, true).putArray("unknown");
    Arrays.asList(unknown).forEach(places::add);
  }

  private void refused(String why, List<Object> operations) {
    refused(why, padded(body(operations)));
  }

  private void refused(String why, byte[] padded) {
    put(why, padded, false);
  }

  private ObjectNode put(String name, byte[] padded, boolean holds) {
    parts = header();
    return cases
        .addObject()
        .put("name", name)
        .put("padded", Hex.encode(padded))
        .put("holds", holds);
  }

  private static List<Object> header() {
    return new ArrayList<>(list(null, 1, list(), 1L << 40, -5));
  }

  /** The next body has another part at this place. */
  private BodyVectors with(int place, Object part) {
    parts.set(place, part);
    return this;
  }

  private byte[] body(List<Object> operations) {
    List<Object> body = new ArrayList<>(parts);
    body.add(operations);
    return encode(body);
  }

  private byte[] packed(byte[] body) {
    return join(new byte[] {1}, PlainDeflate.deflate(dictionary, body));
  }

  /** A stored block (RFC 1951 section 3.2.4), the last one or not. */
  private static byte[] stored(byte[] body, boolean last) {
    byte[] head = {1, (byte) (last ? 1 : 0), 0, 0, 0, 0};
    for (int i = 0; i < 2; i++) {
      head[2 + i] = (byte) (body.length >> (8 * i));
      head[4 + i] = (byte) ~head[2 + i];
    }
    return join(head, body);
  }

  private static byte[] zeros(byte[] packed) {
    return Arrays.copyOf(packed, (int) Padme.length(packed.length));
  }

  /** Packed, and padded as it has to be. */
  private byte[] padded(byte[] body) {
    byte[] packed = packed(body);
    int least = (body.length + INFLATION_MAX - 1) / INFLATION_MAX;
    return Arrays.copyOf(packed, (int) Padme.length(Math.max(packed.length, least)));
  }

  private void envelopes() {
    byte[] note = body(list(NOTE));
    byte[] packed = packed(note);
    byte[] good = zeros(packed);
    taken("a note", good);
    refused("padding that is not zero", VectorJson.flipped(good, -1));
    byte[] behind = good.clone();
    behind[packed.length] = 1;
    refused("a byte behind the deflate stream, else zeros", behind);
    refused("padded to 72", Arrays.copyOf(good, 72));
    refused("padded to 63", Arrays.copyOf(good, 63));
    byte[] first = good.clone();
    first[0] = 0;
    refused("first byte 0", first);
    first[0] = 2;
    refused("first byte 2, a later version", first);
    taken("one stored block", zeros(stored(note, true)));
    refused("a deflate stream without end", zeros(stored(note, false)));
    byte[] longer = stored(body(list(list(4, "x".repeat(200)))), true);
    taken("padded to Padmé of its size above 64", zeros(longer));
    refused("not padded though Padmé asks for it", longer);
    int far = (int) Padme.length(Padme.length(longer.length) + 1);
    refused("padded one step too far", Arrays.copyOf(longer, far));
    refused("a byte behind the body, compressed with it", padded(join(note, new byte[1])));
  }

  private void headers() {
    refused("seven parts", padded(encode(list(null, 1, list(), 1L << 40, -5, list(NOTE), 0))));
    refused("no operations", list());
    with(0, new byte[16]).taken("an id of a record", list(NOTE));
    with(0, new byte[15]).refused("an id of 15 bytes", list(NOTE));
    with(0, "new").refused("a record that is a text", list(NOTE));
    with(1, -1).refused("a negative kind", list(NOTE));
    with(1, 99).taken("a kind nobody knows", list(NOTE));
    with(3, -1).refused("a negative clock", list(NOTE));
    with(4, null).refused("skew null", list(NOTE));
    byte[] one = OperationVectors.id(1);
    byte[] two = OperationVectors.id(2);
    with(2, list(one, two)).taken("parents ascend", list(NOTE));
    with(2, list(two, one)).refused("parents descend", list(NOTE));
    with(2, list(one, one)).refused("a parent twice", list(NOTE));
    with(2, ids(64)).taken("64 parents", list(NOTE));
    with(2, ids(65)).refused("65 parents", list(NOTE));
  }

  private void lengths() {
    taken("4,096 operations", Collections.nCopies(4096, list(8, 1)));
    refused("4,097 operations", Collections.nCopies(4097, list(8, 1)));
    List<Object> fewer = new ArrayList<>(tags(4096));
    fewer.set(0, 3);
    taken("8,192 elements in two operations", list(tags(4096), fewer));
    refused("8,193 elements in three", list(tags(4096), tags(4096), tags(1)));
    taken(
        "elements of an unknown operation do not count",
        list(tags(4096), tags(4096), tags(4097)),
        2);
    int room = INFLATED_MAX - body(list(list(99, new byte[200_000]))).length + 200_000;
    taken("inflated 262,144", list(list(99, new byte[room])), 0);
    refused("inflated 262,145", list(list(99, new byte[room + 1])));
  }

  /** An unknown operation that holds these bytes. */
  private static List<Object> raw(String hex) {
    return list(list(99, new LaxCbor.Encoded(VectorJson.hex(hex))));
  }

  private void encodings() {
    taken("an unknown operation 16 deep in all", raw("81".repeat(12) + "80"), 0);
    refused("17 deep in all", raw("81".repeat(13) + "80"));
    refused("a tag inside an operation", raw("c000"));
    refused("a key of bytes inside an operation", raw("a1410000"));
    taken("text keys inside an operation", raw("a20000616100"), 0);
    taken(
        "operations that are a number, a text, a map, null, an empty array",
        list(1, "4", LaxCbor.map(4, "x"), null, list()),
        0,
        1,
        2,
        3,
        4);
  }

  private void inflation() {
    int around = body(list(list(4, "x".repeat(300)))).length - 300;
    byte[] most = body(list(list(4, "x".repeat(512 - around))));
    byte[] more = body(list(list(4, "x".repeat(513 - around))));
    taken("512 bytes in 64", zeros(packed(most)));
    refused("513 bytes in 64", zeros(packed(more)));
    taken("513 bytes, padded for it", padded(more));
    byte[] many = body(list(list(4, "x".repeat(4000))));
    refused("a body in less than an eighth of it", zeros(packed(many)));
  }

  /** An operation whose value is of so many items. */
  private static List<Object> ofItems(int items) {
    return list(1, 28, Collections.nCopies(items - 1, null));
  }

  private static List<Object> ofPairs(int pairs) {
    Map<Object, Object> map = new TreeMap<>();
    for (int key = 0; key < pairs; key++) {
      map.put(key, null);
    }
    return list(1, 28, map);
  }

  private void items() {
    List<Object> full = ofItems(8192);
    List<Object> over = ofItems(8193);
    taken("a value of 8,192 items", list(NOTE, full));
    taken("a value of 8,193 items", list(NOTE, over), 1);
    taken("a map is of its keys and values", list(NOTE, ofPairs(4095)));
    taken("one pair more, and the map itself", list(NOTE, ofPairs(4096)), 1);
    taken(
        "values of 32,768 items together, and operations without",
        list(full, full, full, full, NOTE));
    taken("one item more", list(full, full, full, full, list(1, 9, "x"), NOTE), 4);
    taken("what is unknown for itself takes no room", list(over, full, full, full, full), 0);
    taken(
        "what is over is passed by, and leaves room for others",
        list(full, full, full, ofItems(8191), list(2, 26, list("a", "b")), list(1, 9, "x")),
        4);
  }
}
