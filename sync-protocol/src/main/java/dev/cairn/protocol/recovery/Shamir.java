package dev.cairn.protocol.recovery;

import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * Bouncy Castle's secret sharing, byte by byte over GF(2^8) with x^8 + x^4 + x^3 + x + 1: share
 * {@code i} is the value at {@code i} of a random polynomial whose value at 0 is the secret.
 */
final class Shamir {

  private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;

  private Shamir() {}

  /** The shares by index, from 1. */
  static SortedMap<Integer, Secret> split(
      Secret secret, int count, int threshold, Randomness randomness) {
    ShamirSplitSecretShare[] shares =
        ShamirSecretSplitter.getInstance(FIELD, secret.sizeBytes(), new Drawn(randomness))
            .resplit(secret.expose(), threshold, count)
            .getSecretShares();
    SortedMap<Integer, Secret> values = new TreeMap<>();
    for (int i = 0; i < shares.length; i++) {
      try {
        values.put(i + 1, Secret.take(shares[i].getEncoded()));
      } catch (IOException impossible) {
        throw new IllegalStateException("a share has no encoding", impossible);
      }
    }
    return values;
  }

  /** What shares of different indices give, right or wrong. */
  static Secret combine(Collection<RecoveryShare> shares) {
    ShamirSplitSecretShare[] values =
        shares.stream()
            .map(share -> new ShamirSplitSecretShare(share.value().expose(), share.index()))
            .toArray(ShamirSplitSecretShare[]::new);
    try {
      return Secret.take(ShamirSplitSecret.getInstance(FIELD, values).getSecret());
    } catch (IOException impossible) {
      throw new IllegalStateException("shares do not combine", impossible);
    }
  }

  /** Bouncy Castle asks for the platform's class; ours stays in charge of where bytes come from. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1L;

    Drawn(Randomness randomness) {
      super(new DrawnSpi(randomness), null);
    }
  }

  private static final class DrawnSpi extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient Randomness randomness;

    DrawnSpi(Randomness randomness) {
      this.randomness = randomness;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new UnsupportedOperationException("takes no seed");
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      randomness.fill(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int sizeBytes) {
      return randomness.bytes(sizeBytes);
    }
  }
}
