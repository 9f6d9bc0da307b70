/** Formats, cryptography and merge: everything two sides must agree on, byte for byte. */
@NullMarked
package dev.cairn.protocol;

import org.jspecify.annotations.NullMarked;
