package dev.cairn.client.vault;

import dev.cairn.protocol.CairnException;

/** The passphrase does not open this store. Nothing was changed; asking again is harmless. */
public final class KeysLockedException extends CairnException {
  private static final long serialVersionUID = 1L;

  KeysLockedException() {
    super("keys.locked", "the passphrase does not open this store");
  }
}
