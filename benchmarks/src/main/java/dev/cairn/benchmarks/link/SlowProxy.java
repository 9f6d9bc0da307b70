package dev.cairn.benchmarks.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A slow link on loopback, in front of a server. All connections share its rate, each way by
 * itself; a byte that left is there half a round trip later, and a connection can send a round trip
 * after it was asked for, as TCP would. Headers of TCP and IP are not counted. At most 64 pieces of
 * 1,400 bytes are on their way at once.
 */
public final class SlowProxy implements AutoCloseable {

  private static final int PIECE_BYTES = 1400;
  private static final int PIECES_MAX = 64;
  private static final int BACKLOG = 16;
  private static final int BITS = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * How slow.
   *
   * @param upBits bits a second towards the server
   * @param downBits bits a second back
   * @param roundTripSeconds there and back
   * @param cutAfterSeconds how long a connection lives
   */
  public record Slowness(
      double upBits, double downBits, double roundTripSeconds, double cutAfterSeconds) {

    /** Not slow at all. */
    public static final Slowness NONE = new Slowness(1e12, 1e12, 0, 1e9);
  }

  private final ServerSocket listening;
  private final Lane up = new Lane();
  private final Lane down = new Lane();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile int targetPort;
  private volatile Slowness slowness = Slowness.NONE;

  /** One direction: when it is free again, and what went over it. */
  private static final class Lane {
    private final AtomicLong bytes = new AtomicLong();
    private long freeNanos;

    synchronized long leaves(long earliest, int count, double bits) {
      freeNanos = Math.max(earliest, freeNanos) + (long) (count * BITS / bits * NANOS_PER_SECOND);
      bytes.addAndGet(count);
      return freeNanos;
    }
  }

  /** Bytes on their way; none at the end of the connection. */
  private static final class Piece {
    private final byte[] bytes;
    private final long dueNanos;

    Piece(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  /** Listens; not slow before it is told so. */
  public SlowProxy() throws IOException {
    listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon("slow-proxy", this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Where it passes everything on to. */
  public void target(int port) {
    targetPort = port;
  }

  /** How slow it is from the next connection on. */
  public void slow(Slowness value) {
    slowness = value;
  }

  /** Connections so far. */
  public int connections() {
    return connections.get();
  }

  /** Bytes towards the server so far, TLS included. */
  public long bytesUp() {
    return up.bytes.get();
  }

  /** Bytes back so far, TLS included. */
  public long bytesDown() {
    return down.bytes.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        client.setTcpNoDelay(true);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        server.setTcpNoDelay(true);
        connect(client, server, slowness);
      } catch (IOException e) {
        // The server is gone, or this proxy is closed; the client sees its connection end.
      }
    }
  }

  private void connect(Socket client, Socket server, Slowness how) {
    connections.incrementAndGet();
    long begin = System.nanoTime();
    long ready = begin + (long) (how.roundTripSeconds() * NANOS_PER_SECOND);
    pass(client, server, up, how.upBits(), ready, how);
    pass(server, client, down, how.downBits(), begin, how);
    long end = begin + (long) (how.cutAfterSeconds() * NANOS_PER_SECOND);
    daemon(
        "slow-cut",
        () -> {
          sleepUntil(end, client);
          cut(client);
          cut(server);
        });
  }

  private static void pass(
      Socket from, Socket to, Lane lane, double bits, long ready, Slowness how) {
    BlockingQueue<Piece> onTheWay = new ArrayBlockingQueue<>(PIECES_MAX);
    long half = (long) (how.roundTripSeconds() / 2 * NANOS_PER_SECOND);
    daemon(
        "slow-in",
        () -> {
          try {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
              long left = lane.leaves(Math.max(ready, System.nanoTime()), read, bits);
              onTheWay.put(new Piece(Arrays.copyOf(piece, read), left + half));
            }
            onTheWay.put(new Piece(new byte[0], System.nanoTime() + half));
          } catch (IOException e) {
            cut(to);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    daemon(
        "slow-out",
        () -> {
          try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = onTheWay.take(); piece.bytes.length > 0; piece = onTheWay.take()) {
              sleepUntil(piece.dueNanos, to);
              out.write(piece.bytes);
              out.flush();
            }
            to.shutdownOutput();
          } catch (IOException e) {
            cut(from);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Waits until a moment, or until a socket is closed. */
  private static void sleepUntil(long nanos, Socket watched) {
    try {
      long wait = nanos - System.nanoTime();
      while (wait > 0 && !watched.isClosed()) {
        long millis = Math.min(200, wait / 1_000_000);
        Thread.sleep(millis, (int) (wait % 1_000_000));
        wait = nanos - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cut(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
