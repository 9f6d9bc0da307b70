package dev.cairn.server.identity;

import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.directory.ServerDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The key the server proves itself with in TLS, and its certificate, which it signs itself: devices
 * pin the key and look at nothing else, so no date can lock them out (their clocks may lie) and no
 * authority can stand in for the server.
 *
 * <p>ECDSA on P-256, because not every TLS library speaks Ed25519 certificates.
 */
public final class TlsIdentity {

  private static final String KEY_FILE = "tls.key.pem";
  private static final String CERTIFICATE_FILE = "tls.cert.pem";
  private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
  private static final int SERIAL_BITS = 120;

  private final byte[] keyPem;
  private final byte[] certificatePem;
  private final Digest pin;

  private TlsIdentity(byte[] keyPem, byte[] certificatePem, Digest pin) {
    this.keyPem = keyPem;
    this.certificatePem = certificatePem;
    this.pin = pin;
  }

  /**
   * Reads the key, or makes one at the first start.
   *
   * @param host name or address the certificate is made out to, for tools that look at it
   */
  static TlsIdentity open(ServerDirectory directory, String host, SecureRandom random)
      throws IOException {
    Path key = directory.key(KEY_FILE);
    Path certificate = directory.key(CERTIFICATE_FILE);
    try {
      // The key is written last: without it a crash left an unfinished pair, which is made anew.
      if (!Files.exists(key)) {
        create(key, certificate, host, random);
      }
      byte[] certificatePem = Files.readAllBytes(certificate);
      Certificate parsed =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificatePem));
      Digest pin = Sha256.of(parsed.getPublicKey().getEncoded());
      return new TlsIdentity(Files.readAllBytes(key), certificatePem, pin);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("TLS key or certificate cannot be used", e);
    }
  }

  private static void create(Path key, Path certificate, String host, SecureRandom random)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=cairn");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).setBit(0),
            Date.from(BEGIN),
            Date.from(END),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names(host));
    X509CertificateHolder made =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    PrivateFiles.write(certificate, pem("CERTIFICATE", made.getEncoded()));
    PrivateFiles.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static GeneralNames names(String host) {
    boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return new GeneralNames(
        new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host));
  }

  private static byte[] pem(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** SHA-256 of the key's SubjectPublicKeyInfo: what devices compare. */
  public Digest pin() {
    return pin;
  }

  /** The private key as PKCS #8 PEM, for the TLS library only. */
  public byte[] keyPem() {
    return keyPem.clone();
  }

  /** The certificate as PEM. */
  public byte[] certificatePem() {
    return certificatePem.clone();
  }
}
