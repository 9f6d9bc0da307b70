/**
 * Signed messages (COSE, RFC 9052) in the two shapes the protocol uses, each with exactly one
 * encoding: no tags, no header that could be left out, reordered or added.
 *
 * <p>The message type is signed twice, in the protected header and as external data, so that a
 * signature made for one purpose is worth nothing for another.
 */
@NullMarked
package dev.cairn.protocol.cose;

import org.jspecify.annotations.NullMarked;
