/** The names of things on the wire, each of its own type so that none is taken for another. */
@NullMarked
package dev.cairn.protocol.id;

import org.jspecify.annotations.NullMarked;
