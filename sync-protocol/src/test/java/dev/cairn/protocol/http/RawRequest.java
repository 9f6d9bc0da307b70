package dev.cairn.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * A request as anybody could sign it: right until something is said to be otherwise. What is said
 * before {@link #sign} is signed so, what is said after it was changed on the way.
 */
final class RawRequest {

  static final SigningKey KEY = SigningKey.of(Secret.take(VectorJson.filled(0x11, 32)));
  static final SigningKey OTHER_KEY = SigningKey.of(Secret.take(VectorJson.filled(0x12, 32)));
  static final String NONCE = "Zm9yIHRlbiBtaW51dGVz-_09";

  String method = "GET";
  String target = "/v1/spaces/" + "22".repeat(32) + "/pull?from=21&seen=0.40&hashes=1";
  byte[] body;
  String digest;
  String input;
  String base;
  byte[] signature;
  String signatureHeader;

  private String components = "(\"@method\" \"@path\" \"@query\")";
  private String parameters = parameters(NONCE, keyId(KEY));
  private UnaryOperator<String> otherBase = text -> text;

  /** How a device is named in a signature. */
  static String keyId(SigningKey key) {
    return keyId(key.verifyingKey().bytes());
  }

  static String keyId(byte[] device) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(device);
  }

  static String parameters(String nonce, String keyId) {
    return ";nonce=\"" + nonce + "\";keyid=\"" + keyId + "\";tag=\"cairn\"";
  }

  RawRequest method(String name) {
    method = name;
    return this;
  }

  RawRequest target(String written) {
    target = written;
    return this;
  }

  /** With a body that is signed by its digest. */
  RawRequest body(byte[] bytes) {
    body = bytes;
    digest = digestOf(bytes);
    return components("(\"@method\" \"@path\" \"@query\" \"content-digest\")");
  }

  static String digestOf(byte[] bytes) {
    return "sha-256=:" + base64(Sha256.of(bytes).bytes()) + ":";
  }

  RawRequest digest(String written) {
    digest = written;
    return this;
  }

  RawRequest components(String written) {
    components = written;
    return this;
  }

  RawRequest nonce(String nonce) {
    return parameters(parameters(nonce, keyId(KEY)));
  }

  RawRequest parameters(String written) {
    parameters = written;
    return this;
  }

  /** Signs another text than the one that should be signed. */
  RawRequest base(UnaryOperator<String> other) {
    otherBase = other;
    return this;
  }

  RawRequest sign() {
    return sign(KEY);
  }

  RawRequest sign(SigningKey key) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "?" : target.substring(mark);
    String lines = line("@method", method) + line("@path", path) + line("@query", query);
    if (digest != null) {
      lines += line("content-digest", digest);
    }
    base = otherBase.apply(lines + "\"@signature-params\": " + components + parameters);
    signature = key.sign(base.getBytes(UTF_8));
    input = "cairn=" + components + parameters;
    return signature(base64(signature));
  }

  private static String line(String name, String value) {
    return "\"" + name + "\": " + value + "\n";
  }

  RawRequest input(UnaryOperator<String> other) {
    input = other.apply(input);
    return this;
  }

  /** Another base64 text of the signature. */
  RawRequest signature(String written) {
    return signatureHeader("cairn=:" + written + ":");
  }

  RawRequest signatureHeader(String written) {
    signatureHeader = written;
    return this;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  void write(ObjectNode node) {
    node.put("method", method).put("target", target);
    if (body != null) {
      node.put("body", Hex.encode(body));
    }
    if (digest != null) {
      node.put("contentDigest", digest);
    }
    node.put("signatureInput", input).put("signature", signatureHeader);
  }
}
