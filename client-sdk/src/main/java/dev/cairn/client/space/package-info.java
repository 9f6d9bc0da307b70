/** The space as a device sees it: its own place, the others, invitations. */
@NullMarked
package dev.cairn.client.space;

import org.jspecify.annotations.NullMarked;
