package dev.cairn.client.transport;

/**
 * Bytes of HTTP headers (as text, before any header compression) and bodies, without TCP and TLS.
 *
 * @param bytesUp sent
 * @param bytesDown received
 * @param requests made
 */
public record Traffic(long bytesUp, long bytesDown, long requests) {

  /** Nothing yet. */
  public static final Traffic NONE = new Traffic(0, 0, 0);

  /** What was added since an earlier reading. */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        bytesUp - earlier.bytesUp, bytesDown - earlier.bytesDown, requests - earlier.requests);
  }
}
