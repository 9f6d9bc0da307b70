package dev.cairn.client.okhttp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts exactly one public key: the one whose SHA-256 (of its SubjectPublicKeyInfo) came with the
 * invitation. Names and authorities say nothing here, so a certificate bought for the same name is
 * refused.
 */
final class PinnedTrust implements X509TrustManager {

  private final byte[] pin;

  PinnedTrust(byte[] pin) {
    this.pin = pin.clone();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    byte[] found = sha256(chain[0].getPublicKey().getEncoded());
    if (!MessageDigest.isEqual(found, pin)) {
      throw new CertificateException("the server's key is not the pinned one");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is not a server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-256", e);
    }
  }
}
