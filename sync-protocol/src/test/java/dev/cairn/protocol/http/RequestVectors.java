package dev.cairn.protocol.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.vectors.VectorJson;
import java.math.BigInteger;
import java.util.Arrays;

/** {@code request-1.json}: signed requests, and their neighbours that no server may take. */
public final class RequestVectors {

  private static final byte[] BODY = {1, 2, 3};
  private static final String DEVICE = RawRequest.keyId(RawRequest.KEY);
  private static final String OTHER_DEVICE = RawRequest.keyId(RawRequest.OTHER_KEY);
  private static final String SPACE = "/v1/spaces/" + "22".repeat(32);

  private final ArrayNode cases = VectorJson.array();

  private RequestVectors() {}

  public static ObjectNode make() {
    RequestVectors vectors = new RequestVectors();
    vectors.good();
    vectors.changedOnTheWay();
    vectors.bodies();
    vectors.otherBases();
    vectors.inputs();
    vectors.nonces();
    vectors.signatures();
    ObjectNode file = VectorJson.object();
    file.put("about", "PROTOCOL.md section 7, request signature; bodies in hexadecimal digits");
    file.putObject("seeds")
        .put(RawRequest.KEY.verifyingKey().toString(), Hex.encode(RawRequest.KEY.seed().expose()))
        .put(
            RawRequest.OTHER_KEY.verifyingKey().toString(),
            Hex.encode(RawRequest.OTHER_KEY.seed().expose()));
    file.set("cases", vectors.cases);
    return file;
  }

  private static RawRequest pull() {
    return new RawRequest();
  }

  private static RawRequest parcel() {
    return pull().method("POST").target(SPACE + "/parcels").body(BODY);
  }

  private void taken(String name, RawRequest request) {
    ObjectNode node = cases.addObject().put("name", name);
    request.sign().write(node);
    node.put("holds", true).put("base", request.base);
  }

  /** A request that was signed already. */
  private void refused(String why, RawRequest request) {
    ObjectNode node = cases.addObject().put("name", why);
    request.write(node);
    node.put("holds", false);
  }

  private void good() {
    taken("a pull", pull());
    taken("no query", pull().target(SPACE + "/head"));
    taken("a question mark and no query", pull().target(SPACE + "/head?"));
    taken(
        "a stream, which is not covered", pull().method("POST").target(SPACE + "/push?seen=0.40"));
    taken("a parcel, which is", parcel());
    taken("an empty body", pull().method("POST").target(SPACE + "/parcels").body(new byte[0]));
    taken("escapes stay as they are written", pull().target("/v1/a%2Fb/%7e?x=%3f&y=?"));
    taken("a question mark in the query", pull().target("/v1/a?x=1?y=2"));
    taken("a nonce of one letter", pull().nonce("a"));
    taken("a nonce of 64", pull().nonce("-_aZ".repeat(16)));
  }

  private void changedOnTheWay() {
    refused("another method", pull().sign().method("HEAD"));
    refused("the method in small letters", pull().sign().method("get"));
    String target = pull().target;
    refused("another path", pull().sign().target(target.replace("/pull", "/head")));
    refused("a slash more", pull().sign().target(target.replace("/pull", "/pull/")));
    refused("another query", pull().sign().target(target.replace("from=21", "from=22")));
    refused("the query in another order", pull().sign().target(SPACE + "/pull?hashes=1&from=21"));
    refused("without its query", pull().sign().target(SPACE + "/pull"));
    RawRequest escaped = pull().target("/v1/a%2Fb").sign();
    refused("an escape in small letters", escaped.target("/v1/a%2fb"));
    refused("an escape unescaped", pull().target("/v1/a%7Eb").sign().target("/v1/a~b"));
    refused("another nonce", pull().sign().input(text -> text.replace("Zm9y", "Zm9z")));
    refused("another device", pull().sign().input(text -> text.replace(DEVICE, OTHER_DEVICE)));
    refused("signed by another device", pull().sign(RawRequest.OTHER_KEY));
  }

  private void bodies() {
    RawRequest other = parcel().sign();
    other.body = new byte[] {1, 2, 4};
    refused("another body", other);
    refused("another digest", parcel().sign().digest(RawRequest.digestOf(new byte[1])));
    RawRequest both = parcel().sign().digest(RawRequest.digestOf(new byte[] {1, 2, 4}));
    both.body = new byte[] {1, 2, 4};
    refused("another body and its digest", both);
    refused("without the digest", parcel().sign().digest(null));
    RawRequest uncovered = pull().method("POST").target(SPACE + "/parcels").sign();
    uncovered.body = BODY;
    refused("a digest that is not covered", uncovered.digest(RawRequest.digestOf(BODY)));
    String digest = RawRequest.digestOf(BODY);
    refused("a digest of two", parcel().digest(digest + ", " + digest).sign());
    refused("a digest under another name", parcel().digest(digest.replace("256", "512")).sign());
    refused("a digest without padding", parcel().digest(digest.replace("=:", ":")).sign());
    refused(
        "a digest in hexadecimal", parcel().digest("sha-256=:" + Hex.encode(BODY) + ":").sign());
  }

