package dev.cairn.simulation.network;

/** Sees what goes over the network on its way to a server. */
public interface Tap {

  /** So many bytes reached the server. */
  void up(byte[] bytes);

  /** So many bytes left the server. */
  void down(byte[] bytes);

  /** A request was made, whole, that may be made again by whoever recorded it. */
  void whole(Recorded request);

  /**
   * A request as it went over the wire.
   *
   * @param request head and whole body
   * @param pieces of a streamed body
   */
  record Recorded(dev.cairn.client.transport.Request request, java.util.List<byte[]> pieces) {}
}
