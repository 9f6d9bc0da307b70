package dev.cairn.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A link without TLS to a server on this machine, which keeps every byte that went to it. */
final class RecordingLink implements AutoCloseable {

  private final ServerSocket listener;
  private final List<ByteArrayOutputStream> received = new CopyOnWriteArrayList<>();
  private volatile int serverPort;

  RecordingLink() throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Where everything goes on to. */
  void target(int port) {
    serverPort = port;
  }

  /** What the server received, connection by connection. */
  List<byte[]> received() {
    List<byte[]> all = new ArrayList<>();
    for (ByteArrayOutputStream one : received) {
      synchronized (one) {
        all.add(one.toByteArray());
      }
    }
    return all;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "recording-link");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(listener.getInetAddress(), serverPort);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        received.add(kept);
        start(() -> pass(client, server, kept));
        start(() -> pass(server, client, null));
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  private static void pass(Socket from, Socket to, ByteArrayOutputStream keptOrNull) {
    byte[] piece = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(piece);
      while (count >= 0) {
        if (keptOrNull != null) {
          synchronized (keptOrNull) {
            keptOrNull.write(piece, 0, count);
          }
        }
        out.write(piece, 0, count);
        count = in.read(piece);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One end is gone; the other side's thread sees it too.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
