package dev.cairn.protocol.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** {@code cbor-1.json}: items in hexadecimal, each with what is right or wrong about it. */
final class CborVectors {

  private final ArrayNode cases = VectorJson.array();

  private CborVectors() {}

  static ArrayNode make() {
    CborVectors vectors = new CborVectors();
    vectors.items();
    vectors.badHeads();
    vectors.badKindsAndTexts();
    vectors.badMaps();
    vectors.badEnds();
    return vectors.cases;
  }

  private void taken(String name, String bytes) {
    cases.addObject().put("name", name).put("bytes", bytes).put("holds", true);
  }

  private void refused(String why, String bytes) {
    cases.addObject().put("name", why).put("bytes", bytes).put("holds", false);
  }

  private void items() {
    taken("zero", "00");
    taken("the greatest in one byte", "17");
    taken("the least in two", "1818");
    taken("the greatest in two", "18ff");
    taken("the least in three", "190100");
    taken("the least in five", "1a00010000");
    taken("the least in nine", "1b0000000100000000");
    taken("the greatest number", "1b7fffffffffffffff");
    taken("minus one", "20");
    taken("the least number", "3b7fffffffffffffff");
    taken("empty bytes", "40");
    taken("a byte", "4100");
    taken("24 bytes", "5818" + "ab".repeat(24));
    taken("empty text", "60");
    taken("text of four-byte characters", "64f09f9aa8");
    taken("the last code point", "64f48fbfbf");
    taken("a NUL in a text", "6100");
    taken("false", "f4");
    taken("true", "f5");
    taken("null", "f6");
    taken("an empty array", "80");
    taken("an array", "83010203");
    taken("an empty map", "a0");
    taken("keys ascend", "a200000100");
    taken("keys of two lengths", "a21700181800");
    taken("number before text", "a2181800616100");
    taken("the shorter text first", "a261620062616100");
    taken("16 arrays", "81".repeat(15) + "80");
    taken("16 maps", "a100".repeat(15) + "a0");
    taken("bytes hold what they like", "439f00ff");
  }

  private void badHeads() {
    refused("nothing", "");
    refused("a number in a longer head", "1817");
    refused("two bytes for one", "1900ff");
    refused("four bytes for two", "1a0000ffff");
    refused("eight bytes for four", "1b00000000ffffffff");
    refused("a number of 64 bits without sign", "1b8000000000000000");
    refused("a negative beyond 64 bits", "3b8000000000000000");
    refused("a length in a longer head", "5801aa");
    refused("a text length in a longer head", "780161");
    refused("an array length in a longer head", "980101");
    refused("a map length in a longer head", "b8010000");
    refused("reserved head 28", "1c");
    refused("reserved head 29", "1d");
    refused("reserved head 30", "1e");
    refused("an indefinite number", "1f");
    refused("indefinite bytes", "5f4100ff");
    refused("indefinite text", "7f6161ff");
    refused("an indefinite array", "9f00ff");
    refused("an indefinite map", "bf0000ff");
    refused("a break alone", "ff");
    refused("undefined", "f7");
    refused("simple value 0", "e0");
    refused("simple value 32", "f820");
    refused("false in two bytes", "f814");
    refused("half a float", "f90000");
    refused("a float", "fa00000000");
    refused("a double", "fb0000000000000000");
  }

  private void badKindsAndTexts() {
    refused("a tag", "c000");
    refused("a tag inside", "81c000");
    refused("a surrogate", "63eda080");
    refused("a pair of surrogates", "66eda0bdedb8a8");
    refused("an overlong NUL", "62c080");
    refused("an overlong slash", "63e080af");
    refused("a continuation alone", "6180");
    refused("a character cut off", "62e281");
    refused("beyond the last code point", "64f4908080");
    refused("byte FF in a text", "61ff");
  }

  private void badMaps() {
    refused("a key twice", "a200000001");
    refused("keys descend", "a201000000");
    refused("text before number", "a2616100181800");
    refused("the longer text first", "a262616100616200");
    refused("a text key twice", "a2616100616101");
    refused("a negative key", "a12000");
    refused("a key of bytes", "a1410000");
    refused("a key null", "a1f600");
    refused("a key array", "a18000");
  }

  private void badEnds() {
    refused("a byte behind", "0000");
    refused("bytes cut", "4200");
    refused("text cut", "6261");
    refused("an array cut", "8200");
    refused("a map cut", "a100");
    refused("a head cut", "19ff");
    refused("a length of 2^63-1", "5b7fffffffffffffff");
    refused("an array of 2^63-1", "9b7fffffffffffffff");
    refused("a map of 2^63-1", "bb7fffffffffffffff");
    refused("17 arrays", "81".repeat(16) + "80");
    refused("17 maps", "a100".repeat(16) + "a0");
    refused("17 of both", "81a100".repeat(8) + "80");
  }
}
