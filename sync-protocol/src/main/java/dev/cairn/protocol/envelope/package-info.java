/** What surrounds the ciphertext of a change: the body's codec, its compression and its padding. */
@NullMarked
package dev.cairn.protocol.envelope;

import org.jspecify.annotations.NullMarked;
