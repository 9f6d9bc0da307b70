/**
 * How changes travel: frames, which leave out what their reader can rebuild, and the entries of a
 * stream.
 *
 * <p>Source: docs/PROTOCOL.md, section 3.
 */
@NullMarked
package dev.cairn.protocol.frame;

import org.jspecify.annotations.NullMarked;
