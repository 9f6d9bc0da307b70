package dev.cairn.protocol.vectors;

import static dev.cairn.protocol.vectors.LaxCbor.list;
import static dev.cairn.protocol.vectors.LaxCbor.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of {@code body-1.json} about single operations: known ones, and their neighbours that
 * nobody knows, each between two notes.
 */
final class OperationVectors {

  private final BodyVectors bodies;

  private OperationVectors(BodyVectors bodies) {
    this.bodies = bodies;
  }

  static void make(BodyVectors bodies) {
    OperationVectors vectors = new OperationVectors(bodies);
    vectors.forms();
    vectors.fieldsAndSets();
    vectors.counts();
    vectors.otherFields();
    vectors.sizes();
    vectors.decisions();
    vectors.states();
    vectors.attachments();
    vectors.erasuresAndConfirmations();
  }

  private void known(String name, List<Object> operation) {
    bodies.taken(name, list(BodyVectors.NOTE, operation, BodyVectors.NOTE));
  }

  private void unknown(String why, List<Object> operation) {
    bodies.taken(why, list(BodyVectors.NOTE, operation, BodyVectors.NOTE), 1);
  }

  static byte[] id(int fill) {
    return VectorJson.filled(fill, 32);
  }

  /** So many ids, ascending. */
  static List<Object> ids(int count) {
    List<Object> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] id = new byte[32];
      id[30] = (byte) (i >> 8);
      id[31] = (byte) i;
      ids.add(id);
    }
    return ids;
  }

  /** An operation that adds so many tags. */
  static List<Object> tags(int count) {
    List<Object> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(Integer.toHexString(i));
    }
    return list(2, 26, tags);
  }

  private static List<Object> deep(int arrays) {
    return arrays == 1 ? list() : list(deep(arrays - 1));
  }

  private static Map<Object, Object> entries(int count) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      entries.put("k" + i, "");
    }
    return entries;
  }

  private void forms() {
    unknown("code 0", list(0, "x"));
    unknown("code as a text", list("4", "x"));
    unknown("a negative code", list(-1, "x"));
    unknown("code 16", list(16, "x"));
    unknown("arity above", list(4, "x", "y"));
    unknown("arity below", list(4));
    unknown("a note of bytes", list(4, new byte[] {'x'}));
  }

  private void fieldsAndSets() {
    known("an assertion", list(1, 9, "raid"));
    unknown("a field code nobody has", list(1, 32, "x"));
    unknown("a field that is null", list(1, null, "x"));
    unknown("a register asserted as a set", list(2, 9, list("x")));
    unknown("a set asserted as a register", list(1, 26, "x"));
    known("a set field", list(2, 26, list("x")));
    known("a path without a code", list(1, "free", "\"a\""));
    unknown("a path without a code as a set", list(2, "free", list("\"a\"")));
    unknown("taken out of a path without a code", list(3, "free", list("\"a\"")));
    unknown("a path whose value is no text", list(1, "free", 1));
    known("a path of 1,024", list(1, "p".repeat(1024), "1"));
    unknown("a path of 1,025", list(1, "p".repeat(1025), "1"));
    known("the empty path", list(1, "", "1"));
    known("elements in their author's order", list(2, 26, list("b", "a")));
    unknown("an element twice", list(2, 26, list("a", "a")));
    unknown("no element", list(2, 26, list()));
    known("4,096 elements", tags(4096));
    unknown("4,097 elements", tags(4097));
    unknown("an element of another form", list(2, 26, list("a", 1)));
  }

  private void counts() {
    List<Object> killed = list(1, "", "", "", "");
    List<Object> three = list(1, 1, 1, null, null);
    known("a count", list(1, list(1, "status=civilian", "", "", ""), list(1, null, 3, 0, "A1")));
    unknown("a count that descends", list(1, killed, list(3, null, 1, 0, null)));
    unknown("a count above 10^9", list(1, killed, list(1_000_000_001, null, null, null, null)));
    unknown("metric 0", list(1, list(0, "", "", "", ""), three));
    unknown("metric 7", list(1, list(7, "", "", "", ""), three));
    unknown(
        "a filter with keys that descend",
        list(1, list(1, "sex=man;age=child", "", "", ""), three));
    unknown("a filter with a key twice", list(1, list(1, "sex=man;sex=woman", "", "", ""), three));
    unknown("a filter in capitals", list(1, list(1, "Sex=man", "", "", ""), three));
    known("a filter nobody knows", list(1, list(1, "zz=9", "", "", ""), three));
    known("an area of 512", list(1, list(1, "", "a".repeat(512), "", ""), three));
    unknown("an area of 513", list(1, list(1, "", "a".repeat(513), "", ""), three));
    unknown("grade A7", list(1, killed, list(1, 1, 1, null, "A7")));
    unknown("qualifier 4", list(1, killed, list(1, 1, 1, 4, null)));
    unknown("a count in a set", list(2, killed, list(three)));
  }

  private void otherFields() {
    known("a point", list(1, 7, list("35.1", null)));
    unknown("a point of numbers", list(1, 7, list(35, 36)));
    unknown("a point of three", list(1, 7, list("1", "2", "3")));
    known("precision 3", list(1, 8, 3));
    unknown("precision 4", list(1, 8, 4));
    unknown("precision 0", list(1, 8, 0));
    known("a name repeated", list(2, 15, list(null, list("army", 2))));
    unknown("a name repeated once", list(2, 15, list(list("army", 1))));
    unknown("a name repeated 4,097 times", list(2, 15, list(list("army", 4097))));
    known(
        "sources of every form",
        list(
            2,
            16,
            list(
                "x",
                null,
                list("p", "l", "h", null),
                list("p", "l", "h", null, 2),
                list("json", 2))));
    unknown("a source of three", list(2, 16, list(list("p", "l", "h"))));
    unknown("a source with its host a number", list(2, 16, list(list("p", "l", 1, null))));
    known("a person", list(2, 23, list(new byte[16])));
    unknown("a person of 32 bytes", list(2, 23, list(new byte[32])));
    known("a relation", list(1, 27, list(3, new byte[16], new byte[16])));
    unknown("relation 4", list(1, 27, list(4, new byte[16], new byte[16])));
    known("a shape", list(1, 28, map("place", list(4, "other"))));
    known("a shape that is a text", list(1, 28, "x"));
    known("a shape that is a number", list(1, 28, 7));
    known("a form of fields", list(1, 70, map("a.b", list(1, 2, list("x")))));
    unknown("fields that are a list", list(1, 70, list("a")));
    unknown("labels that are null", list(1, 71, null));
  }

  private void sizes() {
    known("a value 8 deep", list(1, 28, deep(8)));
    unknown("a value 9 deep", list(1, 28, deep(9)));
    known("a value of 65,536 encoded", list(1, 9, "x".repeat(65533)));
    unknown("a value of 65,537 encoded", list(1, 9, "x".repeat(65534)));
    known("a note of 65,536", list(4, "x".repeat(65536)));
    unknown("a note of 65,537", list(4, "x".repeat(65537)));
    known("a note of 65,536 in two-byte letters", list(4, "\u0634".repeat(32768)));
    unknown("one letter more", list(4, "\u0634".repeat(32769)));
    known("taking back the whole", list(5, null, "r"));
    known("taking back a set", list(5, 26, "r"));
    known("taking back a place", list(5, list(id(1), 0), "r"));
    known("place 2^31 - 1", list(5, list(id(1), Integer.MAX_VALUE), "r"));
    unknown("place 2^31", list(5, list(id(1), 1L << 31), "r"));
    unknown("a negative place", list(5, list(id(1), -1), "r"));
    known("a reason of 4,096", list(5, null, "r".repeat(4096)));
    unknown("a reason of 4,097", list(5, null, "r".repeat(4097)));
    unknown("no reason", list(5, null));
  }

  private void decisions() {
    known("a decision", list(6, 9, list(id(1), id(2)), 0, id(3), "w"));
    unknown("a decision whose list descends", list(6, 9, list(id(2), id(1)), 0, id(3), "w"));
    unknown("a decision with an id twice", list(6, 9, list(id(1), id(1)), 0, id(3), "w"));
    known("a decision on a set", list(6, 26, list(), 1, "x", "w"));
    unknown("a decision with a value of another form", list(6, 9, list(), 1, 5, "w"));
    unknown("another value of a set is an element", list(6, 26, list(), 1, list("x"), "w"));
    unknown("choosing no id", list(6, 9, list(), 0, null, "w"));
    known("keeping all", list(6, 9, list(), 2, null, "w"));
    unknown("keeping all with a value", list(6, 9, list(), 2, "x", "w"));
    unknown("outcome 3", list(6, 9, list(), 3, null, "w"));
    known("1,024 changes", list(6, 9, ids(1024), 2, null, "w"));
    unknown("1,025 changes", list(6, 9, ids(1025), 2, null, "w"));
  }

  private void states() {
    known("an undo", list(7, id(1), "w"));
    unknown("review state 0", list(8, 0));
    known("review state 1", list(8, 1));
    known("review state 5", list(8, 5));
    unknown("review state 6", list(8, 6));
    known("assigned to nobody", list(9, null));
    unknown("assigned to 16 bytes", list(9, new byte[16]));
    known("an answer", list(12, id(1), "a"));
  }

  private void attachments() {
    known("an attachment", list(13, id(1), id(2), 9, "n", "t/t", id(3)));
    known(
        "an attachment with capture data",
        list(13, id(1), id(2), 9, "n", "t/t", id(3), map("taken", "2025", "x", list(1))));
    unknown("empty capture data", list(13, id(1), id(2), 9, "n", "t/t", id(3), map()));
    unknown(
        "capture data under a number", list(13, id(1), id(2), 9, "n", "t/t", id(3), map(0, "x")));
    unknown("capture data 9 deep", list(13, id(1), id(2), 9, "n", "t/t", id(3), map("x", deep(9))));
    unknown("a name of 1,025", list(13, id(1), id(2), 9, "n".repeat(1025), "t/t", id(3)));
    unknown("a media type of 256", list(13, id(1), id(2), 9, "n", "t".repeat(256), id(3)));
    unknown("65 entries", list(13, id(1), id(2), 9, "n", "t/t", id(3), entries(65)));
    unknown("a negative size", list(13, id(1), id(2), -1, "n", "t/t", id(3)));
    known("a size above any file", list(13, id(1), id(2), 1L << 62, "n", "t/t", id(3)));
  }

  private void erasuresAndConfirmations() {
    known(
        "an erasure",
        list(
            14,
            id(1),
            id(2),
            false,
            list(id(3), id(4)),
            list(9, "free", list(1, "", "", "", "")),
            "w"));
    unknown(
        "an erasure whose parents descend",
        list(14, id(1), id(2), false, list(id(4), id(3)), list(), "w"));
    unknown(
        "an erasure whose fields descend",
        list(14, id(1), id(2), false, list(), list("free", 9), "w"));
    unknown(
        "an erasure with a field twice", list(14, id(1), id(2), false, list(), list(9, 9), "w"));
    unknown("opened as a number", list(14, id(1), id(2), 0, list(), list(), "w"));
    unknown("65 parents of the erased", list(14, id(1), id(2), false, ids(65), list(), "w"));
    known("a confirmation", list(15, id(1), 1, id(2), list(id(3))));
    unknown("a confirmation of sequence 0", list(15, id(1), 0, id(2), list()));
    unknown("unopened that descend", list(15, id(1), 1, id(2), list(id(3), id(2))));
  }
}
