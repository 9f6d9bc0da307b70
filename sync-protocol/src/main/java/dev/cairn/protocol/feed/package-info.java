/**
 * Changes and the feeds they form: the payload that is hashed, signed and logged, the sessions that
 * seal it, the author who writes it and the checker who receives it.
 *
 * <p>Source: docs/PROTOCOL.md, section 2.
 */
@NullMarked
package dev.cairn.protocol.feed;

import org.jspecify.annotations.NullMarked;
