package dev.cairn.cli.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody in the middle of a connection without TLS: passes HTTP/1.1 on, and while it is told to,
 * changes one byte in the body of each push.
 */
final class LoopbackProxy implements AutoCloseable {

  private static final int HEAD_BYTES_MAX = 65_536;
  private static final int BACKLOG = 16;

  private final ServerSocket listening;
  private final AtomicInteger changed = new AtomicInteger();
  private volatile int targetPort;
  private volatile boolean tampering;

  LoopbackProxy() throws IOException {
    listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon("demo-proxy", this::accept);
  }

  /** Where it listens. */
  int port() {
    return listening.getLocalPort();
  }

  /** Where it passes everything on to. */
  void target(int port) {
    targetPort = port;
  }

  /** Whether it changes what it passes on. */
  void tamper(boolean on) {
    tampering = on;
  }

  /** How many bodies it changed. */
  int changed() {
    return changed.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        daemon("demo-proxy-up", () -> pass(client, server, true));
        daemon("demo-proxy-down", () -> pass(server, client, false));
      } catch (IOException e) {
        // The server is gone, or this proxy is closed; the client sees its connection end.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean requests) {
    try (from;
        to) {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      if (requests) {
        passRequests(in, out);
      } else {
        byte[] piece = new byte[8192];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          out.write(piece, 0, read);
          out.flush();
        }
      }
    } catch (IOException e) {
      // Either side closed: so does the other.
    }
  }

  private void passRequests(InputStream in, OutputStream out) throws IOException {
    for (byte[] head = head(in); head.length > 0; head = head(in)) {
      String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      byte[] body = in.readNBytes(contentLength(text));
      if (tampering && body.length > 0 && text.contains("/push")) {
        body[body.length * 2 / 3] ^= 1;
        changed.incrementAndGet();
      }
      out.write(head);
      out.write(body);
      out.flush();
    }
  }

  /** The head of the next request with its empty line; nothing at the end of the connection. */
  private static byte[] head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < HEAD_BYTES_MAX) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      head.append((char) next);
      if (next == '\n'
          && head.length() >= 4
          && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    throw new IOException("the head of a request is too long");
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.startsWith("content-length:")) {
        return Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    return 0;
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
