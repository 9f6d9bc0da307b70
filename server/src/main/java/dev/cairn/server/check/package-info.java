/** Looks at a data directory that no server uses: what is in it, and whether all of it holds. */
@NullMarked
package dev.cairn.server.check;

import org.jspecify.annotations.NullMarked;
