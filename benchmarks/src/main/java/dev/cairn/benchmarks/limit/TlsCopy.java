package dev.cairn.benchmarks.limit;

import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.identity.ServerIdentity;
import dev.cairn.server.identity.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Bytes a second through one TLS 1.3 connection over loopback, both ends in this process, with a
 * key and certificate as servers have them, in pieces of 16 KiB.
 */
public final class TlsCopy implements AutoCloseable {

  private static final int PIECE_BYTES = 16 * 1024;
  private static final char[] NO_PASSWORD = new char[0];

  private final SSLServerSocket listening;
  private final SSLSocket reading;
  private final SSLSocket writing;

  /** Connects; the folder is for keys. */
  public TlsCopy(Path folder) throws Exception {
    SSLContext context = context(folder);
    listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.setEnabledProtocols(new String[] {"TLSv1.3"});
    reading =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    writing = (SSLSocket) listening.accept();
    Thread handshake = new Thread(() -> quietly(writing::startHandshake), "tls-handshake");
    handshake.start();
    reading.startHandshake();
    handshake.join();
  }

  private static SSLContext context(Path folder) throws Exception {
    TlsIdentity identity;
    try (ServerDirectory directory = ServerDirectory.hold(folder)) {
      identity = ServerIdentity.open(directory, "127.0.0.1", new SecureRandom()).tls();
    }
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(identity.certificatePem()));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, NO_PASSWORD);
    keys.setCertificateEntry("pinned", certificate);
    keys.setKeyEntry("key", key(identity), NO_PASSWORD, new Certificate[] {certificate});
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, NO_PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static java.security.PrivateKey key(TlsIdentity identity)
      throws GeneralSecurityException {
    String pem = new String(identity.keyPem(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** Copies so many bytes; how many a second. */
  public double bytesPerSecond(long bytes) throws Exception {
    long begin = System.nanoTime();
    Thread writer = new Thread(() -> quietly(() -> write(bytes)), "tls-copy");
    writer.start();
    InputStream in = reading.getInputStream();
    byte[] piece = new byte[PIECE_BYTES];
    long left = bytes;
    while (left > 0) {
      int read = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (read < 0) {
        throw new IOException("the connection ended");
      }
      left -= read;
    }
    writer.join();
    return bytes / ((System.nanoTime() - begin) / 1e9);
  }

  private void write(long bytes) throws IOException {
    OutputStream out = writing.getOutputStream();
    byte[] piece = new byte[PIECE_BYTES];
    long left = bytes;
    while (left > 0) {
      int size = (int) Math.min(piece.length, left);
      out.write(piece, 0, size);
      left -= size;
    }
    out.flush();
  }

  private interface Doing {
    void run() throws IOException;
  }

  /** The other end sees the connection die, and says so. */
  private static void quietly(Doing work) {
    try {
      work.run();
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    reading.close();
    writing.close();
    listening.close();
  }
}
