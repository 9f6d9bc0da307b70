/** The most and the least of everything that comes from outside. */
@NullMarked
package dev.cairn.protocol.limits;

import org.jspecify.annotations.NullMarked;
