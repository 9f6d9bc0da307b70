package dev.cairn.protocol.http;

/** Header names and media types of the protocol (section 7). */
public final class HttpNames {

  /** Response header: the nonce to sign the next requests with. */
  public static final String NONCE = "Cairn-Nonce";

  /** Request header: the one-time code that lets somebody create a space, in base64url. */
  public static final String SPACE_CODE = "Cairn-Space-Code";

  /** Request header of RFC 9421: what is signed. */
  public static final String SIGNATURE_INPUT = "Signature-Input";

  /** Request header of RFC 9421: the signature. */
  public static final String SIGNATURE = "Signature";

  /** Request header of RFC 9530: digest of the body. */
  public static final String CONTENT_DIGEST = "Content-Digest";

  /** Query parameter of a push: nobody its sender knows has what the statements name as seen. */
  public static final String ALONE = "alone";

  /** Media type of a stream of entries. */
  public static final String STREAM = "application/cairn-stream";

  /** Media type of every other binary body. */
  public static final String CBOR = "application/cbor";

  /** Media type of a refusal (RFC 9457). */
  public static final String PROBLEM = "application/problem+json";

  /** What stands before the code in the {@code type} of a refusal. */
  public static final String ERROR_PREFIX = "https://cairn.dev/errors/";

  private HttpNames() {}
}
