package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A link to a server on this machine that counts, and cuts where a test wants. */
final class LoopbackLink implements AutoCloseable {

  private static final int SECONDS_MAX = 30;

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Wire> wires = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesUp = new AtomicLong();
  private volatile long bytesUpMax = Long.MAX_VALUE;

  LoopbackLink(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Bytes that went to the server over all connections. */
  long bytesUp() {
    return bytesUp.get();
  }

  /** Connections made so far. */
  int connections() {
    return wires.size();
  }

  /** From now on lets so many bytes more go to the server, and then cuts every connection. */
  void cutAfter(long bytes) {
    bytesUpMax = bytesUp.get() + bytes;
  }

  /** Cuts no more. */
  void mend() {
    bytesUpMax = Long.MAX_VALUE;
  }

  /** Waits until both ends of every connection are closed; false if that does not come. */
  boolean awaitClosed() throws InterruptedException {
    for (Wire wire : wires) {
      if (!wire.closed.await(SECONDS_MAX, TimeUnit.SECONDS)) {
        return false;
      }
    }
    return true;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "loopback-link");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Wire wire = new Wire(client, new Socket(listener.getInetAddress(), serverPort));
        wires.add(wire);
        start(wire::up);
        start(wire::down);
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Wire wire : wires) {
      wire.client.close();
      wire.server.close();
    }
  }

  /** One connection. */
  private final class Wire {
    private final Socket client;
    private final Socket server;
    private final CountDownLatch closed = new CountDownLatch(2);

    Wire(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** What arrived before a cut arrives at the server: only then does its side end. */
    void up() {
      byte[] piece = new byte[1024];
      try {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        int count = in.read(piece);
        while (count >= 0) {
          int through = (int) Math.min(count, bytesUpMax - bytesUp.get());
          out.write(piece, 0, through);
          bytesUp.addAndGet(through);
          if (through < count) {
            client.close();
            break;
          }
          count = in.read(piece);
        }
        server.shutdownOutput();
      } catch (IOException e) {
        // One end is gone; the other side's thread sees it too.
      }
      closed.countDown();
    }

    void down() {
      byte[] piece = new byte[1024];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        int count = in.read(piece);
        while (count >= 0) {
          if (!client.isClosed()) {
            out.write(piece, 0, count);
          }
          count = in.read(piece);
        }
        client.close();
      } catch (IOException e) {
        // As above.
      }
      closed.countDown();
    }
  }
}
