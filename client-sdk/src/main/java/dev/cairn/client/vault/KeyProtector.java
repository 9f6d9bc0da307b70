package dev.cairn.client.vault;

import dev.cairn.protocol.suite.Secret;

/**
 * A keeper of keys outside the store (Android Keystore, a TPM) whose answer is mixed into what the
 * passphrase yields: both are needed, neither is enough.
 */
public interface KeyProtector {

  /** No keeper: the passphrase alone protects the store, as on a plain JVM. */
  KeyProtector NONE = stretched -> Secret.copyOf(stretched.expose());

  /**
   * A key that only this device can compute from the stretched passphrase; the same input gives the
   * same output for as long as the keeper lives.
   *
   * @param stretched 32 bytes from Argon2id
   * @return 32 bytes
   */
  Secret mix(Secret stretched);
}
