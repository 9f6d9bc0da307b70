package dev.cairn.simulation.network;

/**
 * How one link behaves until it is closed.
 *
 * @param upBytesMax bytes of requests that get through before it is cut, heads among them
 * @param downBytesMax bytes of answers that get through before it is cut
 * @param duplex whether answers can be read while a body is sent
 * @param pieceBytesMax how much arrives at once, in either direction
 * @param requestsMax requests that can be made
 */
public record LinkPlan(
    long upBytesMax, long downBytesMax, boolean duplex, int pieceBytesMax, int requestsMax) {

  /** A link that does nothing wrong. */
  public static final LinkPlan GOOD =
      new LinkPlan(Long.MAX_VALUE, Long.MAX_VALUE, true, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
