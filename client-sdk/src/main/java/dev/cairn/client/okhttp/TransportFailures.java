package dev.cairn.client.okhttp;

import dev.cairn.client.transport.TransportException;
import dev.cairn.client.transport.TransportException.Reason;
import java.io.IOException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Names what went wrong on the way; never with an address in it. */
final class TransportFailures {

  private static final int CAUSES_MAX = 8;

  private TransportFailures() {}

  static TransportException named(IOException failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof CertificateException) {
        return new TransportException(
            Reason.NOT_THE_PINNED_ONE, "the server's key is not the pinned one", failure);
      }
      cause = cause.getCause();
    }
    return new TransportException(
        Reason.UNREACHABLE, "the server cannot be reached, or the link was cut", failure);
  }
}
