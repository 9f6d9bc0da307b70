package dev.cairn.client.okhttp;

import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Answers every request with 204, in one version of TLS, with a key as a server makes one. */
final class PretendTlsServer implements AutoCloseable {

  private final SSLServerSocket listener;
  private final Digest pin;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final AtomicInteger headBytes = new AtomicInteger();

  private PretendTlsServer(SSLServerSocket listener, Digest pin) {
    this.listener = listener;
    this.pin = pin;
  }

  /** Speaks this version and no other. */
  static PretendTlsServer speaking(String version) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("tls", pair.getPrivate(), new char[0], new Certificate[] {signed(pair)});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    listener.setEnabledProtocols(new String[] {version});
    PretendTlsServer server =
        new PretendTlsServer(listener, Sha256.of(pair.getPublic().getEncoded()));
    Thread thread = new Thread(server::serve, "pretend-tls-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static Certificate signed(KeyPair pair) throws GeneralSecurityException, IOException {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name name = new X500Name("CN=pretend");
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(algorithm);
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(new Time(Date.from(Instant.parse("2020-01-01T00:00:00Z"))));
    generator.setEndDate(new Time(Date.from(Instant.parse("9999-12-31T23:59:59Z"))));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate unsigned = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(unsigned.getEncoded("DER"));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(unsigned);
    parts.add(algorithm);
    parts.add(new DERBitString(signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(
            new java.io.ByteArrayInputStream(new DERSequence(parts).getEncoded("DER")));
  }

  String address() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  byte[] pin() {
    return pin.bytes();
  }

  /** Requests of which a line arrived. */
  int requests() {
    return requests.get();
  }

  /** The names of the headers of all requests. */
  List<String> headers() {
    return headers;
  }

  /** How long the heads of all requests were. */
  int headBytes() {
    return headBytes.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (var socket = listener.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        requests.addAndGet(line == null ? 0 : 1);
        while (line != null && !line.isEmpty()) {
          headBytes.addAndGet(line.length() + 2);
          line = in.readLine();
          if (line != null && !line.isEmpty()) {
            headers.add(line.substring(0, line.indexOf(':')));
          }
        }
        headBytes.addAndGet(2);
        socket
            .getOutputStream()
            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // A handshake that failed, or the end.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
