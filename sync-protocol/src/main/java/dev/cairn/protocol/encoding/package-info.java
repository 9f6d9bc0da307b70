/** Bytes as text, and the order of bytes. */
@NullMarked
package dev.cairn.protocol.encoding;

import org.jspecify.annotations.NullMarked;
