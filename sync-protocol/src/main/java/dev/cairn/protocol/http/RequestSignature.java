package dev.cairn.protocol.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.Base64;
import java.util.Optional;

/**
 * The signature of a request by a device: over method, path and query, over the digest of the body
 * if it is not a stream, and over a nonce of the server's. There is one spelling of it and nothing
 * to negotiate, so both headers are compared letter by letter instead of being interpreted.
 *
 * <p>A stream's body is not covered: its frames prove themselves. Immutable.
 *
 * <p>Source: RFC 9421; the profile is section 7 of the protocol.
 */
public final class RequestSignature {

  /** Characters of the longest nonce that is taken. */
  public static final int NONCE_CHARACTERS_MAX = 64;

  private static final String LABEL = "cairn=";
  private static final String COMPONENTS = "(\"@method\" \"@path\" \"@query\")";
  private static final String COMPONENTS_WITH_BODY =
      "(\"@method\" \"@path\" \"@query\" \"content-digest\")";
  private static final String NONCE = ";nonce=\"";
  private static final String KEY = "\";keyid=\"";
  private static final String END = "\";tag=\"cairn\"";

  private final DeviceId device;
  private final String nonce;
  private final boolean coversBody;
  private final byte[] signature;

  private RequestSignature(DeviceId device, String nonce, boolean coversBody, byte[] signature) {
    this.device = device;
    this.nonce = nonce;
    this.coversBody = coversBody;
    this.signature = signature;
  }

  /** Signs a request without a body, or with one that is a stream. */
  public static RequestSignature sign(SigningKey key, RequestTarget target, String nonce) {
    return make(key, target, nonce, Optional.empty());
  }

  /**
   * Signs a request with a body.
   *
   * @param contentDigest the value of the Content-Digest header, from {@link ContentDigest#of}
   */
  public static RequestSignature sign(
      SigningKey key, RequestTarget target, String nonce, String contentDigest) {
    return make(key, target, nonce, Optional.of(contentDigest));
  }

  private static RequestSignature make(
      SigningKey key, RequestTarget target, String nonce, Optional<String> contentDigest) {
    if (!isNonce(nonce)) {
      throw new IllegalArgumentException("nonce is not one that a server hands out");
    }
    DeviceId device = DeviceId.of(key.verifyingKey().bytes());
    boolean coversBody = contentDigest.isPresent();
    byte[] base = base(device, nonce, coversBody, target, contentDigest.orElse(""));
    return new RequestSignature(device, nonce, coversBody, key.sign(base));
  }

  /**
   * Reads both headers. Nothing is verified yet.
   *
   * @throws MalformedException if they are not spelled exactly as this class spells them
   */
  public static RequestSignature parse(String inputHeader, String signatureHeader)
      throws MalformedException {
    boolean coversBody = inputHeader.startsWith(LABEL + COMPONENTS_WITH_BODY + NONCE);
    String begin = LABEL + (coversBody ? COMPONENTS_WITH_BODY : COMPONENTS) + NONCE;
    int nonceEnd = inputHeader.indexOf(KEY);
    if (!inputHeader.startsWith(begin) || nonceEnd < begin.length()) {
      throw new MalformedException("Signature-Input is not of the form asked");
    }
    String nonce = inputHeader.substring(begin.length(), nonceEnd);
    String rest = inputHeader.substring(nonceEnd + KEY.length());
    if (!isNonce(nonce) || !rest.endsWith(END)) {
      throw new MalformedException("Signature-Input is not of the form asked");
    }
    DeviceId device = device(rest.substring(0, rest.length() - END.length()));
    return new RequestSignature(device, nonce, coversBody, signatureBytes(signatureHeader));
  }

  private static DeviceId device(String keyId) throws MalformedException {
    byte[] id;
    try {
      id = Base64.getUrlDecoder().decode(keyId);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("the key id is not base64url");
    }
    if (id.length != DeviceId.SIZE_BYTES || !keyId(id).equals(keyId)) {
      throw new MalformedException("the key id is not a device's in its one spelling");
    }
    return DeviceId.of(id);
  }

  private static String keyId(byte[] device) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(device);
  }

  private static byte[] signatureBytes(String header) throws MalformedException {
    String begin = LABEL + ":";
    if (!header.startsWith(begin) || !header.endsWith(":") || header.length() <= begin.length()) {
      throw new MalformedException("Signature is not of the form asked");
    }
    String text = header.substring(begin.length(), header.length() - 1);
    byte[] signature;
    try {
      signature = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("Signature is not base64");
    }
    if (signature.length != Ed25519.SIGNATURE_BYTES) {
      throw new MalformedException("Signature is not " + Ed25519.SIGNATURE_BYTES + " bytes long");
    }
    // The decoder also takes a text without padding, or with bits behind the last byte.
    if (!Base64.getEncoder().encodeToString(signature).equals(text)) {
      throw new MalformedException("Signature is in another spelling of base64");
    }
    return signature;
  }

  /**
   * Whether a text can be a nonce: letters of base64url, for anything else could end the quoted
   * string it stands in. Whoever was handed it by a server asks before he signs with it.
   */
  public static boolean isNonce(String nonce) {
    if (nonce.isEmpty() || nonce.length() > NONCE_CHARACTERS_MAX) {
      return false;
    }
    for (int i = 0; i < nonce.length(); i++) {
      char c = nonce.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** Who says to have signed. */
  public DeviceId device() {
    return device;
  }

  /** The nonce that was signed; the server decides whether it is fresh. */
  public String nonce() {
    return nonce;
  }

  /** Whether the digest of the body is signed too. */
  public boolean coversBody() {
    return coversBody;
  }

  /**
   * Whether the device signed this request.
   *
   * @param contentDigest the value of the request's Content-Digest header, empty if it has none;
   *     that it fits the body is for the caller to check
   */
  public boolean verifies(RequestTarget target, Optional<String> contentDigest) {
    if (coversBody && !contentDigest.isPresent()) {
      return false;
    }
    byte[] base = base(device, nonce, coversBody, target, contentDigest.orElse(""));
    try {
      return Ed25519.verify(VerifyingKey.of(device.bytes()), base, signature);
    } catch (MalformedException e) {
      return false;
    }
  }

  /** The value of the Signature-Input header. */
  public String inputHeader() {
    return LABEL + parameters(device, nonce, coversBody);
  }

  /** The value of the Signature header. */
  public String signatureHeader() {
    return LABEL + ":" + Base64.getEncoder().encodeToString(signature) + ":";
  }

  private static String parameters(DeviceId device, String nonce, boolean coversBody) {
    String components = coversBody ? COMPONENTS_WITH_BODY : COMPONENTS;
    return components + NONCE + nonce + KEY + keyId(device.bytes()) + END;
  }

  private static byte[] base(
      DeviceId device, String nonce, boolean coversBody, RequestTarget target, String digest) {
    SignatureBase base =
        new SignatureBase()
            .component("@method", target.method())
            .component("@path", target.path())
            .component("@query", "?" + target.query());
    if (coversBody) {
      base.component("content-digest", digest);
    }
    return base.parameters(parameters(device, nonce, coversBody));
  }
}
