/**
 * The files that let somebody in: a coordinator's to a newcomer, a server's to whoever founds a
 * space on it.
 *
 * <p>Source: docs/PROTOCOL.md, section 5.
 */
@NullMarked
package dev.cairn.protocol.invitation;

import org.jspecify.annotations.NullMarked;
