package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.Arrays;

/** The checkpoints of {@code log-1.json}. */
final class NoteVectors {

  private static final int ALL = 21;
  private static final String WITNESS = witness();

  private final ArrayNode notes = VectorJson.array();

  private NoteVectors() {}

  static ArrayNode make() {
    NoteVectors vectors = new NoteVectors();
    vectors.good();
    vectors.signatures();
    vectors.texts();
    vectors.lines();
    return vectors.notes;
  }

  private void put(String name, byte[] note, boolean holds) {
    notes.addObject().put("name", name).put("note", Hex.encode(note)).put("holds", holds);
  }

  private void refused(String why, byte[] note) {
    put(why, note, false);
  }

  private static String witness() {
    byte[] hash = VectorJson.named("ws", 32);
    byte[] id = Arrays.copyOf(VectorJson.named("w", 32), 4);
    return RawNote.line("witness.example/w", id, LaxCbor.join(hash, hash, hash));
  }

  private static String other(String name, int fill, int size) {
    byte[] bytes = VectorJson.filled(fill, size);
    return "\u2014 " + name + " " + RawNote.base64(bytes) + "\n";
  }

  private static byte[] withOthers(int count) {
    String[] lines = new String[count + 1];
    lines[0] = RawNote.of(ALL).signatureLine();
    for (int i = 0; i < count; i++) {
      lines[i + 1] = other("w" + i, i, 5);
    }
    return RawNote.of(ALL).with(lines);
  }

  private void good() {
    for (int size : new int[] {0, 1, 2, ALL}) {
      put("size " + size, RawNote.of(size).bytes(), true);
    }
    RawNote note = RawNote.of(ALL);
    put("cosigned by another", note.with(note.signatureLine(), WITNESS), true);
    put("another before the log", note.with(WITNESS, note.signatureLine()), true);
    put("15 others", withOthers(15), true);
    put("size 2^53 - 1", RawNote.of(ALL).size("9007199254740991").bytes(), true);
  }

  private void signatures() {
    RawNote note = RawNote.of(ALL);
    byte[] text = note.text().getBytes(UTF_8);
    refused("16 others", withOthers(16));
    refused("one key twice", note.with(note.signatureLine(), WITNESS, WITNESS));
    refused("only another signed", note.with(WITNESS));
    refused("no signature", note.with());
    refused("no empty line", (note.text() + note.signatureLine()).getBytes(UTF_8));
    refused(
        "signed by another key under the name",
        RawNote.of(ALL).signedBy(RawNote.OTHER_KEY).bytes());
    byte[] id = RawNote.keyId(RawNote.ORIGIN, RawNote.KEY, 1);
    refused("another key under the key id", signed(id, RawNote.OTHER_KEY.sign(text)));
    byte[] good = RawNote.KEY.sign(text);
    refused("key id without the type", signed(RawNote.keyId(RawNote.ORIGIN, RawNote.KEY), good));
    byte[] shorter = RawNote.KEY.sign(Arrays.copyOf(text, text.length - 1));
    refused("text without its last line break signed", signed(id, shorter));
    refused("a signature of 63 bytes", signed(id, Arrays.copyOf(good, 63)));
  }

  private static byte[] signed(byte[] keyId, byte[] signature) {
    return RawNote.of(ALL).with(RawNote.line(RawNote.ORIGIN, keyId, signature));
  }

  private void texts() {
    refused("another origin", signedUnderTheOldName(RawNote.of(ALL).from("log.example/2")));
    refused("size: a leading zero", RawNote.of(ALL).size("021").bytes());
    refused("size: a plus", RawNote.of(ALL).size("+21").bytes());
    refused("size: a minus", RawNote.of(ALL).size("-1").bytes());
    refused("size: 2^53", RawNote.of(ALL).size("9007199254740992").bytes());
    refused("size: no size", RawNote.of(ALL).size("").bytes());
    refused("size: a space", RawNote.of(ALL).size(" 21").bytes());
    byte[] root = LogVectors.root(ALL).bytes();
    String base64 = RawNote.base64(root);
    refused("size 0 with another root", RawNote.of(0).root(base64).bytes());
    refused("an extension line", RawNote.of(ALL).more("more\n").bytes());
    String shorter = RawNote.base64(VectorJson.filled(1, 31));
    refused("a root of 31 bytes", RawNote.of(ALL).root(shorter).bytes());
    String unpadded = base64.replace("=", "");
    refused("base64 without its padding", RawNote.of(ALL).root(unpadded).bytes());
    int last = unpadded.length() - 1;
    String loose = unpadded.substring(0, last) + (char) (unpadded.charAt(last) + 1) + "=";
    refused("base64 with bits behind the end", RawNote.of(ALL).root(loose).bytes());
    refused("an origin in capitals", RawNote.of(ALL).from("Log.example").bytes());
  }

  private static byte[] signedUnderTheOldName(RawNote note) {
    byte[] signature = RawNote.KEY.sign(note.text().getBytes(UTF_8));
    return note.with(
        RawNote.line(RawNote.ORIGIN, RawNote.keyId(RawNote.ORIGIN, RawNote.KEY, 1), signature));
  }

  private void lines() {
    RawNote note = RawNote.of(ALL);
    String whole = new String(note.bytes(), UTF_8);
    refused("a line break of two bytes", whole.replace("\n", "\r\n").getBytes(UTF_8));
    refused("a byte behind", (whole + "x").getBytes(UTF_8));
    refused("a hyphen for the dash", whole.replace('\u2014', '-').getBytes(UTF_8));
    refused("two spaces", whole.replace("\u2014 ", "\u2014  ").getBytes(UTF_8));
    String line = note.signatureLine();
    refused("a name with a plus", note.with(line, other("a+b", 1, 5)));
    refused("a signature of no bytes", note.with(line, other("ab", 1, 4)));
    refused("a name that is not ASCII", note.with(line, other("\u00e4b", 1, 5)));
  }
}
