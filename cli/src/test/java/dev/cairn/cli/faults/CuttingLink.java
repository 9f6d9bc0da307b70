package dev.cairn.cli.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A link on this machine that lets so many bytes through in one direction, over all connections,
 * and then cuts both; what came before the cut arrives. After that nobody gets through until it is
 * mended.
 */
final class CuttingLink implements AutoCloseable {

  /** Which way bytes go. */
  enum Way {
    UP,
    DOWN
  }

  private final ServerSocket listener;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private Way limited = Way.UP;
  private long left = Long.MAX_VALUE;
  private boolean cut;

  CuttingLink(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on lets so many bytes go this way. */
  synchronized void cutAfter(Way way, long bytes) {
    limited = way;
    left = bytes;
    cut = bytes == 0;
  }

  /** Lets everything through again, over new connections; tells whether there was a cut. */
  synchronized boolean mend() {
    boolean wasCut = cut;
    left = Long.MAX_VALUE;
    cut = false;
    return wasCut;
  }

  private synchronized boolean isCut() {
    return cut;
  }

  /** How many of so many bytes may go on; none after the cut. */
  private synchronized int take(Way way, int count) {
    if (cut) {
      return 0;
    }
    if (way != limited) {
      return count;
    }
    int through = (int) Math.min(count, left);
    left -= through;
    cut = left == 0;
    return through;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting-link");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (isCut()) {
          client.close();
          continue;
        }
        Socket server = new Socket(listener.getInetAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        start(() -> pass(Way.UP, client, server));
        start(() -> pass(Way.DOWN, server, client));
      } catch (IOException e) {
        // Closed by the test, or nobody listens behind it.
      }
    }
  }

  private void pass(Way way, Socket from, Socket to) {
    byte[] piece = new byte[4096];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        int through = take(way, count);
        out.write(piece, 0, through);
        if (isCut()) {
          break;
        }
      }
      to.shutdownOutput(); // What was let through arrives before the end.
    } catch (IOException e) {
      // One end is gone; the other way's thread sees it too.
    }
    end(from);
    end(to);
    if (isCut()) {
      open.forEach(this::end);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(this::end);
  }
}