  private void otherBases() {
    refused("signed with a line break at the end", pull().base(text -> text + "\n").sign());
    refused("signed with CR LF", pull().base(text -> text.replace("\n", "\r\n")).sign());
    RawRequest noQuery = pull().target(SPACE + "/head");
    refused(
        "signed with an empty query", noQuery.base(text -> text.replace(": ?\n", ": \n")).sign());
    RawRequest without = pull().target(SPACE + "/head");
    refused("signed without the query", without.base(RequestVectors::withoutQuery).sign());
    refused(
        "signed with the method in small letters",
        pull().base(text -> text.replace(": GET", ": get")).sign());
    refused(
        "signed without the parameters",
        pull().base(text -> text.substring(0, text.indexOf(";nonce"))).sign());
    refused("signed with the label", pull().base(text -> text.replace(": (", ": cairn=(")).sign());
  }

  private static String withoutQuery(String text) {
    return text.replace("\"@query\": ?\n", "");
  }

  private void spelled(String why, String components, String parameters) {
    refused(why, pull().components(components).parameters(parameters).sign());
  }

  private void named(String why, String device) {
    String components = "(\"@method\" \"@path\" \"@query\")";
    spelled(why, components, RawRequest.parameters(RawRequest.NONCE, device));
  }

  private static String loose(String text) {
    int last = text.length() - 1;
    return text.substring(0, last) + (char) (text.charAt(last) + 1);
  }

  private void inputs() {
    String components = "(\"@method\" \"@path\" \"@query\")";
    String parameters = RawRequest.parameters(RawRequest.NONCE, DEVICE);
    spelled("components in another order", "(\"@path\" \"@method\" \"@query\")", parameters);
    spelled("two spaces between components", components.replace(" ", "  "), parameters);
    spelled("a component more", components.replace(")", " \"@authority\")"), parameters);
    spelled("a component less", "(\"@method\" \"@path\")", parameters);
    spelled("a space before a parameter", components, parameters.replace(";tag", "; tag"));
    spelled("a parameter more", components, parameters + ";created=1700000000");
    String algorithm = ";alg=\"ed25519\";tag";
    spelled("with the algorithm", components, parameters.replace(";tag", algorithm));
    spelled("another tag", components, parameters.replace("\"cairn\"", "\"other\""));
    String swapped = ";keyid=\"" + DEVICE + "\";nonce=\"" + RawRequest.NONCE + "\"";
    String end = ";tag=\"cairn\"";
    spelled("parameters in another order", components, swapped + end);
    byte[] device = RawRequest.KEY.verifyingKey().bytes();
    named("a device in hexadecimal digits", Hex.encode(device));
    named("a device with padding", DEVICE + "=");
    named("a device with a letter of base64", "+" + DEVICE.substring(1));
    named("a device with bits behind the end", loose(DEVICE));
    named("a device of 31 bytes", RawRequest.keyId(Arrays.copyOf(device, 31)));
    named("a device of 33 bytes", RawRequest.keyId(Arrays.copyOf(device, 33)));
    byte[] small = new byte[32];
    small[0] = 1;
    named("a device of small order", RawRequest.keyId(small));
    refused("another label", pull().sign().input(text -> "sig1" + text.substring(5)));
    refused(
        "a second signature", pull().sign().input(text -> text + ", other=" + text.substring(6)));
    refused("a space before the label", pull().sign().input(text -> " " + text));
    refused("no input", pull().sign().input(text -> ""));
  }

  private void nonces() {
    refused("an empty nonce", pull().nonce("").sign());
    refused("a nonce of 65", pull().nonce("a".repeat(65)).sign());
    for (String letter : new String[] {"=", "+", "/", " ", "\\\"", "\u00e4"}) {
      refused("a nonce with " + letter, pull().nonce("abc" + letter).sign());
    }
  }

  private void signatures() {
    byte[] good = pull().sign().signature;
    refused("a bit of the signature flipped", signed(VectorJson.flipped(good, 5)));
    refused("a signature of 63 bytes", signed(Arrays.copyOf(good, 63)));
    refused("a signature of 65 bytes", signed(Arrays.copyOf(good, 65)));
    refused("S with the group order added", signed(withOrder(good)));
    String text = RawRequest.base64(good);
    refused("base64 without its padding", pull().sign().signature(text.replace("=", "")));
    refused("base64 with the letters of URLs", pull().sign().signature(forUrls(text)));
    int last = text.length() - 3;
    String loose = text.substring(0, last) + (char) (text.charAt(last) + 1) + "==";
    refused("base64 with bits behind the end", pull().sign().signature(loose));
    refused("a signature without colons", pull().sign().signatureHeader("cairn=" + text));
    refused(
        "a signature under another label", pull().sign().signatureHeader("sig1=:" + text + ":"));
    String twice = "cairn=:" + text + ":, cairn=:" + text + ":";
    refused("two signatures", pull().sign().signatureHeader(twice));
    refused("a signature and a parameter", pull().sign().signatureHeader("cairn=:" + text + ":;a"));
    refused("no signature", pull().sign().signatureHeader(""));
  }

  private static RawRequest signed(byte[] signature) {
    return pull().sign().signature(RawRequest.base64(signature));
  }

  private static String forUrls(String text) {
    return text.replace('+', '-').replace('/', '_');
  }

  private static byte[] withOrder(byte[] signature) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[31 - i] = signature[32 + i];
    }
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    BigInteger sum = new BigInteger(1, bigEndian).add(order);
    byte[] changed = signature.clone();
    for (int i = 0; i < 32; i++) {
      changed[32 + i] = sum.shiftRight(8 * i).byteValue();
    }
    return changed;
  }
}
