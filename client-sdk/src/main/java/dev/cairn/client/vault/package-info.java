/**
 * What stands between a seized store and its keys: the passphrase slot, and the ring of keys that
 * sealing destroys.
 */
@NullMarked
package dev.cairn.client.vault;

import org.jspecify.annotations.NullMarked;
