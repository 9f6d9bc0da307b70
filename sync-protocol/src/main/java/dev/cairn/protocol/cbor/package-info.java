/**
 * Strict deterministic CBOR (RFC 8949 section 4.2.1), in a profile small enough that one value has
 * exactly one encoding: definite lengths, shortest heads, ascending map keys, no floats, no tags.
 *
 * <p>Leniency here would be an attack: two encodings of one value are two hashes, two signatures
 * and two verdicts.
 */
@NullMarked
package dev.cairn.protocol.cbor;

import org.jspecify.annotations.NullMarked;
